import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { day, Instant } from '../../shared/kernel/dates.ts'
import { alphabet, base32, timeId } from '../../shared/kernel/ids.ts'
import { eventKinds } from '../../shared/session/contract.ts'
import { put } from '../platform/operation.ts'
import { many, one } from '../platform/pattern.ts'

/**
 * Accounts, logins and activation codes. The directory shares this file with the session, since it issues logins and
 * codes. The items are in other partitions than the person's, which only these functions may read.
 */

export const AccountItem = z.object({
  person: z.string(),
  login: z.string(),
  /** `scrypt$N$r$p$salt$hash`, base64url; absent until activation. */
  password: z.optional(z.string()),
  activatedAt: z.optional(Instant),
  /** Hash of the unused activation code, and when it expires. */
  codeHash: z.optional(z.string()),
  codeExpiresAt: z.optional(Instant),
  /** When the last code was given, and by whom, in words; absent: by the operator's command. */
  codeGivenAt: z.optional(Instant),
  codeGivenBy: z.optional(z.string()),
  /** The day of the last sign-in by password or code: `2026-11-09`. */
  lastSignIn: z.optional(z.string()),
  email: z.optional(z.string()),
  language: z.optional(z.enum(['fr', 'en'])),
})
export type AccountItem = z.infer<typeof AccountItem>

const LoginItem = z.object({ person: z.string() })

/** What was done to an account by somebody else. */
const EventItem = z.object({
  at: Instant,
  kind: z.enum(eventKinds),
  /** Who did it, in words, and their id. Absent: the operator's command. */
  by: z.optional(z.string()),
  actor: z.optional(z.string()),
  /** Of a decision on access: the other person, and the reason given. */
  about: z.optional(z.string()),
  reason: z.optional(z.string()),
})
type EventItem = z.infer<typeof EventItem>

export const accountPatterns = {
  /** Created when the first activation code is issued. */
  account: one('A#{person}', 'ACCOUNT', AccountItem, { reads: '0.5', writes: '2', hottest: 'none: one a person' }),
  /** What the directory tells of a second factor: whether there is one. The session has further fields. */
  factorKinds: one(
    'A#{person}',
    'FACTOR',
    z.object({ totp: z.optional(z.string()), passkeys: z.array(z.object({ id: z.string() })) }),
    { reads: '0.5', hottest: 'none: an administrator’s page of a person' },
  ),
  login: one('L#{login}', 'LOGIN', LoginItem, {
    reads: '0.5',
    writes: '2, once a person',
    hottest: 'none: one a person',
  }),
  /** Written with what they tell, and kept. */
  event: one('A#{person}', 'EVENT#{event}', EventItem, { writes: '2', hottest: 'none: one a person' }),
  events: many('A#{person}', 'EVENT#', EventItem, {
    reads: '0.5',
    hottest: 'none: an administrator’s page of a person',
  }),
} as const

/** What notes an event, for the transaction that makes it happen. */
export const eventOf = (person: string, event: EventItem) =>
  put('event', accountPatterns.event, { person, event: timeId(new Date(event.at)) }, event)

/** The day of an instant as `lastSignIn` holds it, in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Seconds for which an activation code is valid: the first two months of a school year. */
export const codeLifetime = 60 * day

/** An activation code made of 60 random bits or more, in three groups of four: `k7pq-2m9x-w4td`. */
export const activationCode = (random: Uint8Array): string => {
  const text = base32(random, 12)
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}

/** A typed code in the form that is hashed: lower case, without spaces and hyphens, o as 0, i and l as 1. */
const normalizedCode = (typed: string): string =>
  [...typed.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1')]
    .filter(letter => alphabet.includes(letter))
    .join('')

/**
 * The stored hash of a code. A code has 60 random bits, so that a fast salted hash suffices, unlike for a password. The
 * person's id is the salt.
 */
export const codeHash = (person: string, code: string): string =>
  createHash('sha256')
    .update(`code|${person}|${normalizedCode(code)}`)
    .digest('base64url')
