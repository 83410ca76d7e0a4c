import * as z from 'zod/mini'
import { Instant } from '../../../shared/kernel/dates.ts'
import { many, one } from '../../platform/pattern.ts'

/**
 * What is stored of the runs of an import that works by itself: what became of each delivery, for the territory and for
 * each school, until `keptFor` after it ended. The command line's imports leave none: whoever runs them reads the report.
 */

/** Seconds for which runs are kept. */
export const keptFor = 90 * 24 * 3_600

const Count = z.object({ added: z.number(), changed: z.number(), unchanged: z.number() })

/** A finding, as reports tell it (feed/finding.ts). `uai`: the school it is about, where that is known. */
const RunFinding = z.object({
  kind: z.enum(['refused', 'left-out', 'deviation', 'asked', 'joined']),
  file: z.optional(z.string()),
  line: z.optional(z.number()),
  id: z.optional(z.string()),
  uai: z.optional(z.string()),
  reason: z.string(),
})
export type RunFinding = z.infer<typeof RunFinding>

/** How many findings of each kind there were; a run and a school's part of it hold the first of them only. */
const FindingCounts = z.partialRecord(RunFinding.shape.kind, z.number())

/** Findings that the record of a run holds, and that of a school's part of it. */
export const mostFindings = { ofRun: 100, ofSchool: 50 } as const

/** A school that is held back, as guard.ts tells it. */
const HeldSchool = z.object({
  uai: z.string(),
  name: z.string(),
  reason: z.string(),
  losses: z.array(z.object({ what: z.string(), had: z.number(), lost: z.number() })),
  /** The source that described the school so far, where that is the reason. */
  holder: z.optional(z.string()),
  alsoElsewhere: z.number(),
})
export type HeldSchool = z.infer<typeof HeldSchool>

const endings = ['imported', 'imported-with-refusals', 'held', 'nothing', 'unreadable', 'failed'] as const

/** One delivery that was imported. `date`: its day, yyyymmdd. */
const ImportedDelivery = z.object({
  format: z.enum(['aaf', 'oneroster', 'sds']),
  mode: z.enum(['complete', 'delta']),
  source: z.string(),
  date: z.optional(z.string()),
})

/** A run whose changes are taken back in a school. */
export const Undo = z.object({ uai: z.string(), run: z.string() })
export type Undo = z.infer<typeof Undo>

const RunItem = z.object({
  /** Begins with the time at which the delivery was complete, so that runs sort by it. */
  run: z.string(),
  at: Instant,
  /** The object in the feeds' bucket, or the folder of several (ends in a slash). */
  delivery: z.string(),
  state: z.enum(['waiting', 'reading', 'writing', 'ended']),
  /** The schools that were confirmed, of a run that a confirmation began. */
  confirm: z.array(z.string()),
  /** Of a run that takes back what another one did in a school. */
  undo: z.optional(Undo),
  endedAt: z.optional(Instant),
  /** `failed`: given up on after several attempts; part of it may be imported. */
  outcome: z.optional(z.enum(endings)),
  sentence: z.optional(z.string()),
  deliveries: z.array(ImportedDelivery),
  people: z.extend(Count, { suspended: z.number() }),
  groups: z.extend(Count, { removed: z.number() }),
  schools: Count,
  /** What a new school year changes; `schools` is 0 where none begins. */
  newYear: z.object({
    year: z.number(),
    schools: z.number(),
    closed: z.number(),
    opened: z.number(),
    moved: z.number(),
    left: z.number(),
    arrived: z.number(),
  }),
  held: z.array(HeldSchool),
  findingCounts: FindingCounts,
  findings: z.array(RunFinding),
  /** Rows written or removed, and seconds from the first step to the end of the last. */
  written: z.number(),
  seconds: z.number(),
  expiresAt: z.number(),
})
export type RunItem = z.infer<typeof RunItem>

/** A school's part of a run: there is one for each school that the delivery is about. */
const SchoolRunItem = z.object({
  run: z.string(),
  at: Instant,
  delivery: z.string(),
  source: z.string(),
  mode: z.enum(['complete', 'delta']),
  date: z.optional(z.string()),
  /** People who entered the school, changed in it, and left it. Nobody of a held school. */
  people: z.object({ added: z.number(), changed: z.number(), left: z.number() }),
  /** Set where the school is held back: until a later run of the delivery confirms it. */
  held: z.optional(HeldSchool),
  /** An administrator had it imported although much would be lost. */
  confirmed: z.optional(z.literal(true)),
  /** It moved from another source to that of the delivery. */
  moved: z.optional(z.literal(true)),
  /** The run that this one took back. */
  undoes: z.optional(z.string()),
  /** People whom an undo left as they are, since later imports changed them. */
  changedSince: z.optional(z.number()),
  findingCounts: FindingCounts,
  findings: z.array(RunFinding),
  expiresAt: z.number(),
})
export type SchoolRunItem = z.infer<typeof SchoolRunItem>

/** The last run in which a source was imported: by it one is told when a night did not come. */
const SourceNightItem = z.object({ source: z.string(), at: Instant, run: z.string(), missedAt: z.optional(Instant) })
export type SourceNightItem = z.infer<typeof SourceNightItem>

/** A time in which nothing of a source was imported. `since`: its last import; `at`: when it was missed. */
const MissedItem = z.object({ source: z.string(), since: Instant, at: Instant, expiresAt: z.number() })
export type MissedItem = z.infer<typeof MissedItem>

export const runPatterns = {
  /** Newest last. */
  runs: many('IMPORTS', 'RUN#', RunItem, { reads: '3 for one with findings', hottest: 'none: operators' }),
  run: one('IMPORTS', 'RUN#{run}', RunItem, { reads: '3', writes: '1 to 20, a few times a run', hottest: 'none' }),
  nights: many('IMPORTS', 'NIGHT#', SourceNightItem, { reads: '0.5, once an hour', hottest: 'none' }),
  night: one('IMPORTS', 'NIGHT#{source}', SourceNightItem, { writes: '1 a run', hottest: 'none' }),
  /** Of a source, newest last. */
  allMissed: many('IMPORTS', 'MISSED#{source}#', MissedItem, { reads: '0.5', hottest: 'none: administrators' }),
  missed: one('IMPORTS', 'MISSED#{source}#{at}', MissedItem, { writes: '1 a time that was missed', hottest: 'none' }),
  /** Newest last. */
  schoolRuns: many('S#{uai}', 'RUN#', SchoolRunItem, { reads: '1 for 5', hottest: 'none: administrators' }),
  schoolRun: one('S#{uai}', 'RUN#{run}', SchoolRunItem, {
    reads: '1',
    writes: '1 to 5 a school and run',
    hottest: 'none',
  }),
} as const

/**
 * What a message on the imports' queue says to confirm held schools of a delivery: it is imported again with them. The
 * delivery lies in the feeds' bucket for as long as its lifecycle says; later the run ends as `unreadable`.
 */
export const Confirmation = z.strictObject({
  source: z.string(),
  delivery: z.string().check(z.minLength(1)),
  confirm: z.array(z.string()).check(z.minLength(1)),
})
export type Confirmation = z.infer<typeof Confirmation>
