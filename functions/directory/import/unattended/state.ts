import * as z from 'zod/mini'
import { Instant } from '../../../../shared/kernel/dates.ts'
import { many, one } from '../../../platform/pattern.ts'
import { Undo } from '../runs.ts'

/**
 * How far imports without a person are. The table alone says it: messages of the queue are only a reason to look, so that
 * one that comes twice, late, in another order or never does no harm.
 */

/** The parts in which a delivery is written, one after the other. */
export const parts = [
  'changes',
  'before',
  'todo_arrived',
  'todo_staged',
  'todo_kept',
  'todo_ended',
  'todo_absent',
  'sizes',
  'schools',
  'after',
] as const

export const firstPart = parts[0]

const WorkItem = z.object({
  run: z.string(),
  delivery: z.string(),
  confirm: z.array(z.string()),
  /** Of several deliveries in one archive, the one that is confirmed. */
  source: z.optional(z.string()),
  /** The run that is undone in a school, in place of a delivery that is imported. */
  undo: z.optional(Undo),
  /** When the first step began: the time of all that is written. */
  began: z.optional(Instant),
  stage: z.enum(['read', 'write']),
  /** While it is read, what is read already of it; while it is written, how far that is. */
  done: z.array(z.string()),
  current: z.optional(z.string()),
  part: z.enum(parts),
  /** The last one of the part that is written. */
  cursor: z.string(),
  /** How many files the staging is stored in. */
  files: z.number(),
  incomplete: z.boolean(),
  /** Which of the confirmed schools deliveries were about. */
  known: z.array(z.string()),
  written: z.number(),
  /** Failed attempts of this step. */
  tries: z.number(),
})
export type WorkItem = z.infer<typeof WorkItem>

/** Who works. `until`: milliseconds since 1970; whoever did not renew it by then is gone. */
const LeaseItem = z.object({ owner: z.string(), until: z.number() })

/** An event of the bucket that was taken up: it may come again. */
const TakenItem = z.object({ expiresAt: z.number() })

/** A folder of loose files. `at`: when the last of them came. */
const LooseItem = z.object({ folder: z.string(), at: Instant, expiresAt: z.number() })

const own = { reads: '0.5', writes: '1', hottest: 'none: a few a minute while an import goes on' } as const

export const statePatterns = {
  /** Oldest first. */
  works: many('IMPORTS', 'WORK#', WorkItem, own),
  work: one('IMPORTS', 'WORK#{run}', WorkItem, own),
  lease: one('IMPORTS', 'LEASE', LeaseItem, own),
  taken: one('IMPORTS', 'TAKEN#{event}', TakenItem, own),
  looseFolders: many('IMPORTS', 'LOOSE#', LooseItem, own),
  loose: one('IMPORTS', 'LOOSE#{folder}', LooseItem, own),
} as const
