import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type * as z from 'zod/mini'
import type { PasskeyRequest, Proof } from '../../../shared/session/factor-contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { Button } from '../../ui/button.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { TextField } from '../../ui/text-field.tsx'
import { Refusal, useRetryAfter } from '../refusal.tsx'
import styles from './factor.module.css'
import { PasskeyRefusal } from './passkey-refusal.tsx'
import { askPasskey, type PasskeyFailure, passkeyFailure } from './passkeys.ts'
import { texts } from './texts.ts'

type ProveProps = {
  /** Whether a code may be typed, and what a passkey answers. */
  readonly code: boolean
  readonly passkey: z.infer<typeof PasskeyRequest> | undefined
  readonly action: string
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onProof: (proof: Proof) => void
  readonly children?: ReactNode
}

/** Asks for the second factor: a code, or a passkey. */
export const Prove = ({ code: mayType, passkey, action, busy, failure, onProof, children }: ProveProps) => {
  const t = useTexts(texts)
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const [why, setWhy] = useState<PasskeyFailure>()
  const form = useRef<HTMLFormElement>(null)
  const left = useRetryAfter(failure)
  const field = useRef<HTMLInputElement>(null)
  // Where a code can be typed that is what is awaited: by hand, or by what fills in codes.
  useEffect(() => field.current?.focus(), [])
  const isBusy = busy || left > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (code.trim().length < 6) focusFirstInvalid(form.current, () => setTried(true))
    else onProof({ code: code.trim() })
  }
  const use = async () => {
    if (!passkey || isBusy) return
    setWhy(undefined)
    try {
      onProof({ passkey: await askPasskey(passkey) })
    } catch (error) {
      setWhy(passkeyFailure(error))
    }
  }
  return (
    <div className={styles.form}>
      {failure && <Refusal failure={failure} left={left} />}
      {why && <PasskeyRefusal why={why} here="prove" />}
      {passkey && (
        <Button variant={mayType ? undefined : 'primary'} icon="key" wide busy={isBusy} onClick={() => void use()}>
          {t('session.factor.use-passkey')}
        </Button>
      )}
      {mayType && (
        <form ref={form} className={styles.form} onSubmit={submit} noValidate>
          <TextField
            ref={field}
            label={t('session.factor.code')}
            hint={t('session.factor.code.hint')}
            autoComplete="one-time-code"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            maxLength={40}
            value={code}
            onChange={setCode}
            error={tried && code.trim().length < 6 && t('session.factor.code.missing')}
          />
          <div className={styles.acts}>
            <Button type="submit" variant="primary" busy={isBusy}>
              {action}
            </Button>
            {children}
          </div>
        </form>
      )}
      {!mayType && children}
    </div>
  )
}
