import { useTexts } from '../platform/catalogue.ts'
import { currentLanguage, languages, setLanguage } from '../platform/language.ts'
import { Button } from './button.tsx'
import { texts } from './texts.ts'

/** For who is not signed in: a button for each other language that the territory offers. */
export const LanguageSwitch = () => {
  const t = useTexts(texts)
  return languages
    .filter(language => language !== currentLanguage())
    .map(other => (
      <Button key={other} variant="quiet" lang={other} onClick={() => void setLanguage(other)}>
        {t(`ui.language-${other}`)}
      </Button>
    ))
}
