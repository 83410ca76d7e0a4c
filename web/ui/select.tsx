import field from './field.module.css'
import { Field, type FieldFace } from './field.tsx'
import { Icon } from './icon.tsx'
import styles from './select.module.css'

export type Option<Value extends string> = { readonly value: Value; readonly label: string }

export type SelectProps<Value extends string> = FieldFace & {
  readonly options: readonly Option<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A choice of one of several options, from the device's own list. */
export const Select = <Value extends string>({ options, value, onChange, ...face }: SelectProps<Value>) => (
  <Field {...face}>
    {attributes => (
      <div className={styles.select}>
        <select
          {...attributes}
          className={field.control}
          value={value}
          onChange={event => {
            const chosen = options.find(option => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={20} />
      </div>
    )}
  </Field>
)
