import { setTimeout as sleep } from 'node:timers/promises'
import { type Fixture, fixtureOf } from '../../browser/fixture.ts'
import { signedIn } from '../../support/http.ts'
import { type Metered, startMetered } from '../../support/metered.ts'
import { password } from '../../support/populate.ts'
import { countAppFiles } from './app-files.ts'
import { boardsBucket } from './assembly.ts'
import { type EdgeClock, measureWaits } from './waits.ts'

/** Milliseconds without a unit after which the table is left alone, and for which that is awaited. */
const [quiet, longest] = [5_000, 120_000]

/** Waits until what populating the territory causes is done: boards and counts follow it for some seconds. */
const untilQuiet = async ({ meter }: Metered): Promise<void> => {
  for (let waited = 0; waited < longest; waited += quiet) {
    meter.read()
    await sleep(quiet)
    const { readUnits, writeUnits } = meter.read()
    if (readUnits + writeUnits === 0) return
  }
  throw new Error('the table is never left alone, so that nothing can be measured by it')
}

/** Units of the table that a sign-in takes, and what it writes. */
const measureSignIns = async ({ territory, valmont }: Fixture<Metered>, times = 5) => {
  await valmont.as('sophie')
  await untilQuiet(territory)
  territory.meter.read()
  for (let count = 0; count < times; count++)
    await signedIn(territory.url, valmont.credentials('sophie').login, password)
  const { readUnits, writeUnits } = territory.meter.read()
  return { readUnits: readUnits / times, writeUnits: writeUnits / times }
}

/** What is measured by the machine's own time, in a territory whose functions are processes, and with a real browser. */
export const measureInRealTime = async (assembly: string) => {
  const clock: EdgeClock = { ahead: 0 }
  const fixture = await fixtureOf(startMetered(assembly, { edgeNow: () => Date.now() + clock.ahead }))
  try {
    const signIn = await measureSignIns(fixture)
    const waits = await measureWaits(fixture, clock, boardsBucket(assembly))
    return { waits, signIn, app: await countAppFiles(fixture) }
  } finally {
    await fixture.close()
  }
}

export type RealTime = Awaited<ReturnType<typeof measureInRealTime>>
