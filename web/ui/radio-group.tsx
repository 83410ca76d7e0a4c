import { type ReactNode, useId } from 'react'
import styles from './choice.module.css'
import { FieldError } from './field.tsx'

export type RadioOption<Value extends string> = {
  readonly value: Value
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

export type RadioGroupProps<Value extends string> = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong with the choice; announced when it appears. */
  readonly error?: ReactNode
  readonly options: readonly RadioOption<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A choice of one of a few options, all visible. */
export const RadioGroup = <Value extends string>(props: RadioGroupProps<Value>) => {
  const id = useId()
  return (
    <fieldset className={styles.group} aria-describedby={props.error ? `${id}-error` : undefined}>
      <legend className={styles.legend}>{props.label}</legend>
      {props.hint && <p className={styles.hint}>{props.hint}</p>}
      {props.options.map(option => (
        <div key={option.value} className={styles.choice}>
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            className={styles.radio}
            checked={option.value === props.value}
            disabled={option.disabled}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            onChange={() => props.onChange(option.value)}
          />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          {option.hint && (
            <p id={`${id}-${option.value}-hint`} className={styles.hint}>
              {option.hint}
            </p>
          )}
        </div>
      ))}
      {props.error && (
        <FieldError id={`${id}-error`} role="alert">
          {props.error}
        </FieldError>
      )}
    </fieldset>
  )
}
