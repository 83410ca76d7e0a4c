import { after, day } from '../../shared/kernel/dates.ts'
import { beginOf } from '../../shared/kernel/territory-day.ts'
import { type Due, due } from '../platform/due.ts'
import type { Decision } from './grant-patterns.ts'

/** The kind of due items of decisions on access: their end. */
export const decisionDue = 'access decision'

/** The first instant after the last day of a decision; undefined for one without. */
export const endOf = ({ until }: Pick<Decision, 'until'>, zone: string | undefined): string | undefined => {
  if (until === undefined) return undefined
  const next = after(new Date(`${until}T00:00:00.000Z`), day)
    .toISOString()
    .slice(0, 10)
  return beginOf(next, zone).toISOString()
}

type Parties = Pick<Decision, 'adult' | 'child'>

/** The adult and the child that a due item is about. */
export const partiesOf = (subject: string): Parties => {
  const [adult = '', child = ''] = subject.split(' ')
  return { adult, child }
}

const duesOf = (decision: Decision | undefined, now: Date, zone: string | undefined): Due[] => {
  const at = decision && !decision.over ? endOf(decision, zone) : undefined
  return decision && at !== undefined && at > now.toISOString()
    ? [{ kind: decisionDue, subject: `${decision.adult} ${decision.child}`, at }]
    : []
}

/** The due items of a decision as a write makes them. */
export const decisionDues = (
  before: Decision | undefined,
  next: Decision | undefined,
  now: Date,
  zone: string | undefined,
) => due(duesOf(before, now, zone), duesOf(next, now, zone))
