import type { InputHTMLAttributes, Ref } from 'react'
import { cut } from '../../shared/kernel/text.ts'
import styles from './field.module.css'
import { Field, type FieldFace } from './field.tsx'

type Kept = 'id' | 'value' | 'onChange' | 'className'

type Controlled = FieldFace & { readonly value: string; readonly onChange: (value: string) => void }

export type TextFieldProps = Controlled &
  Omit<InputHTMLAttributes<HTMLInputElement>, Kept> & { readonly ref?: Ref<HTMLInputElement> }

/** What a field takes of what is typed into it: the browser's own `maxlength` counts units of UTF-16, and halves emoji. */
export const taken = (typed: string, maxLength: number | undefined): string =>
  maxLength === undefined ? typed : cut(typed, maxLength)

/**
 * One line of text. Give it `autoComplete`, `inputMode` and `type` where they help. `maxLength`: in characters, as the API
 * counts them.
 */
export const TextField = ({ label, hint, error, optional, maxLength, onChange, ...rest }: TextFieldProps) => (
  <Field label={label} hint={hint} error={error} optional={optional}>
    {attributes => (
      <input
        {...rest}
        {...attributes}
        className={styles.control}
        onChange={event => onChange(taken(event.target.value, maxLength))}
      />
    )}
  </Field>
)
