/**
 * The time zone by whose days roles, enrollments, terms and decisions begin and end, where the territory has no other
 * (`timeZone` in lib/territories.ts).
 */
export const usualZone = 'Europe/Paris'

/** What tells whose days count. `timeZone`: an IANA name; absent: that of Paris. */
export type Zoned = { readonly timeZone?: string | undefined }

/** One format for each time zone: making one takes longer than using it a hundred times. */
const each = (options: Intl.DateTimeFormatOptions): ((zone: string) => Intl.DateTimeFormat) => {
  const made = new Map<string, Intl.DateTimeFormat>()
  return zone => {
    const format = made.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
    made.set(zone, format)
    return format
  }
}
const days = each({ year: 'numeric', month: '2-digit', day: '2-digit' })
const times = each({ hour: '2-digit', minute: '2-digit' })

/** The day of an instant in a time zone: `2026-11-26`. */
export const dayIn = (at: Date, zone: string = usualZone): string => {
  const parts = days(zone).formatToParts(at)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

const hourMs = 3_600_000
const minuteMs = 60_000

/** The first instant of a day in a time zone, to the minute: also where the clocks change at midnight. */
export const beginOf = (day: string, zone: string = usualZone): Date => {
  const midnight = Date.parse(`${day}T00:00:00.000Z`)
  // The day begins at most 14 hours before, and 12 after, that of UTC.
  let before = midnight - 15 * hourMs
  let within = midnight + 13 * hourMs
  while (within - before > minuteMs) {
    const middle = before + Math.floor((within - before) / 2 / minuteMs) * minuteMs
    if (dayIn(new Date(middle), zone) < day) before = middle
    else within = middle
  }
  return new Date(within)
}

/** The time of day of an instant in a time zone: `18:00`. */
export const timeIn = (at: Date, zone: string = usualZone): string => times(zone).format(at)

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/**
 * The instant of a time of day, `18:00`, on a day in a time zone. An hour that the change to summer time leaves out is the
 * one after it; of one that comes twice the first is meant.
 */
export const momentOf = (day: string, time: string, zone: string = usualZone): Date => {
  const begin = beginOf(day, zone).getTime()
  const elapsed = new Date(begin + minutesOf(time) * minuteMs)
  const said = dayIn(elapsed, zone) === day ? minutesOf(timeIn(elapsed, zone)) : minutesOf(time) + 60
  const off = minutesOf(time) - said
  return new Date(elapsed.getTime() + off * minuteMs)
}
