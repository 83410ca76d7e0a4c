import { dayIn } from '../../shared/kernel/territory-day.ts'
import { dayAfter, mondayOf } from '../../shared/work/rules.ts'
import { serverDate } from '../platform/server-time.ts'
import { territoryZone } from '../platform/territory.ts'

/** Today in the territory, by the server's time: `2026-11-26`, whatever the device's clock and time zone are. */
export const today = (): string => dayIn(serverDate(), territoryZone)

/** The school days of the week of a day: Monday to Friday, and the days of its end on which there is something. */
export const daysOfWeek = (day: string, busy: ReadonlySet<string>): string[] => {
  const monday = mondayOf(day)
  return Array.from({ length: 7 }, (_, at) => dayAfter(monday, at)).filter((one, at) => at < 5 || busy.has(one))
}

/** The week that is shown first: this one, from Saturday on the next one. */
export const weekFirst = (day: string): string => {
  const monday = mondayOf(day)
  return day > dayAfter(monday, 4) ? dayAfter(monday, 7) : monday
}

/** The Monday that an address names; that of today's week where it names none. */
export const mondayShown = (named: string | undefined): string =>
  named !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(named) && !Number.isNaN(Date.parse(named))
    ? mondayOf(named)
    : weekFirst(today())
