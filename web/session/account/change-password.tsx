import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { refusedPassword } from '../../../shared/session/rules.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { PasswordField } from '../../ui/password-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { PasswordRules } from '../activation/password-rules.tsx'
import { texts as activation } from '../activation/texts.ts'
import { Refusal, useRetryAfter } from '../refusal.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import styles from './account.module.css'
import { Section } from './section.tsx'
import { texts } from './texts.ts'

/** Changes the password, which ends every other session. */
export const ChangePassword = ({ me }: { readonly me: Me }) => {
  const t = useTexts(texts, activation, shared)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const currentField = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const change = useWrite(writes.changePassword)
  const onDone = () => {
    setCurrent('')
    setNext('')
    setTried(false)
    toast({ text: t('session.password-changed') })
  }
  const left = useRetryAfter(change.failure)
  const busy = change.state === 'sending' || left > 0
  const wrongCurrent = change.failure?.type === 'wrong-credentials'
  // After its error is rendered, so that screen readers announce it with the field.
  useEffect(() => {
    if (wrongCurrent) currentField.current?.focus()
  }, [wrongCurrent])
  const { login, givenName, familyName, email } = me.person
  const context = [login, givenName, familyName, ...(email ? [email] : []), ...me.schools.map(({ name }) => name)]
  const refused = refusedPassword(next, context)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (!current || refused) focusFirstInvalid(form.current, () => setTried(true))
    else change.send({ body: { current, next } }, { onDone })
  }
  return (
    <Section title={t('session.change-password')}>
      <p className={styles.soft}>{t('session.change-password-lead')}</p>
      <form ref={form} className={styles.form} onSubmit={submit} noValidate>
        {change.failure && !wrongCurrent && <Refusal failure={change.failure} left={left} />}
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        <PasswordField
          ref={currentField}
          label={t('session.current-password')}
          autoComplete="current-password"
          maxLength={256}
          value={current}
          onChange={value => {
            setCurrent(value)
            if (wrongCurrent) change.reset()
          }}
          error={wrongCurrent ? t('session.current-wrong') : tried && !current && t('session.password-missing')}
        />
        <PasswordField
          label={t('session.new-password')}
          autoComplete="new-password"
          maxLength={256}
          value={next}
          onChange={setNext}
          error={tried && refused && t(refused === 'password-too-short' ? 'session.too-short' : 'session.too-common')}
        />
        {next && <PasswordRules password={next} context={context} />}
        <Button type="submit" busy={busy}>
          {t('session.change-password')}
        </Button>
      </form>
    </Section>
  )
}
