import type { Part } from './figure.ts'
import { costOf } from './week/cost.ts'
import { busyWeek, type Counts, closureWeek, type Scenario } from './week/counts.ts'

const part = (name: string, week: Scenario, measured: Counts): Part => {
  const { lines, dollars } = costOf(week, measured)
  const visits = `${week.visits / 1e6} M visits of ${week.activeMinutes} active minutes and ${week.pageViews} page views`
  const publications = `${week.publications} publications a school and day in ${week.schools.toLocaleString('en')} schools`
  return {
    name: `${name}: ${visits}, ${publications}`,
    figures: [
      ...lines.map(line => ({
        what: line.what,
        value: line.dollars,
        unit: '$' as const,
        note: line.assumed.length > 0 ? `assumed: ${line.assumed.join(', ')}` : 'measured',
      })),
      { what: 'all', value: dollars, unit: '$' },
    ],
  }
}

/** What the closure week costs, and a busier one, from the counts that were measured; the others are assumed. */
export const weeks = (measured: Counts = {}): readonly Part[] => [
  part('Closure week', closureWeek, measured),
  part('Busier week', busyWeek, measured),
]
