import type { Context } from 'aws-lambda'
import { clocks } from '../../../functions/features.ts'
import { type Clock, clockHandler } from '../../../functions/platform/clock.ts'
import type { Background } from '../../../functions/platform/platform.ts'

/**
 * The clock function: each call is one run, at the instant that the background says is now.
 * @param remaining milliseconds until the function's time limit, as it asks for them.
 */
export const openClock = (
  background: Background,
  features: readonly Clock[] = Object.values(clocks).flatMap(one => one ?? []),
  remaining: () => number = () => 50_000,
): (() => Promise<void>) => {
  const handler = clockHandler(features, () => background)
  const context = { functionName: 'clock', getRemainingTimeInMillis: remaining } as Context
  // The event is not looked at: a run does what is due now.
  return async () => void (await handler({ 'detail-type': 'Scheduled Event' }, context))
}
