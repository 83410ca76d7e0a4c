import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { one } from './pattern.ts'

/** What the table holds for the platform itself. */

/** What signs sessions and what proves the edge. Two signing keys, so that they can rotate. */
export const KeysItem = z.object({
  /** HMAC-SHA-256 keys, base64url: the first signs, all verify. The second is the next one or the last one. */
  signing: z.array(z.object({ kid: z.string(), secret: z.string(), since: Instant })),
  /** Derives refresh secrets. */
  refresh: z.string(),
  /** Sent by the edge in `x-preau-edge`. */
  edge: z.string(),
  /** When the signing keys last changed: a rotation delivered twice takes one step. */
  steppedAt: z.optional(Instant),
})
export type KeysItem = z.infer<typeof KeysItem>

/** A write's first answer, for as long as a device may send the write again (shared/kernel/idempotency.ts). */
const AnswerItem = z.object({
  /** SHA-256 of method, path and body: the same key for another request is refused. */
  request: z.string(),
  /** Absent where the answer holds a secret: the handler then makes it again. */
  reply: z.optional(z.unknown()),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

/** What the item of a job (functions/platform/job.ts) holds beside its own fields: how far it is. */
export const jobFields = {
  /** After whom the next step goes on. Absent: at the beginning. */
  cursor: z.optional(z.string()),
  doneAt: z.optional(Instant),
}

export const platformPatterns = {
  keys: one('KEYS', 'KEYS', KeysItem, {
    reads: '0.5, once per execution environment and 5 minutes',
    writes: '2, at each rotation',
    hottest:
      'one key for the territory, but read at most (environments / 300 s): 1,000 environments are 4 reads a second',
  }),
  answer: one('I#{person}', '{key}', AnswerItem, {
    reads: '1 (consistent)',
    writes: '2',
    hottest: 'one partition a person: their own writes',
  }),
  /**
   * What a caller's access is proved by, whatever else the directory keeps there: `access` must be what the token says.
   */
  callerAccess: one('P#{person}', 'PERSON', z.object({ status: z.string(), access: z.string() }), {
    reads: '2, as a condition of each write',
    hottest: 'none: one a person',
  }),
  /** What a caller's session is proved by, whatever else is kept there: it must be there, and not be over. */
  callerSession: one('A#{person}', 'SESSION#{session}', z.object({ expiresAt: z.number() }), {
    reads: '2, as a condition of each write',
    hottest: 'none: one a device',
  }),
} as const
