import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { day, Instant } from '../../shared/kernel/dates.ts'
import { alphabet, base32 } from '../../shared/kernel/ids.ts'
import { one } from '../platform/pattern.ts'

/**
 * Who has an account, and the codes that open one: what the directory, which gives logins and codes to people, shares
 * with the session. They stand apart from the person, in partitions that only these functions read.
 */

export const AccountItem = z.object({
  person: z.string(),
  login: z.string(),
  /** `scrypt$N$r$p$salt$hash`, base64url; absent until activation. */
  password: z.optional(z.string()),
  activatedAt: z.optional(Instant),
  /** Hash of the waiting activation code, and until when it is good. */
  codeHash: z.optional(z.string()),
  codeExpiresAt: z.optional(Instant),
  email: z.optional(z.string()),
  language: z.optional(z.enum(['fr', 'en'])),
})
export type AccountItem = z.infer<typeof AccountItem>

const LoginItem = z.object({ person: z.string() })

export const accountPatterns = {
  /** Made when the first activation code is issued. */
  account: one('A#{person}', 'ACCOUNT', AccountItem, { reads: '0.5', writes: '2', hottest: 'none: one a person' }),
  login: one('L#{login}', 'LOGIN', LoginItem, {
    reads: '0.5',
    writes: '2, once a person',
    hottest: 'none: one a person',
  }),
} as const

/** How long an activation code waits to be used, in seconds: a school year's start, with its latecomers. */
export const codeLifetime = 60 * day

/** An activation code made of 60 random bits or more, in three groups of four: `k7pq-2m9x-w4td`. */
export const activationCode = (random: Uint8Array): string => {
  const text = base32(random, 12)
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}

/** A code as typed: capitals, spaces and hyphens do not matter, nor do the letters that base 32 leaves out (o, i, l). */
const normalizedCode = (typed: string): string =>
  [...typed.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1')]
    .filter(letter => alphabet.includes(letter))
    .join('')

/**
 * What is stored of a code. A code holds 60 random bits, so a plain salted hash suffices where a password's
 * would not; the person is the salt.
 */
export const codeHash = (person: string, code: string): string =>
  createHash('sha256')
    .update(`code|${person}|${normalizedCode(code)}`)
    .digest('base64url')
