/** A throttle of API Gateway: requests a second that go on, and how many at once before that counts. */
export type Throttle = { readonly rate: number; readonly burst: number }

/**
 * A token bucket, as API Gateway throttles by: it holds up to `burst` requests, and is filled by `rate` a second.
 * @param now milliseconds
 * @returns whether a request goes on, each time it is called.
 */
export const tokenBucket = ({ rate, burst }: Throttle, now: () => number): (() => boolean) => {
  let tokens = burst
  let filledAt = now()
  return () => {
    const at = now()
    tokens = Math.min(burst, tokens + (Math.max(0, at - filledAt) / 1000) * rate)
    filledAt = at
    if (tokens < 1) return false
    tokens--
    return true
  }
}
