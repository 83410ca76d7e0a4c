import { assembly as synthesized } from '../../support/assembly.ts'
import type { Part } from '../figure.ts'
import { measureTimes } from '../times/times.ts'
import { weeks } from '../week.ts'
import { isShielded } from './assembly.ts'
import { figuresOf, type Measured } from './figures.ts'
import { lookAtHome, openOlderRows, readWithoutOrigin } from './looks.ts'
import { measureNotebooks } from './notebooks.ts'
import { measureInRealTime } from './real-time.ts'
import { countOpenings } from './returning.ts'
import { type Run, runSchoolDay } from './run.ts'
import { prepareSchoolDay } from './school-day.ts'
import { countsOf } from './week-counts.ts'

/** How many times as many readers as on an ordinary day. */
const factors = [1, 3, 10, 100]

/**
 * What boards are for, in counts: one school of 1,600 people, the same publications, and ever more readers, whose devices
 * run the app's own code by a simulated time through the local edge; then what the week of the closure costs by these
 * counts.
 */
export const boards = async (): Promise<readonly Part[]> => {
  const assembly = await synthesized()
  const times = await measureTimes(assembly)
  const realTime = await measureInRealTime(assembly)
  const day = await prepareSchoolDay(assembly)
  try {
    const looking = { assembly, day }
    const runs = new Map<number, Run>()
    for (const factor of factors) {
      process.stderr.write(`  readers x${factor} …\n`)
      runs.set(factor, await runSchoolDay({ assembly, day, factor, rendering: realTime.waits.rendering }))
    }
    const measured: Measured = {
      ...realTime,
      isShielded: isShielded(assembly),
      runs,
      oneSchool: await lookAtHome(looking, 1),
      twoSchools: await lookAtHome(looking, 2),
      readable: await readWithoutOrigin(looking),
      openings: await countOpenings(assembly, day),
      older: await openOlderRows(looking),
      notebooks: await measureNotebooks(looking),
    }
    const name = `Boards: ${day.people.length} people of one school, 15 publications in 15 minutes, visits of 3 minutes`
    return [{ name, figures: figuresOf(measured) }, ...weeks(times, countsOf(measured))]
  } finally {
    day.remove()
  }
}
