import { type FormEvent, useRef, useState } from 'react'
import * as z from 'zod/mini'
import { Email, type Me, sessionContract } from '../../../shared/session/contract.ts'
import { currentSession, openSession } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { currentLanguage, type Language, languages, speak } from '../../platform/language.ts'
import { chooseTheme, chosenTheme, type Theme, themes } from '../../platform/theme.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { FieldError } from '../../ui/field.tsx'
import { focusFirstWrong } from '../../ui/first-wrong.ts'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { texts as activation } from '../activation/texts.ts'
import { texts as shared } from '../texts.ts'
import styles from './account.module.css'
import { Section } from './section.tsx'
import { texts } from './texts.ts'

/** Takes what the API now says of the person; whether the device is theirs stays as it was. */
const keep = (me: Me): void => {
  const session = currentSession()
  openSession(me, session.state === 'signed-in' && session.personal)
}

/** Language, appearance, e-mail address. The first two take effect as they are chosen. */
export const Preferences = ({ me }: { readonly me: Me }) => {
  const t = useTexts(texts, activation, shared)
  const words = useFailureWords()
  const [theme, setTheme] = useState<Theme>(chosenTheme)
  const [email, setEmail] = useState(me.person.email ?? '')
  const [tried, setTried] = useState(false)
  const saving = useWrite(sessionContract.routes.updateMe, {
    onDone: reply => {
      keep(reply)
      setTried(false)
      toast({ text: t('session.saved') })
    },
  })
  const language = useWrite(sessionContract.routes.updateMe, { onDone: keep })
  const form = useRef<HTMLFormElement>(null)
  const typed = email.trim()
  const wrong = typed !== '' && !z.safeParse(Email, typed).success
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (saving.state === 'sending') return
    if (wrong) focusFirstWrong(form.current, () => setTried(true))
    else saving.send({ body: { language: currentLanguage(), ...(typed && { email: typed }) } })
  }
  const chooseLanguage = (chosen: Language) => {
    speak(chosen)
    language.send({ body: { language: chosen, ...(me.person.email && { email: me.person.email }) } })
  }
  return (
    <Section title={t('session.preferences')}>
      <div className={styles.pair}>
        {languages.length > 1 && (
          <RadioGroup
            label={t('session.language')}
            options={languages.map(value => ({
              value,
              label: <span lang={value}>{t(`session.language-${value}`)}</span>,
            }))}
            value={currentLanguage()}
            onChange={chooseLanguage}
            error={language.failure && words(language.failure)}
          />
        )}
        <RadioGroup
          label={t('session.theme')}
          options={themes.map(value => ({ value, label: t(`session.theme-${value}`) }))}
          value={theme}
          onChange={chosen => {
            setTheme(chosen)
            chooseTheme(chosen)
          }}
        />
      </div>
      <form ref={form} className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={t('session.email')}
          optional={t('session.optional')}
          hint={t('session.email-hint')}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={email}
          onChange={setEmail}
          error={tried && wrong && t('session.email-wrong')}
        />
        {saving.failure && <FieldError role="alert">{words(saving.failure)}</FieldError>}
        <Button type="submit" busy={saving.state === 'sending'}>
          {t('session.save-email')}
        </Button>
      </form>
    </Section>
  )
}
