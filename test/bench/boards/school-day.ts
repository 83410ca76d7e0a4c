import { grantAccess } from '../../../functions/directory/access.ts'
import type { PersonItem } from '../../../functions/directory/audiences.ts'
import { grantAdministrator } from '../../../functions/directory/import/grants.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { hour } from '../../../shared/kernel/dates.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { openDevice } from './device.ts'
import { fillNotebooks } from './notebook-pieces.ts'
import { audiencesOf, type Draft, draftsOf } from './publications.ts'
import { importSchools, readPeople, uai } from './school.ts'
import { type BenchTerritory, newFolder, openTerritory } from './territory.ts'

/** Publications of the days before: what a device that starts empty finds. `seed`: of their texts and audiences. */
const published = { earlier: 40, seed: 1 }

/** A school on an ordinary morning: imported, with what was published in the days before. */
export type SchoolDay = {
  /** The folder of the territory's data, of which each run begins with a copy. */
  readonly folder: string
  readonly start: number
  /** What was published before: so many, of this seed. */
  readonly earlier: number
  readonly seed: number
  /** Who reads, in a fixed order: the school's people. */
  readonly people: readonly PersonItem[]
  /** Everybody in the territory. */
  readonly everybody: readonly PersonItem[]
  /** Who publishes. */
  readonly author: PersonItem
  readonly remove: () => void
}

/** Publishes as its author does, by the API. Gives the id, and the records that follow, which are not delivered yet. */
export const publisher = async (territory: BenchTerritory, author: PersonItem) => {
  const { url, simulation, followUps } = territory
  const signed = await territory.signIn(author, new Date(simulation.now()))
  const device = openDevice({ url, simulation, signed })
  return async (draft: Draft) => {
    // What was written before is not this publication's.
    await followUps.toTheEnd('what follows a write', await followUps.take())
    const reply = await device.call(newsContract.routes.publish, { body: draft }, { key: randomId() })
    if (!reply.ok) throw new Error(`a publication was refused: ${reply.problem.type}`)
    return { id: reply.value.id, records: await followUps.take() }
  }
}

/** Prepares the school, in a folder of which runs take copies. */
export const prepareSchoolDay = async (assembly: string): Promise<SchoolDay> => {
  const { folder, remove } = newFolder()
  // Near the machine's time: the SDK's signatures go by that, and the embedded table's TTL.
  const start = Date.now()
  const begin = start - published.earlier * hour * 1000
  const territory = await openTerritory({ assembly, folder, start: begin })
  try {
    const { simulation, followUps, client, table } = territory
    const now = () => new Date(simulation.now())
    await importSchools(territory, now)
    const teacher = (await readPeople(territory)).find(one =>
      one.roles.some(held => held.uai === uai && held.role === 'teacher'),
    )
    const granting = { table: openTable(table, grantAccess, now, client), now }
    const author = await grantAdministrator(granting, { school: uai, person: teacher?.id ?? '' })
    const everybody = await readPeople(territory)
    const people = everybody.filter(one => one.id !== author.id && one.roles.some(held => held.uai === uai))
    await followUps.toTheEnd('what follows a write', await followUps.take())
    const publishAs = await publisher(territory, author)
    for (const [at, draft] of draftsOf(published.earlier, uai, audiencesOf(everybody, uai), published.seed).entries()) {
      await simulation.runUntil(begin + at * hour * 1000)
      await followUps.runClock()
      const { records } = await publishAs(draft)
      await followUps.toTheEnd('rendering', records)
    }
    await simulation.runUntil(start)
    await fillNotebooks(territory, everybody, uai)
    await followUps.runClock()
    return { folder, start, ...published, people, everybody, author, remove }
  } catch (error) {
    remove()
    throw error
  } finally {
    await territory.close()
  }
}
