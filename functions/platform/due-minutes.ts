import { minute as minuteSeconds } from '../../shared/kernel/dates.ts'
import { minuteOf } from './due.ts'
import type { ClockItem } from './patterns.ts'

const minuteMs = minuteSeconds * 1000

/**
 * Minutes after its end when a minute is finished: nothing is written to it any more. A transaction puts only what is due
 * after its own `now`, and is committed, or given up, within the time limit of its function: 10 s.
 */
const grace = 3

/** New minutes that one run reads, of 4 partitions each: after an outage, those of 6 hours, and of the minutes around it. */
const mostNew = 370

/** Earlier minutes with something left that one run reads, in turn. */
const mostEarlier = 120

/** Earlier minutes with something left that are remembered: a week of them, 170 KB of the 400 that an item may have. */
const mostLeft = 10_000

/** Minutes before its first run at which the clock of a new territory begins: its functions were there a little earlier. */
const firstLook = 60

const startOf = (minute: string): number => Date.parse(`${minute}:00.000Z`)
const minuteAt = (time: number): string => minuteOf(new Date(time).toISOString())

/** The minutes that a run reads. */
export type DueMinutes = {
  /** After those that are finished, up to the current one. */
  readonly fresh: readonly string[]
  /** Of those with something left. */
  readonly earlier: readonly string[]
}

/** The clock of a territory in which it never ran. */
export const newClock = (now: Date): ClockItem => ({
  finished: minuteAt(now.getTime() - firstLook * minuteMs),
  left: [],
  version: 0,
})

/** What to read at `now`. */
export const minutesToRead = ({ finished, left }: ClockItem, now: Date): DueMinutes => {
  const waiting = Math.floor((now.getTime() - startOf(finished)) / minuteMs)
  const count = Math.max(0, Math.min(waiting, mostNew))
  return {
    fresh: Array.from({ length: count }, (_, at) => minuteAt(startOf(finished) + (at + 1) * minuteMs)),
    earlier: left.slice(0, mostEarlier),
  }
}

/**
 * The clock after a run that read `minutes` at `now` and left something to be done in those of `open`. A minute in which
 * something is left holds up none: it is remembered, and read again.
 */
export const clockAfter = (
  before: ClockItem,
  { fresh, earlier }: DueMinutes,
  open: ReadonlySet<string>,
  now: Date,
): ClockItem => {
  // Those just read come last, so that all get their turn.
  const left = [...before.left.slice(earlier.length), ...earlier.filter(minute => open.has(minute))]
  let { finished } = before
  for (const minute of fresh) {
    if (startOf(minute) + (1 + grace) * minuteMs > now.getTime()) break
    if (open.has(minute)) {
      if (left.length >= mostLeft) break
      left.push(minute)
    }
    finished = minute
  }
  return { finished, left, version: before.version + 1 }
}

/** The oldest instant that may hold something that is not done: of items that are left, and of minutes not read yet. */
export const oldestOpen = (
  after: ClockItem,
  { fresh, earlier }: DueMinutes,
  items: readonly { readonly at: string }[],
  now: Date,
): number => {
  const read = new Set([...fresh, ...earlier])
  const unread = after.left.filter(minute => !read.has(minute)).map(startOf)
  const next = startOf(fresh.at(-1) ?? after.finished) + minuteMs
  return Math.min(now.getTime(), next, ...unread, ...items.map(({ at }) => Date.parse(at)))
}
