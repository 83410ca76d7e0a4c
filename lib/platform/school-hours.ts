/** Hours of UTC, from the first to before the second. */
export type Hours = { readonly from: number; readonly until: number }

/** Hours of the day at which schools are open, where they are. */
const local: Hours = { from: 8, until: 17 }

/** Hours by which a time zone is ahead of UTC at a time: fewer where it is behind. */
const offsetAt = (timeZone: string, at: Date): number => {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes = '0'] = /^GMT([+-])(\d+):?(\d+)?$/.exec(name) ?? ['', '+', '0']
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60)
}

/**
 * Hours of UTC that are school hours all year round, and of one and the same day there and in UTC: where the school day
 * goes on over midnight of UTC, the longer part of it.
 * @param timeZone an IANA name; Europe/Paris by default.
 */
export const utcSchoolHours = (timeZone = 'Europe/Paris'): Hours => {
  const offsets = [0, 6].map(month => offsetAt(timeZone, new Date(Date.UTC(2026, month, 15, 12))))
  const from = Math.ceil(local.from - Math.min(...offsets))
  const until = Math.floor(local.until - Math.max(...offsets))
  return { from: Math.max(from, 0), until: Math.min(until, 24) }
}
