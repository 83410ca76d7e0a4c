import styles from './field.module.css'
import { Field } from './field.tsx'
import { Icon } from './icon.tsx'
import type { TextFieldProps } from './text-field.tsx'

/** Looks for something as it is typed. */
export const SearchField = ({ label, hint, error, onChange, ...rest }: Omit<TextFieldProps, 'type' | 'optional'>) => (
  <Field label={label} hint={hint} error={error}>
    {wired => (
      <div className={styles.withIcon}>
        <Icon name="search" />
        <input
          autoComplete="off"
          enterKeyHint="search"
          {...rest}
          {...wired}
          type="search"
          className={styles.control}
          onChange={event => onChange(event.target.value)}
        />
      </div>
    )}
  </Field>
)
