import { after, hour } from '../kernel/dates.ts'
import type { Assignment, judgements, SentHandIn } from './hand-in.ts'

/** Seconds after an outage within which what is done or sent still counts as in time. */
export const graceAfterOutage = 2 * hour

/** Seconds by which a device's clock may differ from the server's before that is told, and a hand-in be on its way. */
export const clockTolerance = 120

/** An interval in which the territory could not be reached, as an operator entered it. */
export type Outage = { readonly from: string; readonly to: string }

type Done = { readonly at: string; readonly receivedAt: string }

const later = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a)

/** Until when a pupil's hand-in is in time. */
export const dueFor = ({ dueAt }: Assignment, extendedUntil: string | undefined): string => later(dueAt, extendedUntil)

/** Until when a pupil may hand in; undefined: as long as they like. */
export const closesFor = (assignment: Assignment, extendedUntil: string | undefined): string | undefined => {
  if (!assignment.late) return dueFor(assignment, extendedUntil)
  return assignment.closesAt === undefined ? undefined : later(assignment.closesAt, extendedUntil)
}

/**
 * True if a deadline passed in an outage or the two hours after it, and the work was done or came in these: a deadline that
 * was missed because the territory could not be reached is not late.
 */
const isExcused = (deadline: string, { at, receivedAt }: Done, outages: readonly Outage[]): boolean =>
  outages.some(({ from, to }) => {
    const end = after(new Date(to), graceAfterOutage).toISOString()
    const isWithin = (instant: string) => from <= instant && instant <= end
    return isWithin(deadline) && (isWithin(at) || isWithin(receivedAt))
  })

export type Judgement = (typeof judgements)[number]

/** How a hand-in stands to its deadline. What counts is when it was done, however late it came. */
export const judgementOf = (
  assignment: Assignment,
  extendedUntil: string | undefined,
  done: Done,
  outages: readonly Outage[],
): Judgement => {
  const due = dueFor(assignment, extendedUntil)
  if (done.at <= due) return 'in-time'
  return isExcused(due, done, outages) ? 'outage' : 'late'
}

/** Whether something done at a time may be handed in. */
export const opennessOf = (
  assignment: Assignment,
  extendedUntil: string | undefined,
  done: Done,
  outages: readonly Outage[],
): 'open' | 'not-yet' | 'closed' => {
  if (assignment.opensAt !== undefined && done.at < assignment.opensAt) return 'not-yet'
  const closes = closesFor(assignment, extendedUntil)
  return closes === undefined || done.at <= closes || isExcused(closes, done, outages) ? 'open' : 'closed'
}

const seconds = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 1000)

/**
 * When a hand-in was done, and by how many seconds the device's clock was wrong where that can be told: it counts the time
 * since it was done otherwise than the server, or says that it was done before the server was last heard of. Of the times
 * that it may have been the earliest counts, so that a wrong clock makes nobody late; nothing is done later than it comes.
 */
export const whenDone = (
  { at, sentAt, contactAt }: Pick<SentHandIn, 'at' | 'sentAt' | 'contactAt'>,
  now: Date,
): { readonly at: string; readonly clockOff?: number } => {
  const received = now.toISOString()
  const ahead = seconds(received, sentAt)
  const behind = contactAt === undefined ? 0 : Math.min(0, seconds(contactAt, at))
  const off = Math.abs(ahead) > clockTolerance ? ahead : -behind > clockTolerance ? behind : 0
  const corrected = ahead > clockTolerance ? after(new Date(at), -ahead).toISOString() : at
  const [first = received] = [at, corrected, received].sort()
  return { at: first, ...(off !== 0 && { clockOff: off }) }
}
