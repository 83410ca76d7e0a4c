/**
 * The time zone by whose days roles, enrollments, terms and decisions begin and end, where the territory has no other
 * (`timeZone` in lib/territories.ts).
 */
const usualZone = 'Europe/Paris'

/** What tells whose days count. `timeZone`: an IANA name; absent: that of Paris. */
export type Zoned = { readonly timeZone?: string | undefined }

/** The day of an instant in a time zone: `2026-11-26`. */
export const dayIn = (at: Date, zone: string = usualZone): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at)
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
