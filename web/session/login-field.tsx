import { useTexts } from '../platform/catalogue.ts'
import { TextField, type TextFieldProps } from '../ui/text-field.tsx'
import { texts } from './texts.ts'

/** The login, with the attributes that password managers and phone keyboards need. */
export const LoginField = (props: Pick<TextFieldProps, 'value' | 'onChange' | 'error'>) => {
  const t = useTexts(texts)
  return (
    <TextField
      {...props}
      label={t('session.login')}
      name="username"
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={200}
    />
  )
}
