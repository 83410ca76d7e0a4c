import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../../functions/directory/audiences.ts'
import { newsHandler } from '../../../../functions/news/handler.ts'
import { entryOf } from '../../../../functions/news/marks/entry.ts'
import { addMarks } from '../../../../functions/news/marks/items.ts'
import { type Access, requestAccess } from '../../../../functions/platform/access.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { timeId } from '../../../../shared/kernel/ids.ts'
import { newsContract } from '../../../../shared/news/contract.ts'
import { accepted } from '../../../support/accepted.ts'
import { type CallOptions, call } from '../../../support/call.ts'
import { localClient } from '../../../support/dynamodb.ts'
import { openItems } from '../../../support/items.ts'
import { type Meter, openMeter } from '../../../support/meter.ts'
import { audience, college, ecole, groups } from '../../../support/school.ts'
import { openStream, type Stream } from '../../delivery/stream.ts'
import { openTerritory, type Territory } from '../territory.ts'

let t: Territory
let meter: Meter
let handler: unknown
let stream: Stream
beforeAll(async () => {
  t = await openTerritory()
  meter = await openMeter(t.database.endpoint)
  const client = localClient(meter.endpoint)
  const tables = {
    table: openTable<Access>(t.database.table, {}, t.platform.now, client),
    requests: openTable(t.database.table, requestAccess, t.platform.now, client),
  }
  handler = newsHandler({ ...t.platform, ...tables })
  stream = await openStream(t.database, { ...t.platform, ...tables })
})
afterAll(async () => {
  await meter.close()
  await t.close()
})

const ask = (name: 'state' | 'seen', who: string, options: CallOptions = {}) =>
  accepted(call(handler, t.platform, newsContract.routes[name], { ...options, as: t.callers[who] }))
const guardiansOf = (group: string) => audience('class-guardians', group)
const [sixA, sixB, cm1] = [guardiansOf(groups.sixA.id), guardiansOf(groups.sixB.id), guardiansOf(groups.cm1.id)]

/** What one visit costs, with what the stream makes of it in one batch. */
const visit = async (who: string, news: readonly string[]) => {
  await stream.fresh()
  meter.read()
  await ask('seen', who, { body: { news } })
  await stream.deliverAll()
  return meter.read()
}

describe('seen()', () => {
  it('costs at most 5 write units for one item, with what the stream does', async () => {
    const news = await t.publish('marc', { audiences: [audience('school', college), sixA] })
    // The fact, its count, and the marks of two audiences.
    expect(await visit('sophie', [news])).toMatchObject({ writeUnits: 4 })
    expect((await visit('sophie', [news])).writeUnits).toBeLessThanOrEqual(1)
  })

  it('costs at most 2.5 write units an item for a visit of 8 in one request', async () => {
    const news: string[] = []
    for (let count = 0; count < 8; count++) {
      t.clock.now = new Date(t.clock.now.getTime() + 60_000)
      news.push(await t.publish('marc', { audiences: count % 2 === 0 ? [audience('school', college)] : [sixA] }))
    }
    const { writeUnits, readUnits } = await visit('karim', news)
    expect(writeUnits / 8).toBeLessThanOrEqual(2.5)
    expect(readUnits / 8).toBeLessThanOrEqual(2.5)
  })
})

describe('state()', () => {
  it('is one Query and one GetItem of 1 read unit in all, compressed, for a guardian of two children in June', async () => {
    const of = [
      ...[sixA, sixB, cm1, audience('school', college), audience('guardians', college)],
      ...[audience('school', ecole), audience('guardians', ecole)],
    ]
    const items = openItems(t.database)
    const person = t.idOf('sophie')
    const sophie = await t.platform.table.get(directoryPatterns.person, { person })
    if (!sophie) throw new Error('Sophie is not in the directory')
    const more = { id: sixB, kind: 'class-guardians' as const, uai: college, label: '6e B', children: [] }
    await items.put(directoryPatterns.person, { person }, { ...sophie, audiences: [...sophie.audiences, more] })
    const from = Date.parse('2025-09-01T07:00:00.000Z')
    const days = (count: number) => new Date(from + count * 86_400_000)
    for (const audienceId of of) {
      // A publication every four days in each, all read; one of ten is a notice that is still open, and signed.
      const entries = Array.from({ length: 75 }, (_, at) => {
        const isOpen = at > 65 && at % 10 === 0
        return entryOf(timeId(days(4 * at)), isOpen ? { until: days(320).toISOString() } : undefined, {
          seen: true,
          ...(isOpen && { signedAt: days(4 * at + 1).toISOString() }),
        })
      })
      await addMarks(t.platform.table, person, new Map([[audienceId, entries]]), t.clock.now)
    }
    await ask('state', 'sophie')
    meter.read()
    const reply = await ask('state', 'sophie', { headers: { 'accept-encoding': 'gzip, deflate, br' } })
    expect(meter.read()).toMatchObject({ operations: { Query: 1, GetItem: 1 }, readUnits: 1, writeUnits: 0 })
    expect(reply.body.audiences).toHaveLength(7)
    for (const one of reply.body.audiences) expect([one.seen.length, one.acts.length]).toEqual([40, 1])
    expect(reply.headers['content-encoding']).toBe('gzip')
    expect(reply.sent).toBeLessThan(0.75 * reply.raw.length)
  })
})
