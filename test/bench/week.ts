import type { Figure, Part } from './figure.ts'
import type { Time, Times } from './times/times.ts'
import { billedMs, conversion, shareFactor } from './week/billed.ts'
import { costOf, type Line } from './week/cost.ts'
import { assumed, busyWeek, type CountName, type Counts, closureWeek, type Scenario } from './week/counts.ts'

/** Dollars of the closure week: what it may cost, and what is aimed at. */
const target = { most: 1_200, aim: 1_000 }

const rounded = (value = 0): string => value.toLocaleString('en', { maximumSignificantDigits: 3 })

/** What a line is made of: what was measured, what was converted from that, then what stays assumed. */
const madeOf = ({ counts, assumed: guessed }: Line, converted: Counts): string => {
  const kindOf = (name: CountName) =>
    guessed.includes(name) ? 'assumed' : name in converted ? 'converted' : 'measured'
  const kinds = Map.groupBy(Object.keys(counts) as CountName[], kindOf)
  return (['measured', 'converted', 'assumed'] as const)
    .flatMap(kind => {
      const listed = kinds.get(kind)?.map(name => `${name} ${rounded(counts[name])}`)
      return listed ? `${kind}: ${listed.join(', ')}` : []
    })
    .join('; ')
}

/** What keeps a week from the aim: the dollars above it, and the largest lines. */
const keptFromAim = (dollars: number, lines: readonly Line[]): string => {
  if (dollars <= target.aim) return `within the aim of ${rounded(target.aim)}`
  const largest = [...lines].sort((a, b) => b.dollars - a.dollars).slice(0, 4)
  const named = largest.map(({ what, dollars: of }) => `${what} ${Math.round(of)}`).join(', ')
  return `${Math.round(dollars - target.aim)} above the aim of ${rounded(target.aim)}; the largest lines: ${named}`
}

type Known = { readonly measured: Counts; readonly converted: Counts }

const part = (name: string, week: Scenario, { measured, converted }: Known, most?: number): Part => {
  const { lines, dollars } = costOf(week, { ...measured, ...converted })
  const visits = `${week.visits / 1e6} M visits of ${week.activeMinutes} active minutes and ${week.pageViews} page views`
  const publications = `${week.publications} publications a school and day in ${week.schools.toLocaleString('en')} schools`
  const sum: Figure = {
    what: 'all',
    value: dollars,
    unit: '$',
    ...(most !== undefined && { atMost: most }),
    note: keptFromAim(dollars, lines),
  }
  const figures = lines.map(
    (line): Figure => ({ what: line.what, value: line.dollars, unit: '$', note: madeOf(line, converted) }),
  )
  return { name: `${name}: ${visits}, ${publications}`, figures: [...figures, sum] }
}

/** What was measured of a kind of invocation. */
const measuredOf = ({ processor, duration, waited, table, bucket, invocations }: Time): string =>
  `measured here: ${processor.toFixed(1)} ms of processor time, mean of ${invocations}; ` +
  `${duration.toFixed(0)} ms with the wait for services, ${waited.toFixed(0)} ms of it; ` +
  `one after the other ${rounded(table)} requests to the table${bucket > 0 ? ` and ${rounded(bucket)} to a bucket` : ''}`

const timesPart = (times: readonly Time[]): Part => {
  const { processor, table, bucket } = conversion
  const sizes = [...new Set(times.map(one => one.memory))].sort((a, b) => a - b)
  const shares = sizes.map(size => `${rounded(shareFactor(size))} with ${size} MB`).join(', ')
  return {
    name:
      `Milliseconds that Lambda would bill, converted: processor time here x the share of a processor (${shares}); ` +
      `assumed: x ${processor} for the processor, ${table} ms a request to the table, ${bucket} ms to a bucket, no init`,
    figures: times.map(one => ({
      what: `${one.what}, ${one.memory} MB`,
      value: billedMs(one, one.memory),
      unit: 'ms',
      note: measuredOf(one),
    })),
  }
}

/**
 * What the closure week costs, and a busier one, from the counts that were measured and the times of functions, which are
 * converted to Lambda's; what is neither is assumed. The first is held to its target once most of its counts are measured.
 */
export const weeks = ({ times, whoReadUnits }: Times, counts: Counts = {}): readonly Part[] => {
  const known = {
    measured: { ...counts, whoReadUnits },
    converted: Object.fromEntries(times.map(one => [one.count, billedMs(one, one.memory)])),
  }
  const isMeasured = Object.keys(counts).length > Object.keys(assumed).length / 2
  return [
    timesPart(times),
    part('Closure week', closureWeek, known, isMeasured ? target.most : undefined),
    part('Busier week', busyWeek, known),
  ]
}
