import type { Failure } from './failure.ts'

/** How many times a call is sent at most, the first time included. */
const times = 4

/** Milliseconds: the first wait's upper bound, and what no wait exceeds. */
const first = 500
const longest = 10_000

/**
 * Milliseconds to wait before sending again after `sent` times, or undefined to give up: only where sending again may
 * help, at random below a bound that doubles (full jitter), and never before Retry-After. Sending again is harmless,
 * because reads change nothing and a write carries its Idempotency-Key.
 */
export const waitBeforeRetry = (failure: Failure, sent: number, random: () => number): number | undefined => {
  if (failure.type !== 'unreachable' && failure.type !== 'unavailable') return undefined
  if (sent >= times) return undefined
  const asked = (failure.retryAfter ?? 0) * 1000
  if (asked > longest) return undefined
  const bound = Math.min(longest, first * 2 ** (sent - 1))
  return Math.min(longest, asked + random() * bound)
}
