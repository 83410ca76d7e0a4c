import { day as daySeconds } from '../../../shared/kernel/dates.ts'
import { closureWeek } from '../week/counts.ts'
import { type Device, openDevice } from './device.ts'
import type { Exchange } from './network.ts'
import { audiencesOf, draftsOf } from './publications.ts'
import { uai } from './school.ts'
import { publisher, type SchoolDay } from './school-day.ts'
import { newFolder, openTerritory } from './territory.ts'

/** Files that one visit fetches at its beginning. */
export type Opening = { readonly boards: number; readonly texts: number }

/** How many people come back, and how many come for the first time. */
const visitors = 20
/** Milliseconds in which all is fetched that is fetched ahead. */
const opening = 5_000

const isText = ({ path }: Exchange) => path.includes('/news-')
const isFile = ({ path, method }: Exchange) =>
  method === 'GET' && path.startsWith('/boards/') && !path.startsWith('/boards/index.')

/**
 * What a visit fetches at its beginning: of people who were there a day before, since when a school's day of
 * publications has come, and of people whose device holds nothing.
 */
export const countOpenings = async (
  assembly: string,
  day: SchoolDay,
): Promise<{ readonly returning: Opening; readonly first: Opening; readonly publications: number }> => {
  const { folder, remove } = newFolder(day.folder)
  const territory = await openTerritory({ assembly, folder, start: day.start })
  try {
    const { simulation, followUps, url } = territory
    const visit = async (device: Device) => {
      device.show('home')
      await simulation.runUntil(simulation.now() + opening)
      device.leave()
      await simulation.runUntil(simulation.now() + 1_000)
    }
    const open = async (place: number) => {
      const person = day.people[place]
      if (!person) throw new Error('the school has too few people')
      const exchanges: Exchange[] = []
      const signed = await territory.signIn(person, new Date(simulation.now()))
      return { device: openDevice({ url, simulation, signed, note: one => exchanges.push(one) }), exchanges }
    }
    const step = Math.floor(day.people.length / (2 * visitors))
    const known = []
    for (let at = 0; at < visitors; at++) known.push(await open(2 * at * step))
    for (const { device } of known) {
      await visit(device)
      // All that the person had not read they read then.
      device.openAll()
      device.leave()
    }
    const publishAs = await publisher(territory, day.author)
    const { publications } = closureWeek
    const began = simulation.now()
    for (const [at, draft] of draftsOf(publications, uai, audiencesOf(day.everybody, uai), 6).entries()) {
      await simulation.runUntil(began + ((at + 1) * daySeconds * 1000) / publications)
      const { records } = await publishAs(draft)
      await followUps.toTheEnd('rendering', records)
    }
    const counted = async (of: readonly { readonly device: Device; readonly exchanges: Exchange[] }[]) => {
      let [boards, texts] = [0, 0]
      for (const { device, exchanges } of of) {
        exchanges.length = 0
        device.again()
        await visit(device)
        texts += exchanges.filter(one => isFile(one) && isText(one)).length
        boards += exchanges.filter(one => isFile(one) && !isText(one)).length
      }
      return { boards: boards / of.length, texts: texts / of.length }
    }
    const returning = await counted(known)
    const fresh = []
    for (let at = 0; at < visitors; at++) fresh.push(await open((2 * at + 1) * step))
    return { returning, first: await counted(fresh), publications }
  } finally {
    await territory.close()
    remove()
  }
}
