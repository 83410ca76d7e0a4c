import { isProof } from './thorough.ts'

/**
 * The factor by which timeouts exceed the duration on two idle cores. Tests assert no durations: a timeout only ends
 * what hangs, so that a busy machine makes no test fail.
 */
const slownessFactor = isProof ? 200 : 20

/** The timeout, in milliseconds, of what takes `seconds` on two idle cores. */
export const timeoutMs = (seconds: number): number => seconds * slownessFactor * 1_000
