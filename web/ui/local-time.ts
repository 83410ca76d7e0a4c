const two = (number: number): string => String(number).padStart(2, '0')

/** An instant as the value of a DateTimeField: `2026-03-16T08:30` in the device's time zone. */
export const toLocal = (instant: string): string => {
  const at = new Date(instant)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The value of a DateTimeField as an instant, ISO 8601 in UTC; undefined when it is empty or no time. */
export const toInstant = (local: string): string | undefined => {
  const at = new Date(local)
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined
}
