import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeHandler } from '../../../functions/home/handler.ts'
import { entryOf } from '../../../functions/news/marks/entry.ts'
import { addMarks } from '../../../functions/news/marks/items.ts'
import { type Access, requestAccess } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { homeContract } from '../../../shared/home/contract.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import { inTurn } from '../../bench/screens/in-turn.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { localClient } from '../../support/dynamodb.ts'
import { type Meter, openMeter } from '../../support/meter.ts'
import { audience, college, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from '../work/territory.ts'

let t: Territory
let meter: Meter
let handler: unknown
let piece: string

/** School weeks for which a pupil's ticks are listed. */
const weeks = 9

beforeAll(async () => {
  t = await openTerritory(new Date('2026-11-23T18:00:00.000Z'))
  meter = await openMeter(t.database.endpoint)
  const client = localClient(meter.endpoint)
  handler = homeHandler({
    ...t.platform,
    table: openTable<Access>(t.database.table, {}, t.platform.now, client),
    requests: openTable(t.database.table, requestAccess, t.platform.now, client),
  })
  for (let week = 0; week < weeks; week++) {
    const day = new Date(Date.UTC(2026, 10, 24) - week * 7 * 86_400_000).toISOString().slice(0, 10)
    piece = (await t.setOne('anne', { to: [{ group: groups.sixA.id, day }] })).id
    const ticks = [{ piece, done: true, at: '2026-11-23T17:00:00.000Z' }]
    await accepted(t.ask('tick', 'lea', { body: { ticks } }))
  }
  const task = { params: { task: timeId(t.clock.now) }, body: { title: 'Rapporter le livre', day: '2026-11-25' } }
  await accepted(t.ask('keepTask', 'lea', task))
  await t.stream.deliverAll()
})
afterAll(async () => {
  await meter.close()
  await t.close()
})

const home = async (who: string) =>
  (await accepted(call(handler, t.platform, homeContract.routes.state, { as: t.callers[who] }))).body

describe('state()', () => {
  it('is one GetItem and one Query of 1 read unit together for a pupil, in the middle of the year', async () => {
    for (const each of [audience('class', groups.sixA.id), audience('school', college), audience('pupils', college)]) {
      const seen = Array.from({ length: 40 }, (_, at) => entryOf(timeId(new Date(at)), undefined, { seen: true }))
      await addMarks(t.platform.table, t.idOf('lea'), new Map([[each, seen]]), t.clock.now)
    }
    await home('lea')
    meter.read()
    const { access, news, work } = await home('lea')
    expect(meter.read()).toMatchObject({ operations: { GetItem: 1, Query: 1 }, readUnits: 1, writeUnits: 0 })
    expect(access).toBe(t.callers.lea?.access)
    expect(news.audiences.map(({ seen }: { seen: string[] }) => seen.length)).toEqual([40, 40, 40])
    expect(work.items).toMatchObject([{ pupil: t.idOf('lea'), tasks: [{ title: 'Rapporter le livre' }] }])
    expect(work.items[0].ticks).toHaveLength(weeks)
  })

  it('tells a guardian of the work of each of their children, and of nothing else that is kept of them', async () => {
    await home('karim')
    meter.read()
    const { news, work } = await home('karim')
    const children = work.items.map(({ pupil }: { pupil: string }) => pupil)
    expect(children).toContain(t.idOf('lea'))
    expect(children).not.toContain(t.idOf('tom'))
    expect(meter.read()).toMatchObject({ operations: { GetItem: 1, Query: 1 + children.length } })
    const ofLea = work.items.find(({ pupil }: { pupil: string }) => pupil === t.idOf('lea'))
    expect(ofLea.ticks).toContainEqual({ piece, done: true, at: '2026-11-23T17:00:00.000Z' })
    expect(Object.keys(ofLea).sort()).toEqual(['handIns', 'pupil', 'tasks', 'ticks'])
    // What Léa has seen of the school's news is hers.
    expect(news).toEqual({ audiences: [] })
  })

  it('reads those children beside the guardian whom the token names, and tells of none whom the directory does not', async () => {
    const karim = t.callers.karim
    if (!karim) throw new Error('nobody is called Karim here')
    const as = (children: readonly string[] | undefined) =>
      accepted(call(handler, t.platform, homeContract.routes.state, { as: { ...karim, children } }))
    const { body } = await as(undefined)
    const own = body.work.items.map(({ pupil }: { pupil: string }) => pupil)
    // One who was a child of theirs when the token was made, and is not any more, beside one who is.
    meter.read()
    meter.holdBack(200)
    expect((await as([t.idOf('tom'), own[0]])).body).toEqual(body)
    meter.holdBack(0)
    expect(inTurn(meter.spans())).toBe(own.length === 1 ? 1 : 2)
    meter.read()
    meter.holdBack(200)
    expect((await as(own)).body).toEqual(body)
    meter.holdBack(0)
    expect(inTurn(meter.spans())).toBe(1)
  })

  it('tells a teacher of no pupil', async () => {
    expect((await home('anne')).work).toEqual({ items: [] })
  })

  it('tells of no audience that one has ceased to belong to', async () => {
    const left = audience('class', groups.sixB.id)
    const seen = [entryOf(timeId(t.clock.now), undefined, { seen: true })]
    await addMarks(t.platform.table, t.idOf('lea'), new Map([[left, seen]]), t.clock.now)
    const { news } = await home('lea')
    expect(news.audiences.map((one: { audience: string }) => one.audience)).not.toContain(left)
  })
})
