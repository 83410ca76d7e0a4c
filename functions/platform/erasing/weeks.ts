import { after, day } from '../../../shared/kernel/dates.ts'

/** Seconds between two sweeps of a territory. */
const week = 7 * day

/** The first Sunday at one o'clock (UTC) after an instant: the same for every instant of a week. */
export const nextSunday = (now: Date): Date => {
  const begin = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - now.getUTCDay(), 1)
  return begin > now.getTime() ? new Date(begin) : after(new Date(begin), week)
}

/** The day some months before another one, at its hour; the last day of a shorter month. */
const monthsBefore = (at: Date, months: number): Date => {
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1))
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const day = Math.min(at.getUTCDate(), days)
  return new Date(first.getTime() + (day - 1) * 86_400_000 + (at.getTime() % 86_400_000))
}

/** Until when people must have left for their months to be over before the next sweep. */
export const leftUntil = (now: Date, months: number): string => monthsBefore(after(now, week), months).toISOString()
