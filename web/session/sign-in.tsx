import { type FormEvent, useRef, useState } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { useSearch } from '../platform/navigation.ts'
import { useWrite } from '../platform/write.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { focusFirstInvalid } from '../ui/first-invalid.ts'
import { Link } from '../ui/link.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { leaveForm, toSecondStep, useAlreadyIn } from './begin-session.ts'
import { LoginField } from './login-field.tsx'
import { Refusal, useRetryAfter } from './refusal.tsx'
import styles from './signed-out-layout.module.css'
import { SignedOutLayout } from './signed-out-layout.tsx'
import { texts } from './texts.ts'
import { writes } from './writes.ts'

/** Sign in with login and password. */
export const SignIn = () => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const { next, why } = useSearch('/sign-in')
  useAlreadyIn(next)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [personal, setPersonal] = useState(false)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const signIn = useWrite(writes.signIn)
  const left = useRetryAfter(signIn.failure)
  const busy = signIn.state === 'sending' || left > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (!login.trim() || !password) focusFirstInvalid(form.current, () => setTried(true))
    else
      signIn.send(
        { body: { login, password, personalDevice: personal } },
        {
          onDone: () => leaveForm(next),
          onFailed: failure => {
            if (failure.type === 'wrong-credentials') passwordField.current?.select()
            if (failure.type === 'factor-asked') toSecondStep(next)
          },
        },
      )
  }
  // The address is not trusted to say more than which of these it was.
  const ended =
    why === 'cookies-refused' || why === 'signed-out-elsewhere'
      ? t(`session.${why}`)
      : words({ type: why === 'account-suspended' ? why : 'session-ended' })
  return (
    <SignedOutLayout title={t('session.sign-in')} lead={t('session.welcome')}>
      {why && signIn.state === 'idle' && (
        <Banner tone={why === 'account-suspended' || why === 'cookies-refused' ? 'error' : 'info'} role="status">
          {ended} {next && t('session.next')}
        </Banner>
      )}
      {signIn.failure && signIn.failure.type !== 'factor-asked' && <Refusal failure={signIn.failure} left={left} />}
      <form ref={form} className={styles.fields} onSubmit={submit} noValidate>
        <LoginField value={login} onChange={setLogin} error={tried && !login.trim() && t('session.login-missing')} />
        <PasswordField
          ref={passwordField}
          label={t('session.password')}
          name="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          onChange={setPassword}
          error={tried && !password && t('session.password-missing')}
        />
        <Checkbox
          label={t('session.personal')}
          hint={t('session.personal-hint')}
          checked={personal}
          onChange={setPersonal}
        />
        <Button type="submit" variant="primary" wide busy={busy}>
          {t('session.sign-in')}
        </Button>
      </form>
      <div className={styles.after}>
        <p>
          <strong>{t('session.first-time')}</strong> <Link to="/activate">{t('session.activate-link')}</Link>
        </p>
        <p>{t('session.forgotten')}</p>
      </div>
    </SignedOutLayout>
  )
}
