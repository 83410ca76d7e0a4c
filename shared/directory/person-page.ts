import * as z from 'zod/mini'
import { Instant } from '../kernel/dates.ts'
import { GroupId, PersonId, Uai } from '../kernel/ids.ts'
import { roles } from '../kernel/role.ts'
import { eventKinds } from '../session/contract.ts'
import { erasureStates } from './erasing.ts'

/** `none`: no code given yet. `code`: a code is waiting to be used. `expired`: it waited too long. */
export const accountStates = ['none', 'code', 'expired', 'active', 'suspended'] as const

export const Relative = z.object({
  id: PersonId,
  givenName: z.string(),
  familyName: z.string(),
  account: z.enum(accountStates),
})
export type Relative = z.infer<typeof Relative>

/** What may be decided of an adult's access to a child, in place of what the feed says. */
export const decisionKinds = ['granted', 'stopped'] as const

/** A person as those who run a school of theirs see them: what concerns those schools, and no other. */
export const PersonPage = z.object({
  id: PersonId,
  givenName: z.string(),
  familyName: z.string(),
  /** When they left all schools of the territory. */
  leftAt: z.optional(Instant),
  roles: z.array(z.object({ uai: Uai, school: z.string(), role: z.enum(roles) })),
  classes: z.array(z.object({ id: GroupId, uai: Uai, name: z.string() })),
  children: z.array(
    z.object({
      child: Relative,
      uai: Uai,
      className: z.optional(z.string()),
      others: z.array(Relative),
    }),
  ),
  guardians: z.array(Relative),
  account: z.object({
    state: z.enum(accountStates),
    login: z.optional(z.string()),
    codeGivenAt: z.optional(Instant),
    codeGivenBy: z.optional(z.string()),
    codeExpiresAt: z.optional(Instant),
    activatedAt: z.optional(Instant),
    lastSignIn: z.optional(z.string()),
    /** They sign in by a second factor, too. */
    factor: z.boolean(),
  }),
  /**
   * The school in which the caller may give them a code and end their sessions. Absent: another school looks after
   * them.
   */
  caredForIn: z.optional(Uai),
  /** Publishing from their account is frozen. Absent: it is not. */
  frozen: z.optional(z.object({ at: Instant, by: z.optional(z.string()), reason: z.string() })),
  /** Whether the caller may freeze their account, or end its freeze. */
  mayFreeze: z.boolean(),
  /** Whether the caller may erase them. Absent: they have not left. */
  erasure: z.optional(z.enum(erasureStates)),
  /** Newest first, the last fifty. */
  events: z.array(
    z.object({
      at: Instant,
      kind: z.enum(eventKinds),
      /** Who did it, in words. Absent: the operator of the territory. */
      by: z.optional(z.string()),
      /** Of a decision on access: the other person, and the reason. */
      about: z.optional(z.string()),
      reason: z.optional(z.string()),
    }),
  ),
  /** What was decided of their access to a child, or of an adult's to them, in the caller's schools. */
  decisions: z.array(
    z.object({
      adult: Relative,
      child: Relative,
      kind: z.enum(decisionKinds),
      reason: z.string(),
      /** The last day it holds. */
      until: z.optional(z.iso.date()),
      /** That day has passed: what the feed says holds again. */
      over: z.boolean(),
      at: Instant,
      by: z.string(),
      /** Whether the feed names the adult as a legal guardian of the child. */
      inFeed: z.boolean(),
    }),
  ),
})
export type PersonPage = z.infer<typeof PersonPage>
