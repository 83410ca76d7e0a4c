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
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type SessionItem = z.infer<typeof SessionItem>

/** A counter of attempts in one window of time, by account or address. */
const ThrottleItem = z.object({
  attempts: z.number(),
  /** Epoch seconds before which no further attempt is admitted. */
  blockedUntil: z.optional(z.number()),
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
    reads: '1 to 2 a sign-in',
    writes: '1 an attempt, 2 more a wrong one; 2 to clear it',
    hottest: 'a school behind one address: its wrong passwords, 60 a minute at most before they are refused unwritten',
  }),
} as const
