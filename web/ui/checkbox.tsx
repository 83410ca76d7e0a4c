import { type ReactNode, useId } from 'react'
import styles from './choice.module.css'

export type TickProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

const Tick = ({ label, hint, checked, onChange, disabled, role }: TickProps & { readonly role?: 'switch' }) => {
  const id = useId()
  return (
    <div className={styles.choice}>
      <input
        type="checkbox"
        role={role}
        id={id}
        className={role ? styles.switch : styles.box}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={event => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** A checkbox that is submitted with its form. */
export const Checkbox = (props: TickProps) => <Tick {...props} />
