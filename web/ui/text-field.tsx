import type { InputHTMLAttributes, Ref } from 'react'
import styles from './field.module.css'
import { Field, type FieldFace } from './field.tsx'

type Kept = 'id' | 'value' | 'onChange' | 'className'

type Controlled = FieldFace & { readonly value: string; readonly onChange: (value: string) => void }

export type TextFieldProps = Controlled &
  Omit<InputHTMLAttributes<HTMLInputElement>, Kept> & { readonly ref?: Ref<HTMLInputElement> }

/** One line of text. Give it `autoComplete`, `inputMode` and `type` where they help. */
export const TextField = ({ label, hint, error, optional, onChange, ...rest }: TextFieldProps) => (
  <Field label={label} hint={hint} error={error} optional={optional}>
    {attributes => (
      <input {...rest} {...attributes} className={styles.control} onChange={event => onChange(event.target.value)} />
    )}
  </Field>
)

/** A day and a time, as the device asks for them: `value` is `2026-03-16T08:30`, in the device's time zone; empty: none. */
export const DateTimeField = (props: Omit<TextFieldProps, 'type'>) => <TextField {...props} type="datetime-local" />
