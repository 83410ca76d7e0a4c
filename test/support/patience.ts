import { isProof } from './thorough.ts'

/**
 * How many times longer than on two idle cores anything may take before a test gives it up. Nothing is asserted of how
 * long things take: a limit only ends what hangs, so that a machine that does other things too fails no test.
 */
const slowness = isProof ? 60 : 20

/** Milliseconds to wait at most for what takes `seconds` on two idle cores. */
export const patience = (seconds: number): number => seconds * slowness * 1_000
