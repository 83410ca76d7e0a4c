import { after } from '../../../shared/kernel/dates.ts'
import { dueKey } from '../due.ts'
import { put } from '../operation.ts'
import { platformPatterns } from '../patterns.ts'
import { nextSunday } from './weeks.ts'

/** What the clock does to erase people, by the kinds of its due items. */
export const kinds = { begin: 'erasures', lane: 'erasures of a lane', end: 'end of erasures' } as const

/** The put of a due item of one of them. */
export const dueAt = (kind: string, subject: string, at: Date) => {
  const due = { kind, subject, at: at.toISOString() }
  return put('due', platformPatterns.due, dueKey(due), due)
}

/** The put of the due item by which the first sweep of a territory begins; each one puts that of the next. */
export const firstSweep = (now: Date) => dueAt(kinds.begin, 'weekly', nextSunday(now))

/** Has a sweep begin with the next minute, if anybody is to be erased then; after the one that is going on. */
export const sweepSoon = (now: Date) => dueAt(kinds.begin, 'at once', after(now, 1))
