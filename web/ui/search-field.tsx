import styles from './field.module.css'
import { Field } from './field.tsx'
import { Icon } from './icon.tsx'
import { type TextFieldProps, taken } from './text-field.tsx'

/** A field that searches while one types. */
export const SearchField = ({
  label,
  hint,
  error,
  maxLength,
  onChange,
  ...rest
}: Omit<TextFieldProps, 'type' | 'optional'>) => (
  <Field label={label} hint={hint} error={error}>
    {attributes => (
      <div className={styles.withIcon}>
        <Icon name="search" />
        <input
          autoComplete="off"
          enterKeyHint="search"
          {...rest}
          {...attributes}
          type="search"
          className={styles.control}
          onChange={event => onChange(taken(event.target.value, maxLength))}
        />
      </div>
    )}
  </Field>
)
