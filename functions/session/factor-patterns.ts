import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { one } from '../platform/pattern.ts'

/** A passkey: the public key of an authenticator, for one host. */
const PasskeyItem = z.object({
  id: z.string(),
  /** COSE, base64url. */
  publicKey: z.string(),
  /** The signature counter as it was last told: 0 for authenticators without one. */
  counter: z.number(),
  transports: z.optional(z.array(z.string())),
  /** The host it was made for: it answers to no other one. */
  host: z.string(),
  label: z.string(),
  since: Instant,
  lastUsed: z.optional(Instant),
})
export type PasskeyItem = z.infer<typeof PasskeyItem>

/** A person's second factor. Every change is on condition of its `version`, so that a code or a counter counts once. */
export const FactorItem = z.object({
  /** The secret of the app's codes, sealed (functions/session/factor/seal.ts). Absent: there is none. */
  totp: z.optional(z.string()),
  totpSince: z.optional(Instant),
  /** The period of the last code that was used: no code of it or of an earlier one counts again. */
  totpStep: z.optional(z.number()),
  passkeys: z.array(PasskeyItem),
  /** Hashes of the recovery codes that are left. */
  recovery: z.array(z.string()),
  /** That somebody else removed all of it. */
  reset: z.optional(z.object({ at: Instant, by: z.optional(z.string()) })),
  version: z.number(),
})
export type FactorItem = z.infer<typeof FactorItem>

/** What is being set up. One a person: the last one asked for. */
const EnrolmentItem = z.object({
  totp: z.optional(z.string()),
  challenge: z.string(),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type EnrolmentItem = z.infer<typeof EnrolmentItem>

/** A sign-in whose password was right, and that waits for its second step. */
const StepItem = z.object({
  challenge: z.string(),
  personalDevice: z.boolean(),
  /** The stored hash of the password that was verified: another one since ends the step. */
  password: z.string(),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type StepItem = z.infer<typeof StepItem>

export const factorPatterns = {
  factor: one('A#{person}', 'FACTOR', FactorItem, {
    reads: '0.5 a sign-in of somebody who works in a school; 1 (consistent) a second step',
    writes: '2 a second step',
    hottest: 'none: one a person',
  }),
  enrolment: one('A#{person}', 'ENROLMENT', EnrolmentItem, { reads: '1', writes: '2', hottest: 'none: one a person' }),
  step: one('A#{person}', 'STEP#{step}', StepItem, {
    reads: '1 (consistent)',
    writes: '4: begun and finished',
    hottest: 'none: one a sign-in',
  }),
} as const

/** True if there is something to prove. */
export const isSet = (factor: FactorItem | undefined): factor is FactorItem =>
  factor !== undefined && (factor.totp !== undefined || factor.passkeys.length > 0)
