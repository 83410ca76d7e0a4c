import { dayIn, momentOf, timeIn } from '../../shared/kernel/territory-day.ts'
import { isDay } from '../platform/dates.ts'
import { territoryZone } from '../platform/territory.ts'

/** What people type into fields of dates and times, which are the territory's whatever time zone the device is set to. */

/**
 * The value of a field that shows a date which it cannot give: one typed in part, or that is none, such as 31 February. A
 * browser gives '' for it, as for an empty field.
 */
export const unreadable = 'unreadable'

/** An instant as the value of a DateTimeField: `2026-03-16T08:30` in the territory's time zone. */
export const toLocal = (instant: string): string => {
  const at = new Date(instant)
  return `${dayIn(at, territoryZone)}T${timeIn(at, territoryZone)}`
}

/** The value of a DateTimeField as an instant, ISO 8601 in UTC; undefined when it is empty or no time. */
export const toInstant = (local: string): string | undefined => {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(local) ?? []
  return Number.isNaN(Date.parse(`${day}T${time}Z`)) ? undefined : momentOf(day, time, territoryZone).toISOString()
}

/** `unreadable`: no time. `skipped`: an hour that the change to summer time leaves out. `far`: after `latest`. */
export type DateProblem = 'unreadable' | 'skipped' | 'far'

/** What is wrong with the value of a DateTimeField, empty or not. `latest`: what is later is taken for a slip. */
export const momentProblem = (local: string, latest: Date): DateProblem | undefined => {
  if (local === '') return undefined
  const instant = toInstant(local)
  if (instant === undefined) return 'unreadable'
  if (toLocal(instant) !== local.slice(0, toLocal(instant).length)) return 'skipped'
  return new Date(instant) > latest ? 'far' : undefined
}

/** True for a time that comes twice, by the change from summer time: the first one is meant. */
export const comesTwice = (local: string): boolean => {
  const instant = toInstant(local)
  return instant !== undefined && toLocal(new Date(Date.parse(instant) + 3_600_000).toISOString()) === toLocal(instant)
}

/** What is wrong with the value of a DateField, empty or not. `past`: before the day of `now`. */
export const dayProblem = (day: string, now: Date, latest: Date): 'unreadable' | 'past' | 'far' | undefined => {
  if (day === '') return undefined
  if (!isDay(day)) return 'unreadable'
  if (day < dayIn(now, territoryZone)) return 'past'
  return day > dayIn(latest, territoryZone) ? 'far' : undefined
}

/** `years` after `at`. */
export const yearsAfter = (at: Date, years: number): Date => {
  const later = new Date(at)
  later.setUTCFullYear(at.getUTCFullYear() + years)
  return later
}
