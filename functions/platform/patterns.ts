import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { many, one } from './pattern.ts'

/** The territory's keys: those that sign sessions, so that they can rotate, and further secrets. */
export const KeysItem = z.object({
  /**
   * HMAC-SHA-256 keys, base64url: the first signs, all verify. `until`: when a key ceased to sign; the one beside the
   * first that has none is the next one.
   */
  signing: z.array(z.object({ kid: z.string(), secret: z.string(), since: Instant, until: z.optional(Instant) })),
  /** Derives refresh secrets. */
  refresh: z.string(),
  /** Sent by the edge in `x-preau-edge`. */
  edge: z.string(),
  /** HMAC secret of the names of boards' files. Absent until the first deploy of a release with boards. */
  boards: z.optional(z.string()),
  /** Secrets that were renewed, which are accepted until then: what was made with them is in use still. */
  former: z.optional(z.array(z.object({ name: z.enum(['edge', 'refresh']), secret: z.string(), until: Instant }))),
  /** By secret, what asked for its last renewal: `renewed` of lib/territories.ts. */
  renewals: z.optional(z.record(z.string(), z.string())),
  /** When the signing keys last changed, so that a schedule event delivered twice takes one step. */
  steppedAt: z.optional(Instant),
})
export type KeysItem = z.infer<typeof KeysItem>

/**
 * Encrypts the secrets of second factors. It is in a partition of its own, which only the functions that need it may read,
 * and no release that writes the keys anew loses it: what it sealed would never open again.
 */
const FactorsKeyItem = z.object({
  secret: z.string(),
  /** When a deploy last copied it from its former place, until it is deleted there. */
  copiedAt: z.optional(Instant),
})

/** The first answer of a write, stored for as long as a device may send it again (shared/kernel/idempotency.ts). */
const AnswerItem = z.object({
  /** SHA-256 of method, path and body, of which a secret is left out: the same key for another request is refused. */
  request: z.string(),
  /** Absent if the answer holds a secret: the handler then computes it again. */
  reply: z.optional(z.unknown()),
  /** The id of the session that the write began, or of the second step that it asks for first. */
  session: z.optional(z.string()),
  step: z.optional(z.string()),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

/** That an account's publishing is frozen: when, why, and by whom, in words and by id; absent: by the operator's command. */
export const FreezeItem = z.object({
  at: Instant,
  by: z.optional(z.string()),
  actor: z.optional(z.string()),
  reason: z.string(),
})
export type FreezeItem = z.infer<typeof FreezeItem>

const BoardFileAt = z.object({ file: z.string(), at: Instant })

/**
 * The state of an audience's board of one service: what the school's index is made of, and which files there are. It is
 * changed on condition of its `version`, so that of two renderings of different states the later read one remains.
 */
const BoardItem = z.object({
  audience: z.string(),
  kind: z.string(),
  label: z.string(),
  group: z.optional(z.string()),
  service: z.string(),
  /** The current board. */
  file: z.string(),
  /** The further files that it names, by what is in them: files are not made anew for a text that is known. */
  parts: z.record(z.string(), z.string()),
  /** Files that are not current any more, and since when. The clock deletes them some minutes later. */
  retired: z.array(BoardFileAt),
  /** Files deleted lately. Like those of retired files, their names are not used again while a request may delete them. */
  deleted: z.array(BoardFileAt),
  /**
   * Files that a rendering is about to put, and since when: noted before the puts, so that the clock finds those of one that
   * ended in between. Absent: none, or in a state of an earlier release.
   */
  putting: z.optional(z.array(BoardFileAt)),
  version: z.number(),
})
export type BoardItem = z.infer<typeof BoardItem>

/** The progress of a job (functions/platform/job.ts), beside the other fields of its item. */
export const jobFields = {
  /** The last recipient processed; the next step continues after it. Absent: at the beginning. */
  cursor: z.optional(z.string()),
  doneAt: z.optional(Instant),
}

/** Something to be done at an instant (functions/platform/due.ts). */
const DueItem = z.object({
  kind: z.string(),
  subject: z.string(),
  at: Instant,
  /** How often it failed. */
  tries: z.optional(z.number()),
})

/** How far the clock has come (functions/platform/clock.ts). */
const ClockItem = z.object({
  /** Up to this minute, everything is done but what is in the minutes `left`: `2026-03-16T07:30`. */
  finished: z.string(),
  /** Earlier minutes in which something is left to be done. */
  left: z.array(z.string()),
  version: z.number(),
})
export type ClockItem = z.infer<typeof ClockItem>

/** An order to render all boards anew: one a lane, each going through its schools one after the other. */
const BoardsRebuild = z.object({
  ...jobFields,
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

/** An order to migrate a lane of the table's items (functions/platform/migration.ts). `at`: when it was last given. */
const MigrationItem = z.object({ ...jobFields, at: Instant })

export const platformPatterns = {
  keys: one('KEYS', 'KEYS', KeysItem, {
    reads: '0.5, once per execution environment and 5 minutes',
    writes: '2 to 4, at each rotation',
    hottest:
      'one key for the territory, but read at most (environments / 300 s): 1,000 environments are 4 reads a second',
  }),
  factorsKey: one('FACTORS', 'KEY', FactorsKeyItem, {
    reads: '0.5, where a second factor by codes is set up or proved; 1 (consistent) a day and deploy',
    writes: '2, once',
    hottest: 'one key for the territory, read by who signs in with a code of an app',
  }),
  /** Where releases before kept it: among the territory's keys, for every function to read. Copied, then deleted. */
  formerFactorsKey: one('KEYS', 'FACTORS', FactorsKeyItem, {
    reads: '1 (consistent) a deploy, and while there is no other',
    writes: '2, once',
    hottest: 'none: a deploy',
  }),
  answer: one('I#{person}', '{key}', AnswerItem, {
    reads: '1 (consistent)',
    writes: '2',
    hottest: 'one partition a person: their own writes',
  }),
  /** The fields of the person item that writes check: `access` must be the token's. The directory has further fields. */
  callerAccess: one('P#{person}', 'PERSON', z.object({ status: z.string(), access: z.string() }), {
    reads: '2, as a condition of each write',
    hottest: 'none: one a person',
  }),
  /** The field of the session item that writes check: it must exist and not have expired. The session has further fields. */
  callerSession: one('A#{person}', 'SESSION#{session}', z.object({ expiresAt: z.number() }), {
    reads: '2, as a condition of each write',
    hottest: 'none: one a device',
  }),
  /** Absent: the person's account is not frozen. */
  freeze: one('FZ#{person}', 'FREEZE', FreezeItem, {
    reads:
      '1 (consistent) a write that reaches others, and 2 as its condition; 0.5 with a profile of somebody with a post',
    writes: '2',
    hottest: 'none: one a person',
  }),
  /** `minute` is the beginning of `at`; `shard` spreads what is due in one minute over four partitions. */
  due: one('DUE#{minute}#{shard}', '{at}#{kind}#{subject}', DueItem, {
    writes: '2, in the transaction that decides it; 2 to remove it when it is done',
    hottest: '8:00 on closure day: what thousands of schools schedule for it, removed by the clock at 300 a second',
  }),
  dueIn: many('DUE#{minute}#{shard}', '{minute}', DueItem, {
    reads: '1 (consistent) for 50 items; the clock reads 5 minutes, each of 4 shards, once a minute',
    hottest: 'none: one reader',
  }),
  clock: one('CLOCK', 'CLOCK', ClockItem, {
    reads: '1 (consistent), once a minute',
    writes: '2, once a minute',
    hottest: 'none: one reader',
  }),
  board: one('BD#{uai}', 'BOARD#{audience}#{service}', BoardItem, {
    reads: '1 (consistent), at each rendering',
    writes:
      '3 to 9, at each rendering: a third of it before the files are put; as much when superseded files are deleted',
    hottest: 'none: one an audience, some a minute',
  }),
  boards: many('BD#{uai}', 'BOARD#', BoardItem, {
    reads: '10 for a school of 100 boards (consistent), at each change of one of them',
    hottest: 'a large school that publishes much: some a minute',
  }),
  boardsRebuild: one('REBUILD#{lane}', 'BOARDS#{at}', BoardsRebuild, {
    reads: '1 (consistent) a step',
    writes: '1 a lane, then 1 a step',
    hottest: 'none: by a deploy that changes boards, or by the operator',
  }),
  /** The generation that all items are of, or a later one. */
  itemGeneration: one('ITEMS', 'GENERATION', z.object({ generation: z.number() }), {
    reads: '1 (consistent), at deploys',
    writes: '1, at the end of a migration',
    hottest: 'none: by deploys',
  }),
  migration: one('MIGRATE#{lane}', 'ITEMS#{generation}', MigrationItem, {
    reads: '1 (consistent) a step; 16 as a lane ends',
    writes: '1 a lane, then 1 a step',
    hottest: 'none: by a deploy that changes items',
  }),
  /** The fields that an index tells of an audience, and of its school. The directory has further fields. */
  boardAudience: one(
    'AU#{audience}',
    'AUDIENCE',
    z.object({ kind: z.string(), uai: z.string(), label: z.string(), group: z.optional(z.string()) }),
    { reads: '1 (consistent), at each rendering', hottest: 'none' },
  ),
  boardSchool: one('S#{uai}', 'SCHOOL', z.object({ name: z.string(), town: z.optional(z.string()) }), {
    reads: '1 (consistent), at each rendering',
    hottest: 'none',
  }),
} as const
