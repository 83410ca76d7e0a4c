/**
 * School years. One is named by the first of its two calendar years: 2025 is 2025-2026. Classes of the next one are made
 * in the two months before it begins.
 */

/** Month and day on which a year begins in France: that of the calendar which the ministry sets each year. */
export const usualBegin = '09-01'

/** `2025-2026`. */
export const schoolYearName = (year: number): string => `${year}-${year + 1}`

/** True if an ISO day is in the `months` before `begins` (month and day). */
const isBefore = (day: string, begins: string, months: number): boolean => {
  const [month = '09', first = '01'] = begins.split('-')
  const from = `${String(((Number(month) - 1 - months + 12) % 12) + 1).padStart(2, '0')}-${first}`
  const at = day.slice(5, 10)
  return from < begins ? from <= at && at < begins : from <= at || at < begins
}

/** The year that is under way on an ISO day. */
export const schoolYearOn = (day: string, begins: string = usualBegin): number =>
  Number(day.slice(0, 4)) - (day.slice(5, 10) >= begins ? 0 : 1)

/** True in the two months before a year begins, in which feeds change to its classes. */
export const isBetweenYears = (day: string, begins: string = usualBegin): boolean => isBefore(day, begins, 2)

/** The year whose classes are meant, as far as the day tells: in the month before a year begins, that one. */
export const schoolYearMeant = (day: string, begins: string = usualBegin): number =>
  schoolYearOn(day, begins) + (isBefore(day, begins, 1) ? 1 : 0)
