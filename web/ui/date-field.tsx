import type { SyntheticEvent } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import styles from './field.module.css'
import { Field, type FieldFace } from './field.tsx'
import { comesTwice, unreadable } from './local-time.ts'
import { texts } from './texts.ts'
import { useZoneWords } from './zone-words.ts'

export type DateFieldProps = FieldFace & {
  /** Empty: none. `unreadable`: the field shows what it cannot give. */
  readonly value: string
  readonly onChange: (value: string) => void
}

type Kind = { readonly type: 'date' | 'datetime-local'; readonly max: string }

const Dated = ({ label, hint, error, optional, value, onChange, type, max }: DateFieldProps & Kind) => {
  // A browser tells of no change where a date in part was empty before: what was done to the field asks it.
  const tell = ({ currentTarget: { value: given, validity } }: SyntheticEvent<HTMLInputElement>) => {
    const next = validity.badInput ? unreadable : given
    if (next !== value) onChange(next)
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {attributes => (
        <input
          {...attributes}
          type={type}
          max={max}
          className={styles.control}
          value={value === unreadable ? '' : value}
          onChange={tell}
          onKeyUp={tell}
          onBlur={tell}
        />
      )}
    </Field>
  )
}

/** A day, as the device asks for it: `value` is `2026-03-16`. */
export const DateField = (props: DateFieldProps) => <Dated {...props} type="date" max="9999-12-31" />

/**
 * A day and a time, as the device asks for them: `value` is `2026-03-16T08:30`, in the territory's time zone, which is named
 * where the device has another. Of a time that comes twice the first is meant, and it says so.
 */
export const DateTimeField = ({ hint, ...props }: DateFieldProps) => {
  const t = useTexts(texts)
  const zone = useZoneWords()
  const own = comesTwice(props.value) ? t('ui.time.twice') : hint
  const told = own && zone !== undefined ? [own, ' ', zone] : (zone ?? own)
  return <Dated {...props} hint={told} type="datetime-local" max="9999-12-31T23:59" />
}
