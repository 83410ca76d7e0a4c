import { useState } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from './button.tsx'
import styles from './field.module.css'
import { Field } from './field.tsx'
import { type TextFieldProps, taken } from './text-field.tsx'
import { texts } from './texts.ts'

/** A password, which can be shown while it is typed. `autoComplete` is `current-password` or `new-password`. */
export const PasswordField = ({
  label,
  hint,
  error,
  optional,
  maxLength,
  onChange,
  ...rest
}: Omit<TextFieldProps, 'type'> & { readonly autoComplete: 'current-password' | 'new-password' }) => {
  const t = useTexts(texts)
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {attributes => (
        <div className={styles.withButton}>
          <input
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            {...rest}
            {...attributes}
            type={shown ? 'text' : 'password'}
            className={styles.control}
            onChange={event => onChange(taken(event.target.value, maxLength))}
          />
          <Button
            bare
            variant="quiet"
            icon={shown ? 'hidden' : 'eye'}
            className={styles.inside}
            onClick={() => setShown(!shown)}
          >
            {shown ? t('ui.hide-password') : t('ui.show-password')}
          </Button>
        </div>
      )}
    </Field>
  )
}
