import { randomInt } from 'node:crypto'
import * as fc from 'fast-check'
import { isProof, runs } from './thorough.ts'

/** How many values a property is tried with in `npm test` (`short`) and in `npm run prove` (`long`). */
export type Times = { readonly short: number; readonly long: number }

const usual: Times = { short: 100, long: 10_000 }

/** The seed of a test's random values: PREAU_SEED, or another one each time. */
export const randomSeed = (): number => {
  const seed = Number(process.env.PREAU_SEED ?? randomInt(2 ** 31))
  if (!Number.isInteger(seed)) throw new Error(`PREAU_SEED is no whole number: ${process.env.PREAU_SEED}`)
  return seed
}

/**
 * Checks a property with random values. Throws if it fails for one of them, with the seed in the message; the same seed
 * as PREAU_SEED gives the same values again. `npm run prove` prints the seed of every property.
 */
export function assertProperty<Values>(property: fc.IAsyncProperty<Values>, times?: Times): Promise<void>
export function assertProperty<Values>(property: fc.IProperty<Values>, times?: Times): void
export function assertProperty<Values>(
  property: fc.IRawProperty<Values>,
  { short, long }: Times = usual,
): Promise<void> | void {
  const seed = randomSeed()
  const numRuns = runs(short, long)
  if (isProof) console.log(`PREAU_SEED=${seed} (${numRuns} runs)`)
  return fc.assert(property, { seed, numRuns })
}
