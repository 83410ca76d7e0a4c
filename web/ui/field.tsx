import { type ReactNode, useId } from 'react'
import styles from './field.module.css'
import { Icon } from './icon.tsx'

export type FieldFace = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong, and what to do. */
  readonly error?: ReactNode
  /** Shown after the label of a field that may be left empty. */
  readonly optional?: ReactNode
}

/** The attributes that connect a control to its label, hint and error. */
export type ControlAttributes = {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

type FieldProps = FieldFace & { readonly children: (attributes: ControlAttributes) => ReactNode }

/** A control with its label, hint and error. */
export const Field = ({ label, hint, error, optional, children }: FieldProps) => {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional && <span className={styles.optional}> {optional}</span>}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

/** The error of a field or a group of choices. `role`: announces one that appears while the focus is elsewhere. */
export const FieldError = ({
  id,
  role,
  children,
}: {
  readonly id?: string
  readonly role?: 'alert'
  readonly children: ReactNode
}) => (
  <p id={id} role={role} className={styles.error}>
    <Icon name="warning" size={20} />
    <span>{children}</span>
  </p>
)
