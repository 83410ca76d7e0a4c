import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'

const key = { pk: z.string(), sk: z.string() }

/** `KEYS` / `KEYS`: what signs sessions and what proves the edge. Two keys, so that they can rotate. */
export const KeysItem = z.object({
  ...key,
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

/** `I#<caller>` / `<Idempotency-Key>`: a write's first answer, for 24 hours. */
export const AnswerItem = z.object({
  ...key,
  /** SHA-256 of method, path and body: the same key for another request is refused. */
  request: z.string(),
  /** Absent where the answer holds a secret: the handler then makes it again. */
  reply: z.optional(z.unknown()),
  expiresAt: z.number(),
})
export type AnswerItem = z.infer<typeof AnswerItem>

/** `T#<what>` / `THROTTLE`: attempts in one window; no further one before `blockedUntil` (epoch seconds). */
export const ThrottleItem = z.object({
  ...key,
  attempts: z.number(),
  blockedUntil: z.optional(z.number()),
  expiresAt: z.number(),
})
export type ThrottleItem = z.infer<typeof ThrottleItem>
