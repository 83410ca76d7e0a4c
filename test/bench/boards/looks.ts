import type { PersonItem } from '../../../functions/directory/audiences.ts'
import { EdgeMe, edgeMePath, indexRoleOf } from '../../../shared/kernel/board.ts'
import { newsBoard } from '../../../shared/news/board.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { isKnown } from '../../../web/news/data/marks.ts'
import { askPath } from '../../../web/platform/boards/board-reply.ts'
import { type Device, openDevice } from './device.ts'
import type { Exchange } from './network.ts'
import { audiencesOf, draftsOf } from './publications.ts'
import { uai } from './school.ts'
import { publisher, type SchoolDay } from './school-day.ts'
import { type BenchTerritory, newFolder, openTerritory } from './territory.ts'

type Looking = { readonly assembly: string; readonly day: SchoolDay }

/** Looks at a copy of the school's day. */
export const opened = async <Value>(
  { assembly, day }: Looking,
  look: (territory: BenchTerritory) => Promise<Value>,
) => {
  const { folder, remove } = newFolder(day.folder)
  const territory = await openTerritory({ assembly, folder, start: day.start })
  try {
    return await look(territory)
  } finally {
    await territory.close()
    remove()
  }
}

/** Opens a device of somebody who signed in just now, and notes what it asks for. */
const deviceOf = async (territory: BenchTerritory, person: PersonItem) => {
  const { url, simulation } = territory
  const exchanges: Exchange[] = []
  const signed = await territory.signIn(person, new Date(simulation.now()))
  return { device: openDevice({ url, simulation, signed, note: one => exchanges.push(one) }), exchanges }
}

const someone = (people: readonly PersonItem[], role: string, schools: number): PersonItem => {
  const found = people.find(
    ({ roles }) => roles.some(held => held.role === role) && new Set(roles.map(held => held.uai)).size === schools,
  )
  if (!found) throw new Error(`nobody is a ${role} of ${schools} schools`)
  return found
}

/** Requests to the edge in 30 s of looking at Home, on a device that holds what is published. */
export const lookAtHome = (looking: Looking, schools: 1 | 2): Promise<number> =>
  opened(looking, async territory => {
    const { simulation } = territory
    const { device, exchanges } = await deviceOf(territory, someone(looking.day.everybody, 'guardian', schools))
    device.show('home')
    await simulation.runUntil(simulation.now() + 60_000)
    device.leave()
    // Within the token's 15 minutes, so that it is not renewed.
    await simulation.runUntil(simulation.now() + 60_000)
    exchanges.length = 0
    device.again()
    const from = simulation.now()
    device.show('home')
    // What is asked at the 30th second itself belongs to the next half minute.
    await simulation.runUntil(from + 30_000 - 1)
    return exchanges.length
  })

/** How many texts there are for some readers, and how many of them a device with nothing but its cookie can show. */
export type Readable = { readonly readable: number; readonly texts: number; readonly readers: number }

/** How many people open a device that holds nothing but a cookie: every so many-th of the school. */
const cookiesOnly = 12

/** The API and the table are stopped; then people open devices that hold nothing but their session's cookie. */
export const readWithoutOrigin = (looking: Looking): Promise<Readable> =>
  opened(looking, async territory => {
    const { day } = looking
    const { simulation } = territory
    const step = Math.floor(day.people.length / cookiesOnly)
    const readers = day.people.filter((_, at) => at % step === 0)
    const devices = await Promise.all(readers.map(person => deviceOf(territory, person)))
    const published = draftsOf(day.earlier, uai, audiencesOf(day.everybody, uai), day.seed)
    territory.disturbApi('down')
    await territory.stopTable()
    await simulation.runUntil(simulation.now() + 3_600_000)
    let [readable, texts] = [0, 0]
    for (const [place, { device }] of devices.entries()) {
      const edge = await askPath(device.network, edgeMePath)
      const me = edge.ok ? EdgeMe.parse(edge.value.content) : undefined
      if (!me) throw new Error('the edge does not say who one is')
      device.store.want(newsBoard)
      device.store.open({
        indexes: me.schools.flatMap(({ uai: of, roles }) => roles.map(role => ({ uai: of, role: indexRoleOf(role) }))),
        audiences: me.schools.flatMap(({ uai: of, audiences }) => audiences.map(id => ({ id, uai: of }))),
      })
      await device.store.refresh()
      await device.fetchAhead()
      const held = new Set(readers[place]?.audiences.map(({ id }) => id))
      texts += published.filter(({ audiences }) => audiences.some(id => held.has(id))).length
      readable += device.newest('rows').filter(device.textOf).length
    }
    return { readable, texts, readers: readers.length }
  })

/** Invocations for a page of older rows of one audience, which so many people open one after the other. */
export type OlderRows = {
  readonly pages: number
  readonly readers: number
  readonly invocations: number
  readonly rows: number
}

/** A class's guardians get more news than a board holds; then each of them opens the page behind it. */
export const openOlderRows = (looking: Looking): Promise<OlderRows> =>
  opened(looking, async territory => {
    const { day } = looking
    const { simulation, followUps, tallies } = territory
    const of = day.people.flatMap(({ audiences }) => audiences).find(({ kind }) => kind === 'class-guardians')?.id ?? ''
    const readers = day.people.filter(
      ({ roles, audiences }) => roles.some(({ role }) => role === 'guardian') && audiences.some(({ id }) => id === of),
    )
    const publishAs = await publisher(territory, day.author)
    for (const draft of draftsOf(30, uai, () => [of], 4)) {
      const { records } = await publishAs(draft)
      await followUps.toTheEnd('rendering', records)
    }
    tallies.reset()
    let [rows, asked] = [0, 0]
    for (const person of readers) {
      const { device } = await deviceOf(territory, person)
      device.show('news')
      await simulation.runUntil(simulation.now() + 2_000)
      const before = tallies.of('private read').invocations
      rows += await readOlder(device, of)
      asked += tallies.of('private read').invocations - before
      device.leave()
    }
    return { pages: 1, readers: readers.length, invocations: tallies.of('reader').invocations + asked, rows }
  })

/** Reads the page behind a board, and the marks of its rows where the state does not tell them, as the list of news does. */
const readOlder = async ({ store, call, reader, marks }: Device, audience: string): Promise<number> => {
  const at = reader.audiences.find(({ id }) => id === audience)
  const status = at && store.status(newsBoard, at)
  if (status?.state !== 'shown') throw new Error('a reader of older rows has no board')
  const { next } = store.content(newsBoard, status.path) as { readonly next?: string }
  if (next === undefined) throw new Error('there are no older rows')
  const list = status.path.slice(status.path.lastIndexOf('.') + 1)
  const page = await call(newsContract.routes.list, { params: { audience }, query: { list, cursor: next } })
  if (!page.ok) throw new Error(`older rows were refused: ${page.problem.type}`)
  const known = marks()
  const unknown = page.value.items.filter(({ id }) => known && !isKnown({ id, audiences: [audience] }, known))
  if (unknown.length > 0)
    await call(newsContract.routes.marked, { query: { news: unknown.map(({ id }) => id).join(',') } })
  return page.value.items.length
}
