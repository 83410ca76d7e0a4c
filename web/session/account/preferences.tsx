import { type FormEvent, useRef, useState } from 'react'
import * as z from 'zod/mini'
import type { Me } from '../../../shared/session/contract.ts'
import { Email } from '../../../shared/session/email.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { currentLanguage, languages, setLanguage } from '../../platform/language.ts'
import type { Language } from '../../platform/offered.ts'
import { chooseTheme, chosenTheme, type Theme, themes } from '../../platform/theme.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { texts as ui } from '../../ui/texts.ts'
import { toast } from '../../ui/toast.tsx'
import { texts as activation } from '../activation/texts.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import styles from './account.module.css'
import { Section } from './section.tsx'
import { texts } from './texts.ts'

/** Language, theme, e-mail address. The first two take effect as soon as they are chosen. */
export const Preferences = ({ me }: { readonly me: Me }) => {
  const t = useTexts(texts, activation, shared, ui)
  const words = useFailureWords()
  const [spoken, setSpoken] = useState<Language>(currentLanguage)
  const [theme, setTheme] = useState<Theme>(chosenTheme)
  const [email, setEmail] = useState(me.person.email ?? '')
  const [tried, setTried] = useState(false)
  const saving = useWrite(writes.updateMe)
  const language = useWrite(writes.updateMe)
  const form = useRef<HTMLFormElement>(null)
  const typed = email.trim()
  const wrong = typed !== '' && !z.safeParse(Email, typed).success
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (saving.state === 'sending') return
    if (wrong) focusFirstInvalid(form.current, () => setTried(true))
    else
      saving.send(
        { body: { language: spoken, email: typed || undefined } },
        {
          onDone: () => {
            setTried(false)
            toast({ text: t('session.saved') })
          },
        },
      )
  }
  const chooseLanguage = (chosen: Language) => {
    setSpoken(chosen)
    void setLanguage(chosen)
    language.send({ body: { language: chosen, email: me.person.email } })
  }
  return (
    <Section title={t('session.preferences')}>
      <div className={styles.pair}>
        {languages.length > 1 && (
          <RadioGroup
            label={t('session.language')}
            options={languages.map(value => ({
              value,
              label: <span lang={value}>{t(`ui.language-${value}`)}</span>,
            }))}
            value={spoken}
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
