/** When a rule fires: every so many milliseconds, or in each minute (UTC) for which `at` is true. */
type When = { readonly every: number } | { readonly at: (minute: Date) => boolean }

/** Milliseconds after the start of a minute at which cron expressions are evaluated, so that the minute has begun. */
const minuteOffsetMs = 5

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** A field of a cron expression: `*`, `?`, `5`, `1-5`, `MON-FRI`, `0/15`, or several with commas. */
const field = (text: string, names: readonly string[], first: number): ((value: number) => boolean) => {
  const number = (part: string): number => {
    const named = names.indexOf(part.toUpperCase())
    const value = named >= 0 ? named + first : Number(part)
    if (!Number.isInteger(value)) throw new Error(`Schedule not supported here: ${text}`)
    return value
  }
  const tests = text.split(',').map(part => {
    const [range = '', step] = part.split('/')
    const [from = '', to] = range.split('-')
    const low = range === '*' || range === '?' ? first : number(from)
    const high = to !== undefined ? number(to) : step === undefined && range !== '*' && range !== '?' ? low : Infinity
    return (value: number) => value >= low && value <= high && (value - low) % (step ? number(step) : 1) === 0
  })
  return value => tests.some(test => test(value))
}

/**
 * Parses `rate(5 minutes)` and `cron(17 2 * * ? *)` (Amazon EventBridge User Guide). Throws on what is not supported
 * here: L, W and #.
 */
export const readSchedule = (expression: string): When => {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  if (count) return { every: Number(count) * (units[unit] ?? 0) }
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(/\s+/)
  if (fields?.length !== 6 || /[LW#]/.test(fields[2] ?? '') || /[L#]/.test(fields[4] ?? ''))
    throw new Error(`Schedule not supported here: ${expression}`)
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', years = ''] = fields
  const minute = field(minutes, [], 0)
  const hour = field(hours, [], 0)
  const day = field(days, [], 1)
  const month = field(months, monthNames, 1)
  const weekday = field(weekdays, dayNames, 1)
  const year = field(years, [], 1970)
  return {
    at: now =>
      minute(now.getUTCMinutes()) &&
      hour(now.getUTCHours()) &&
      day(now.getUTCDate()) &&
      month(now.getUTCMonth() + 1) &&
      weekday(now.getUTCDay() + 1) &&
      year(now.getUTCFullYear()),
  }
}

/** Calls `fire` at each time of the schedule, until `stop`. */
export const runSchedule = (expression: string, fire: (at: Date) => void): { readonly stop: () => void } => {
  const when = readSchedule(expression)
  if ('every' in when) {
    const timer = setInterval(() => fire(new Date()), when.every)
    timer.unref()
    return { stop: () => clearInterval(timer) }
  }
  let timer: NodeJS.Timeout
  const wait = (): void => {
    timer = setTimeout(
      () => {
        const now = new Date()
        if (when.at(now)) fire(now)
        wait()
      },
      60_000 - (Date.now() % 60_000) + minuteOffsetMs,
    )
    timer.unref()
  }
  wait()
  return { stop: () => clearTimeout(timer) }
}
