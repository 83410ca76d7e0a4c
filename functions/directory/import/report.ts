import type { Format } from './feed/chosen.ts'
import type { Finding } from './feed/finding.ts'
import type { HeldBack } from './guard.ts'

import { type NewYear, noNewYear, type YearTaken } from './years/report.ts'

type Count = { added: number; changed: number; unchanged: number }

/** How an import ended. `held`: something waits for a person's answer. */
export type Ending = 'imported' | 'imported-with-refusals' | 'held' | 'nothing' | 'unreadable'

/** One delivery that was imported. `date`: its day, yyyymmdd. */
export type Imported = {
  readonly format: Format
  readonly mode: 'complete' | 'delta'
  readonly source: string
  readonly date?: string
}

/** What an import did, or would do, but for what it found. */
export type Summary = {
  readonly outcome: Ending
  /** The outcome in one sentence. */
  readonly sentence: string
  /** In the order they were imported. */
  readonly deliveries: readonly Imported[]
  readonly dryRun: boolean
  readonly people: Count & { suspended: number }
  readonly groups: Count & { removed: number }
  readonly schools: Count
  /** People who are joined to those whom other sources describe. */
  readonly joined: number
  /** The school years of what was imported, and from what each was taken. */
  readonly years: readonly YearTaken[]
  /** Where schools begin a year: what changes with it. */
  readonly newYear?: NewYear
  /** Schools held back until they are confirmed. */
  readonly held: readonly HeldBack[]
  /** Items written or deleted. */
  readonly written: number
  readonly seconds: number
}

/** What an import did, or would do. */
export type Report = Summary & { readonly findings: readonly Finding[] }

export const noCounts = () => ({
  people: { added: 0, changed: 0, unchanged: 0, suspended: 0 },
  groups: { added: 0, changed: 0, unchanged: 0, removed: 0 },
  schools: { added: 0, changed: 0, unchanged: 0 },
  newYear: noNewYear(),
})

export type Counts = ReturnType<typeof noCounts>
