import type { Failure } from './failure.ts'

/** How often a call is sent at most, the first time included. */
const maxAttempts = 4

/** Milliseconds: the upper bound of the first wait, and of any wait. */
const baseDelay = 500
const maxDelay = 10_000

/**
 * Milliseconds to wait before the next attempt after `sent` of them, or undefined to give up. Exponential backoff with full
 * jitter, never before Retry-After. Retries are harmless: reads change nothing and a write carries its Idempotency-Key.
 */
export const waitBeforeRetry = (failure: Failure, sent: number, random: () => number): number | undefined => {
  if (failure.type !== 'unreachable' && failure.type !== 'unavailable') return undefined
  if (sent >= maxAttempts) return undefined
  const asked = (failure.retryAfter ?? 0) * 1000
  if (asked > maxDelay) return undefined
  const bound = Math.min(maxDelay, baseDelay * 2 ** (sent - 1))
  return Math.min(maxDelay, asked + random() * bound)
}
