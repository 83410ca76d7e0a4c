import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { one } from './pattern.ts'

/** The territory's keys: the two that sign sessions, so that they can rotate, and two further secrets. */
export const KeysItem = z.object({
  /** HMAC-SHA-256 keys, base64url: the first signs, all verify. The second is the next one or the last one. */
  signing: z.array(z.object({ kid: z.string(), secret: z.string(), since: Instant })),
  /** Derives refresh secrets. */
  refresh: z.string(),
  /** Sent by the edge in `x-preau-edge`. */
  edge: z.string(),
  /** When the signing keys last changed, so that a schedule event delivered twice takes one step. */
  steppedAt: z.optional(Instant),
})
export type KeysItem = z.infer<typeof KeysItem>

/** The first answer of a write, stored for as long as a device may send it again (shared/kernel/idempotency.ts). */
const AnswerItem = z.object({
  /** SHA-256 of method, path and body: the same key for another request is refused. */
  request: z.string(),
  /** Absent if the answer holds a secret: the handler then computes it again. */
  reply: z.optional(z.unknown()),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

/** The progress of a job (functions/platform/job.ts), beside the other fields of its item. */
export const jobFields = {
  /** The last recipient processed; the next step continues after it. Absent: at the beginning. */
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
} as const
