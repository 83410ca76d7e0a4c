import { type FormEvent, useEffect, useRef, useState } from 'react'
import { encode } from 'uqr'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { Button } from '../../ui/button.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { TextField } from '../../ui/text-field.tsx'
import { Refusal, useRetryAfter } from '../refusal.tsx'
import styles from './factor.module.css'
import { texts } from './texts.ts'

/** The secret's address as a QR code, with the quiet zone that scanners want around it. */
const QrCode = ({ address }: { readonly address: string }) => {
  const { data, size } = encode(address, { ecc: 'M', border: 0 })
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg viewBox={`0 0 ${size} ${size}`} className={styles.qr} aria-hidden="true">
      <path d={squares.join('')} fill="#000" />
    </svg>
  )
}

type AppSetupProps = {
  readonly secret: { readonly secret: string; readonly address: string }
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onCode: (code: string) => void
  readonly onCancel: () => void
}

/** Shows the secret to an app, and asks for a code of it. */
export const AppSetup = ({ secret, busy, failure, onCode, onCancel }: AppSetupProps) => {
  const t = useTexts(texts)
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const left = useRetryAfter(failure)
  const how = useRef<HTMLParagraphElement>(null)
  // What was pressed is gone: who uses a keyboard or a screen reader goes on here.
  useEffect(() => how.current?.focus(), [])
  const isCode = /^\d{3} ?\d{3}$/.test(code.trim())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || left > 0) return
    if (isCode) onCode(code.trim())
    else focusFirstInvalid(form.current, () => setTried(true))
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <p ref={how} tabIndex={-1}>
        {t('session.factor.app.how')}
      </p>
      <QrCode address={secret.address} />
      <p>
        <span className={styles.soft}>{t('session.factor.secret')}</span>
        <br />
        <span className={styles.secret}>{secret.secret.match(/.{1,4}/g)?.join(' ')}</span>
      </p>
      {failure && <Refusal failure={failure} left={left} />}
      <TextField
        label={t('session.factor.app.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        value={code}
        onChange={setCode}
        error={tried && !isCode && t('session.factor.code.missing')}
      />
      <div className={styles.acts}>
        <Button type="submit" variant="primary" busy={busy || left > 0}>
          {t('session.factor.confirm')}
        </Button>
        <Button onClick={onCancel}>{t('session.factor.cancel')}</Button>
      </div>
    </form>
  )
}
