import { type FormEvent, useEffect, useRef, useState } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { deviceLabel } from '../../../shared/session/device-label.ts'
import type { NewPasskey } from '../../../shared/session/factor-contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { Button } from '../../ui/button.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { TextField } from '../../ui/text-field.tsx'
import { Refusal } from '../refusal.tsx'
import styles from './factor.module.css'
import { PasskeyRefusal } from './passkey-refusal.tsx'
import { type PasskeyFailure, passkeyFailure } from './passkeys.ts'
import { texts } from './texts.ts'

type PasskeySetupProps = {
  readonly busy: boolean
  readonly failure: Failure | undefined
  /** Has the browser make a passkey. Rejects if it does not. */
  readonly make: () => Promise<NewPasskey>
  readonly onMade: (label: string, passkey: NewPasskey) => void
  readonly onCancel: () => void
}

/** Makes a passkey, under a name by which it is found again among others: browser and system, unless another is written. */
export const PasskeySetup = ({ busy, failure, make, onMade, onCancel }: PasskeySetupProps) => {
  const t = useTexts(texts)
  const [label, setLabel] = useState(() => deviceLabel(navigator.userAgent))
  const [tried, setTried] = useState(false)
  const [why, setWhy] = useState<PasskeyFailure>()
  const [isAsking, setAsking] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const how = useRef<HTMLParagraphElement>(null)
  // What was pressed is gone: who uses a keyboard or a screen reader goes on here.
  useEffect(() => how.current?.focus(), [])
  const isBusy = busy || isAsking
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (isBlank(label)) return focusFirstInvalid(form.current, () => setTried(true))
    setWhy(undefined)
    setAsking(true)
    try {
      onMade(label.trim(), await make())
    } catch (error) {
      setWhy(passkeyFailure(error))
    }
    setAsking(false)
  }
  return (
    <form ref={form} className={styles.form} onSubmit={event => void submit(event)} noValidate>
      {failure && <Refusal failure={failure} left={0} />}
      {why && <PasskeyRefusal why={why} here="add" />}
      <p ref={how} tabIndex={-1}>
        {t('session.factor.passkey-hint')}
      </p>
      <TextField
        label={t('session.factor.label')}
        hint={t('session.factor.label.hint')}
        autoComplete="off"
        maxLength={60}
        value={label}
        onChange={setLabel}
        error={tried && isBlank(label) && t('session.factor.label.missing')}
      />
      <div className={styles.acts}>
        <Button type="submit" variant="primary" icon="key" busy={isBusy}>
          {t('session.factor.add-passkey')}
        </Button>
        <Button onClick={onCancel}>{t('session.factor.cancel')}</Button>
      </div>
    </form>
  )
}
