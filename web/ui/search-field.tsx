import styles from './field.module.css'
import { Field } from './field.tsx'
import { Icon } from './icon.tsx'
import type { TextFieldProps } from './text-field.tsx'

/** A field that searches while one types. */
export const SearchField = ({ label, hint, error, onChange, ...rest }: Omit<TextFieldProps, 'type' | 'optional'>) => (
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
          onChange={event => onChange(event.target.value)}
        />
      </div>
    )}
  </Field>
)
