import type { Figure, Part } from './figure.ts'
import { costOf, type Line } from './week/cost.ts'
import { assumed, busyWeek, type CountName, type Counts, closureWeek, type Scenario } from './week/counts.ts'

/** Dollars of the closure week: what it may cost, and what is aimed at. */
const target = { most: 1_200, aim: 1_000 }

const rounded = (value = 0): string => value.toLocaleString('en', { maximumSignificantDigits: 3 })

/** What a line is made of: what was measured, then what stays assumed. */
const madeOf = ({ counts, assumed: guessed }: Line): string => {
  const names = (Object.keys(counts) as CountName[]).map(name => ({ name, isAssumed: guessed.includes(name) }))
  const listed = (isAssumed: boolean) =>
    names
      .filter(one => one.isAssumed === isAssumed)
      .map(({ name }) => `${name} ${rounded(counts[name])}`)
      .join(', ')
  const [measured, unmeasured] = [listed(false), listed(true)]
  return [measured && `measured: ${measured}`, unmeasured && `assumed: ${unmeasured}`].filter(Boolean).join('; ')
}

/** What keeps a week from the aim: the dollars above it, and the largest lines. */
const keptFromAim = (dollars: number, lines: readonly Line[]): string => {
  if (dollars <= target.aim) return `within the aim of ${rounded(target.aim)}`
  const largest = [...lines].sort((a, b) => b.dollars - a.dollars).slice(0, 4)
  const named = largest.map(({ what, dollars: of }) => `${what} ${Math.round(of)}`).join(', ')
  return `${Math.round(dollars - target.aim)} above the aim of ${rounded(target.aim)}; the largest lines: ${named}`
}

const part = (name: string, week: Scenario, measured: Counts, most?: number): Part => {
  const { lines, dollars } = costOf(week, measured)
  const visits = `${week.visits / 1e6} M visits of ${week.activeMinutes} active minutes and ${week.pageViews} page views`
  const publications = `${week.publications} publications a school and day in ${week.schools.toLocaleString('en')} schools`
  const sum: Figure = {
    what: 'all',
    value: dollars,
    unit: '$',
    ...(most !== undefined && { atMost: most }),
    note: keptFromAim(dollars, lines),
  }
  const figures = lines.map((line): Figure => ({ what: line.what, value: line.dollars, unit: '$', note: madeOf(line) }))
  return { name: `${name}: ${visits}, ${publications}`, figures: [...figures, sum] }
}

/**
 * What the closure week costs, and a busier one, from the counts that were measured; the others are assumed. The first is
 * held to its target once most of its counts are measured.
 */
export const weeks = (measured: Counts = {}): readonly Part[] => {
  const isMeasured = Object.keys(measured).length > Object.keys(assumed).length / 2
  return [
    part('Closure week', closureWeek, measured, isMeasured ? target.most : undefined),
    part('Busier week', busyWeek, measured),
  ]
}
