import { type ReactNode, useId } from 'react'
import { useNumber } from '../platform/numbers.ts'
import styles from './segments.module.css'

export type Segment<Value extends string> = {
  readonly value: Value
  readonly label: ReactNode
  readonly count?: number
  /** The count is of a part: there may be more. */
  readonly isAtLeast?: boolean
}

export type SegmentsProps<Value extends string> = {
  /** What is chosen; for screen readers. */
  readonly label: string
  readonly segments: readonly Segment<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A segmented control that switches between views of a list. Implemented as radio buttons. */
export const Segments = <Value extends string>({ label, segments, value, onChange }: SegmentsProps<Value>) => {
  const name = useId()
  const number = useNumber()
  return (
    <fieldset className={styles.segments} aria-label={label}>
      {segments.map(segment => (
        <label key={segment.value} className={styles.segment}>
          <input
            type="radio"
            name={name}
            className={styles.input}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          <span className={styles.face}>
            {segment.label}
            {segment.count !== undefined && (
              <span className={styles.count}>{`${number(segment.count)}${segment.isAtLeast ? '+' : ''}`}</span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
