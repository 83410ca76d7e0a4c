import type { PersonItem } from '../../../functions/directory/audiences.ts'
import { homeContract } from '../../../shared/home/contract.ts'
import { boardsPrefix } from '../../../shared/kernel/board.ts'
import { day as daySeconds } from '../../../shared/kernel/dates.ts'
import { dayIn } from '../../../shared/kernel/territory-day.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { type Device, openDevice } from './device.ts'
import { opened } from './looks.ts'
import type { Exchange } from './network.ts'
import { pieceOf, piecesAWeek, setter, taughtClasses } from './notebook-pieces.ts'
import { isIndex } from './run.ts'
import { uai } from './school.ts'
import type { SchoolDay } from './school-day.ts'

/** Files of the notebook that one visit fetches, when it opens the notebook. */
type Opening = { readonly boards: number; readonly texts: number }

/** What the notebook adds, counted of one piece, one opening, one request. */
export type Notebooks = {
  readonly returning: Opening
  readonly first: Opening
  /** Classes of the school for which work was set, and pieces of each in a day. */
  readonly classes: number
  readonly fileBytes: number
  readonly readUnits: number
  readonly readBytes: number
  readonly pieces: { readonly puts: number; readonly renderings: number } & Units
  readonly ticks: { readonly followUps: number } & Units
}
type Units = { readonly readUnits: number; readonly writeUnits: number }

const visitors = 20
/** Milliseconds in which all is fetched that is fetched ahead. */
const opening = 5_000
/** Classes for which a day of work is set one piece after the other: of the others it costs the same. */
const classesCounted = 6
const piecesADay = piecesAWeek / 5
/** Tasks that a pupil ticks in a visit, one request each, delivered together. */
const ticksAVisit = 2

const isFile = ({ path, method }: Exchange) =>
  method === 'GET' && path.startsWith(boardsPrefix) && !isIndex(path) && path.includes('/work')
const isText = ({ path }: Exchange) => path.includes('/work-text')
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

type Visitor = { readonly device: Device; readonly exchanges: Exchange[] }

/**
 * What the notebook of classes adds to the week, each part alone: a day of work for some classes; visits that open their
 * notebook, of people who saw it the day before and of devices that hold nothing; what is asked for beside; ticks.
 */
export const measureNotebooks = (looking: { readonly assembly: string; readonly day: SchoolDay }): Promise<Notebooks> =>
  opened(looking, async territory => {
    const { day } = looking
    const { simulation, followUps, tallies, url } = territory
    const all = taughtClasses(day.everybody, uai)
    const counted = all.slice(0, classesCounted)
    const groups = new Set(counted.map(({ group }) => group))
    const readers = day.people.filter(
      ({ roles, audiences }) =>
        roles.some(({ role }) => role === 'pupil' || role === 'guardian') &&
        audiences.some(({ group }) => group !== undefined && groups.has(group)),
    )
    const open = async (person: PersonItem): Promise<Visitor> => {
      const exchanges: Exchange[] = []
      const signed = await territory.signIn(person, new Date(simulation.now()))
      return { device: openDevice({ url, simulation, signed, note: one => exchanges.push(one) }), exchanges }
    }
    const visit = async ({ device }: Visitor) => {
      device.show('home')
      await simulation.runUntil(simulation.now() + opening)
      device.showNotebook()
      await simulation.runUntil(simulation.now() + opening)
      device.leave()
      await simulation.runUntil(simulation.now() + 1_000)
    }
    const step = Math.max(1, Math.floor(readers.length / (2 * visitors)))
    const visitor = (at: number) => {
      const person = readers[at * step]
      if (!person) throw new Error('the classes have too few people')
      return open(person)
    }
    const known: Visitor[] = []
    for (let at = 0; at < visitors; at++) known.push(await visitor(2 * at))
    for (const one of known) await visit(one)

    const began = simulation.now()
    const tomorrow = dayAfter(dayIn(new Date(began), undefined), 1)
    await followUps.toTheEnd('what follows a write', await followUps.take())
    const set = await Promise.all(counted.map(async one => ({ ...one, set: await setter(territory, one.teacher) })))
    const pieces = set.length * piecesADay
    tallies.reset()
    const putsBefore = followUps.puts.length
    for (let at = 0; at < pieces; at++) {
      const one = set[at % set.length]
      if (!one) continue
      await simulation.runUntil(began + ((at + 1) * daySeconds * 1000) / pieces)
      const place = 2 * piecesAWeek + Math.floor(at / set.length)
      await followUps.toTheEnd('rendering', await one.set(pieceOf(uai, one.group, place, tomorrow, 7)))
    }
    const [setting, rendering] = [{ ...tallies.of('publishing') }, { ...tallies.of('rendering') }]
    const puts = followUps.puts.length - putsBefore

    const exchanges: Exchange[] = []
    const openings = async (of: readonly Visitor[]): Promise<Opening> => {
      let [boards, texts] = [0, 0]
      for (const one of of) {
        one.exchanges.length = 0
        one.device.again()
        await visit(one)
        const files = one.exchanges.filter(isFile)
        texts += files.filter(isText).length
        boards += files.filter(file => !isText(file)).length
        exchanges.push(...one.exchanges)
      }
      return { boards: boards / of.length, texts: texts / of.length }
    }
    const returning = await openings(known)
    const fresh: Visitor[] = []
    for (let at = 0; at < visitors; at++) fresh.push(await visitor(2 * at + 1))
    tallies.reset()
    const first = await openings(fresh)
    const reads = { ...tallies.of('private read') }

    const pupils = [...known, ...fresh].filter(({ device }) => device.notebook.isPupil)
    await followUps.toTheEnd('clock', await followUps.take())
    tallies.reset()
    for (const { device } of pupils) {
      for (const { id } of device.notebook
        .pieces()
        .filter(({ kind }) => kind === 'task')
        .slice(0, ticksAVisit)) {
        const reply = await device.notebook.tick(id)
        if (!reply.ok) throw new Error(`a tick was refused: ${reply.problem.type}`)
      }
      await followUps.toTheEnd('what follows a write', await followUps.take())
    }
    const [write, follows] = [tallies.of('write'), tallies.of('what follows a write')]
    return {
      returning,
      first,
      classes: all.length,
      fileBytes: mean(exchanges.filter(isFile).map(({ bytes }) => bytes)),
      readUnits: reads.readUnits / reads.invocations,
      readBytes: mean(
        exchanges.filter(({ path }) => path.startsWith(homeContract.routes.state.path)).map(({ bytes }) => bytes),
      ),
      pieces: {
        puts: puts / pieces,
        renderings: rendering.invocations / pieces,
        readUnits: (setting.readUnits + rendering.readUnits) / pieces,
        writeUnits: (setting.writeUnits + rendering.writeUnits) / pieces,
      },
      ticks: {
        followUps: follows.invocations / write.invocations,
        readUnits: (write.readUnits + follows.readUnits) / write.invocations,
        writeUnits: (write.writeUnits + follows.writeUnits) / write.invocations,
      },
    }
  })
