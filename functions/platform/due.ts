import { createHash } from 'node:crypto'
import { type Operation, put, remove } from './operation.ts'
import { platformPatterns } from './patterns.ts'

/**
 * Something to be done at an instant. `kind` says who does it (functions/platform/clock.ts), `subject` what it is done
 * with: an id, of which only that kind knows the meaning.
 */
export type Due = {
  readonly kind: string
  readonly subject: string
  /** An instant after the write's own `now`: the clock does not look at minutes that ended some minutes ago. */
  readonly at: string
}

/** Partitions of one minute, which together take 4,000 write units a second. */
const shards = 4

/** All partitions of a minute. */
export const dueShards: readonly string[] = Array.from({ length: shards }, (_, shard) => String(shard))

/** The minute of an instant: `2026-03-16T07:30`. */
export const minuteOf = (at: string): string => at.slice(0, 16)

/** The key of a due item. What one kind has to do with one subject at one instant is one item. */
export const dueKey = ({ kind, subject, at }: Due) => {
  const [first = 0] = createHash('sha256').update(`${kind} ${subject}`).digest()
  return { minute: minuteOf(at), shard: String(first % shards), at, kind, subject }
}

type DueOperation = Operation<'put' | 'remove', typeof platformPatterns.due>

/**
 * The operations by which `before`, what was to be done so far, becomes `after`. They belong into the transaction that
 * decides it, so that there is no decision without its due items and no due item of a decision that was not made. What
 * stays due is put again: the clock, whose time may be some milliseconds ahead, may just have done it.
 */
export const due = (before: readonly Due[], after: readonly Due[]): DueOperation[] => {
  const is = (one: Due) => (other: Due) =>
    one.kind === other.kind && one.subject === other.subject && one.at === other.at
  return [
    ...before
      .filter(one => !after.some(is(one)))
      .map(one => remove('no longer due', platformPatterns.due, dueKey(one))),
    ...after.map(({ kind, subject, at }) =>
      put('due', platformPatterns.due, dueKey({ kind, subject, at }), { kind, subject, at }),
    ),
  ]
}
