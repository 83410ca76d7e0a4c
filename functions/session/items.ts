import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'

/** What the table holds of accounts and sessions: apart from the person, in a partition only these functions open. */

const key = { pk: z.string(), sk: z.string() }

/** `A#<person>` / `ACCOUNT`: made when the first activation code is issued. */
export const AccountItem = z.object({
  ...key,
  person: z.string(),
  login: z.string(),
  /** `scrypt$N$r$p$salt$hash`, base64url; absent until activation. */
  password: z.optional(z.string()),
  activatedAt: z.optional(Instant),
  /** Hash of the waiting activation code (see functions/session/code.ts), and until when it is good. */
  codeHash: z.optional(z.string()),
  codeExpiresAt: z.optional(Instant),
  email: z.optional(z.string()),
  language: z.optional(z.enum(['fr', 'en'])),
})
export type AccountItem = z.infer<typeof AccountItem>

/** `L#<login>` / `LOGIN` */
export const LoginItem = z.object({ ...key, person: z.string() })
export type LoginItem = z.infer<typeof LoginItem>

/** `A#<person>` / `SESSION#<session>`: one device. */
export const SessionItem = z.object({
  ...key,
  session: z.string(),
  device: z.string(),
  since: Instant,
  lastSeen: Instant,
  /** SHA-256 of the refresh secret now good, and how many times it was rotated. */
  refreshHash: z.string(),
  rotation: z.number(),
  personalDevice: z.boolean(),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type SessionItem = z.infer<typeof SessionItem>

export const sessionKeys = {
  account: (person: string) => ({ pk: `A#${person}`, sk: 'ACCOUNT' }),
  login: (login: string) => ({ pk: `L#${login}`, sk: 'LOGIN' }),
  session: (person: string, session: string) => ({ pk: `A#${person}`, sk: `SESSION#${session}` }),
  /** The territory's signing keys and edge secret. */
  keys: () => ({ pk: 'KEYS', sk: 'KEYS' }),
  /** Attempts in a window of time, per account or per address; TTL. */
  throttle: (what: string) => ({ pk: `T#${what}`, sk: 'THROTTLE' }),
} as const
