import type { TextareaHTMLAttributes } from 'react'
import styles from './field.module.css'
import { Field, type FieldFace } from './field.tsx'

export type TextAreaProps = FieldFace & {
  readonly value: string
  readonly onChange: (value: string) => void
} & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'value' | 'onChange' | 'className'>

/** Some lines of plain text. */
export const TextArea = ({ label, hint, error, optional, onChange, ...rest }: TextAreaProps) => (
  <Field label={label} hint={hint} error={error} optional={optional}>
    {attributes => (
      <textarea {...rest} {...attributes} className={styles.control} onChange={event => onChange(event.target.value)} />
    )}
  </Field>
)
