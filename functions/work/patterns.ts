import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { BoardPiece } from '../../shared/work/board.ts'
import { BudgetSetting } from '../../shared/work/budget.ts'
import { Correction } from '../../shared/work/correction.ts'
import { OwnTask, Piece, PieceGroup, PieceSummary, Tick } from '../../shared/work/shapes.ts'
import { HungAttachment } from '../documents/attachments.ts'
import { many, one } from '../platform/pattern.ts'

/** What the table holds of the work. */

const hung = { attachments: z.optional(z.array(HungAttachment)) }

/** A piece of a class's notebook. The stream turns it into rows of the class's and its guardians' boards. */
export const PieceItem = z.extend(Piece, {
  ...hung,
  correction: z.optional(z.extend(Correction, hung)),
  removedAt: z.optional(Instant),
  /** It was scheduled and did not go out, because whoever set it could not set work for the class any more at its time. */
  noLongerAllowed: z.optional(z.boolean()),
  /** The same, because their account was frozen. */
  accountFrozen: z.optional(z.boolean()),
  /**
   * The server's time when this was last decided: set, edited, or found due by the clock. What follows from the piece is
   * judged no earlier, so that a function whose clock is slow does not take for scheduled what is published.
   */
  decidedAt: Instant,
  version: z.number(),
})
export type PieceItem = z.infer<typeof PieceItem>

/** A row of an audience's notebook. It holds a short text itself; `isLong`: that of the correction is in the piece alone. Only what is published has one. */
export const RowItem = z.extend(z.omit(BoardPiece, { file: true }), {
  ...hung,
  correction: z.optional(z.extend(Correction, { ...hung, isLong: z.optional(z.literal(true)) })),
})
export type RowItem = z.infer<typeof RowItem>

/** A row of the list of whoever set a piece. `done`: how many ticked it, kept by the stream. */
const OwnRowItem = z.extend(PieceSummary, { removedAt: z.optional(Instant), done: z.number() })

/** That a pupil ticked a piece, or took it back. */
export const TickItem = z.object({
  person: z.string(),
  done: z.boolean(),
  at: Instant,
  /** Of the piece when it was ticked. */
  week: z.string(),
})
export type TickItem = z.infer<typeof TickItem>

/**
 * What a pupil ticked of the pieces of one week. It follows from the facts, and can be made of them anew. Kept for some
 * weeks: after that only the facts are.
 */
const TicksItem = z.object({
  ticks: z.array(Tick),
  version: z.number(),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type TicksItem = z.infer<typeof TicksItem>

/**
 * How long a task takes that a class has for a day, in the list of its school: what is published, of days that are not over.
 * It follows from the piece.
 */
const MinutesItem = z.object({
  ...z.pick(PieceSummary, { day: true, subject: true }).shape,
  group: PieceGroup,
  minutes: z.int(),
  /** Epoch seconds: TTL. The end of the day. */
  expiresAt: z.number(),
})
export type MinutesItem = z.infer<typeof MinutesItem>

/** A school's budget of minutes, and its last changes. */
const BudgetItem = z.extend(BudgetSetting, { version: z.number() })
export type BudgetItem = z.infer<typeof BudgetItem>

const TasksItem = z.object({ tasks: z.array(OwnTask), version: z.number() })

export const workPatterns = {
  piece: one('W#{piece}', 'PIECE', PieceItem, {
    reads: '1 (consistent); by renderings, and by whoever ticks it or follows it',
    writes: '2 to 10 a class, on setting it',
    hottest: 'none: a class',
  }),
  rows: many('NOTEBOOK#{audience}', 'D#', RowItem, {
    reads: '10 for 150 rows (consistent), at each rendering of the board; 1 to 3 a page of older ones',
    hottest: 'none: renderings of one class, some a minute',
  }),
  row: one('NOTEBOOK#{audience}', 'D#{day}#{piece}', RowItem, {
    writes: '1 an audience, by the stream in batches',
    hottest: 'none',
  }),
  rowsOfDay: many('NOTEBOOK#{audience}', 'D#{day}#', RowItem, {
    reads: '0.5 to 1 (consistent: twice), a class and day for which work is set',
    hottest: 'none: a class',
  }),
  minutes: one('MINUTES#{uai}', 'D#{day}#{group}#{piece}', MinutesItem, {
    writes: '1 a task, by the stream in the batch of its rows',
    hottest: 'a large school on the eve of a term: some a second',
  }),
  minutesOf: many('MINUTES#{uai}', 'D#', MinutesItem, {
    reads: '10 for 500 tasks, when those who run the school look',
    hottest: 'none: a school',
  }),
  budget: one('MINUTES#{uai}', 'BUDGET', BudgetItem, {
    reads: '0.5, by whoever sets work',
    writes: '2 to 8, when the school changes it',
    hottest: 'a large school: its teachers, some a minute',
  }),
  ofAuthor: many('SET#{author}', 'D#{week}#', OwnRowItem, { reads: '1 for 12 pieces', hottest: 'none: one a person' }),
  ofAuthorRow: one('SET#{author}', 'D#{week}#{day}#{piece}', OwnRowItem, {
    writes: '2; 1 by the stream for ticks that come together',
    hottest: 'none: one a person',
  }),
  tick: one('W#{piece}', 'TICK#{person}', TickItem, {
    writes: '1 by the pupil, 1 by the stream for their list',
    hottest: 'a class whose work is due: 30 people over an hour',
  }),
  ticksOf: many('W#{piece}', 'TICK#', TickItem, {
    reads: '1 for 40 pupils (consistent)',
    hottest: 'none: ticks of a class that come together are counted once',
  }),
  ticks: one('ME#{person}', 'WORK#{week}', TicksItem, {
    reads: '1 (consistent), before it is written',
    writes: '1, by the stream for ticks that come together',
    hottest: 'none: one a person and week',
  }),
  tasks: one('ME#{person}', 'OWNTASKS', TasksItem, {
    reads: '0.5 to 2, with the ticks',
    writes: '2 to 20: 100 tasks are 10 KB',
    hottest: 'none: one a person',
  }),
} as const
