import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { many, one } from '../platform/pattern.ts'

/** A session: one device on which a person is signed in. */
export const SessionItem = z.object({
  session: z.string(),
  device: z.string(),
  since: Instant,
  lastSeen: Instant,
  /** SHA-256 of the current refresh secret, and how many times it was rotated. */
  refreshHash: z.string(),
  rotation: z.number(),
  personalDevice: z.boolean(),
  /** It waits for its person to set up the second factor that their role needs, and can do nothing else. */
  pending: z.optional(z.literal(true)),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type SessionItem = z.infer<typeof SessionItem>

/** A counter of attempts, by account, network, device or session. */
const ThrottleItem = z.object({
  /** In its window of time; of an account, the failures in a row. */
  attempts: z.number(),
  /** By network: its attempts, and the epoch seconds before which no further one is admitted. */
  counts: z.optional(z.record(z.string(), z.tuple([z.number()], z.number()))),
  /** Of an account: the places where somebody signed in to it, the latest first. */
  known: z.optional(z.array(z.string())),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

export const sessionPatterns = {
  session: one('A#{person}', 'SESSION#{session}', SessionItem, {
    reads: '0.5',
    writes: '2, at sign-in and every 15 minutes of use',
    hottest: 'none: one a device',
  }),
  sessions: many('A#{person}', 'SESSION#', SessionItem, { reads: '0.5', hottest: 'none: one partition a person' }),
  throttle: one('T#{counter}', 'THROTTLE', ThrottleItem, {
    reads: '1 a sign-in on a known device, 2 elsewhere, 3 over IPv6',
    writes: '1 an attempt on a known device; elsewhere 2, 1 to 3 more a wrong one, 1 more a right one; 2 to clear it',
    hottest: 'a school behind one address: its wrong passwords, 60 a minute at most before they are refused unwritten',
  }),
} as const
