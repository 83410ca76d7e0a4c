import { expect, it } from 'vitest'
import { randomSeed } from '../../support/property.ts'
import { openRandom } from '../../support/random.ts'
import { isProof, runs } from '../../support/thorough.ts'
import { timeoutMs } from '../../support/timeout.ts'
import { openModel } from './model.ts'
import { expectedOf, outcomeOf } from './outcome.ts'
import { runDay } from './script.ts'
import { openDay } from './territory.ts'

/** Days, one after the other, of which each has a seed of its own. */
const days = runs(1, 6)

it(
  'a school day of 50 people, of whose calls to the table and the bucket a fifth fail, ends with every acknowledged write once',
  async ({ signal }) => {
    const first = randomSeed()
    if (isProof) console.log(`PREAU_SEED=${first} (${days} days)`)
    for (let nth = 0; nth < days; nth++) {
      const seed = first + nth
      signal.throwIfAborted()
      const day = await openDay(openRandom(seed))
      try {
        expect(Object.keys(day.people)).toHaveLength(50)
        const model = openModel()
        day.faults.setShare(0.2)
        await runDay(day, model, seed)
        day.faults.setShare(0)
        await day.deliver()
        await day.sweep()
        const versions = [...model.pieces.values()].flatMap(({ handIns }) =>
          [...handIns.values()].map(one => one.versions),
        )
        expect(versions.flat().length, 'versions of hand-ins').toBeGreaterThan(20)
        expect(day.faults.counts.failed / day.faults.counts.calls).toBeGreaterThan(0.15)
        expect(await outcomeOf(day, model), `PREAU_SEED=${seed}`).toEqual(expectedOf(model))
      } finally {
        await day.close()
      }
    }
  },
  timeoutMs(runs(20, 400)),
)
