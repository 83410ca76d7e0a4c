import { type FormEvent, useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'
import { Email } from '../../../shared/session/email.ts'
import { refusedPassword } from '../../../shared/session/rules.ts'
import { useSession } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { Link } from '../../ui/link.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { leaveForm, toSecondStep, useAlreadyIn } from '../begin-session.ts'
import { LoginField } from '../login-field.tsx'
import { Refusal, useRetryAfter } from '../refusal.tsx'
import styles from '../signed-out-layout.module.css'
import { SignedOutLayout } from '../signed-out-layout.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { loginOnSheet } from './fragment.ts'
import { PasswordRules } from './password-rules.tsx'
import { texts } from './texts.ts'

/** Activates an account with the code of the printed sheet. */
export const Activate = () => {
  const t = useTexts(texts, shared)
  const [onSheet] = useState(() => loginOnSheet(location.hash))
  const [login, setLogin] = useState(onSheet)
  const session = useSession()
  // The sheet of another person of the family may be opened on a device where somebody is signed in.
  useAlreadyIn(undefined, session.state === 'signed-in' && (onSheet === '' || onSheet === session.me.person.login))
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [email, setEmail] = useState('')
  const [personal, setPersonal] = useState(false)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // Removes the login from the address, where the next person on a shared device would find it.
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname)
  }, [])
  const activate = useWrite(writes.activate)
  const left = useRetryAfter(activate.failure)
  const busy = activate.state === 'sending' || left > 0
  const context = [login]
  const refused = refusedPassword(password, context)
  const wrong = {
    login: !login.trim() && t('session.login-missing'),
    code: code.trim().length < 4 && t('session.code-missing'),
    password: refused && t(refused === 'password-too-short' ? 'session.too-short' : 'session.too-common'),
    email: email.trim() !== '' && !z.safeParse(Email, email.trim()).success && t('session.email-wrong'),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (Object.values(wrong).some(Boolean)) return focusFirstInvalid(form.current, () => setTried(true))
    const typed = email.trim()
    activate.send(
      { body: { login, code, password, personalDevice: personal, email: typed || undefined } },
      {
        onDone: () => leaveForm(),
        onFailed: failure => {
          if (failure.type === 'factor-asked') toSecondStep()
        },
      },
    )
  }
  return (
    <SignedOutLayout title={t('session.activate')} lead={t('session.activate-lead')}>
      {activate.failure && activate.failure.type !== 'factor-asked' && (
        <Refusal failure={activate.failure} left={left} />
      )}
      <form ref={form} className={styles.fields} onSubmit={submit} noValidate>
        <LoginField value={login} onChange={setLogin} error={tried && wrong.login} />
        <TextField
          label={t('session.code')}
          hint={t('session.code-hint')}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={40}
          value={code}
          onChange={setCode}
          error={tried && wrong.code}
        />
        <PasswordField
          label={t('session.choose-password')}
          hint={t('session.choose-password-hint')}
          name="new-password"
          autoComplete="new-password"
          maxLength={256}
          value={password}
          onChange={setPassword}
          error={tried && wrong.password}
        />
        <PasswordRules password={password} context={context} />
        <TextField
          label={t('session.email')}
          optional={t('session.optional')}
          hint={t('session.email-hint')}
          type="email"
          name="email"
          autoComplete="email"
          maxLength={254}
          value={email}
          onChange={setEmail}
          error={tried && wrong.email}
        />
        <Checkbox
          label={t('session.personal')}
          hint={t('session.personal-hint')}
          checked={personal}
          onChange={setPersonal}
        />
        <Button type="submit" variant="primary" wide busy={busy}>
          {t('session.activate-action')}
        </Button>
      </form>
      <p className={styles.after}>
        <Link to="/sign-in">{t('session.have-account')}</Link>
      </p>
    </SignedOutLayout>
  )
}
