import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dueShards, minuteOf } from '../../../functions/platform/due.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

/** The instants at which something is due with a news item. */
const duesOf = async (news: string, ...minutes: string[]) => {
  const shards = minutes.flatMap(minute => dueShards.map(shard => ({ minute, shard })))
  const items = await Promise.all(
    shards.map(one => t.platform.table.all(platformPatterns.dueIn, one, { consistent: true })),
  )
  return items
    .flat()
    .filter(({ subject }) => subject === news)
    .map(({ at }) => at)
    .sort()
}

describe('what is due with a news item', () => {
  const [eight, nine, ten] = [
    '2026-03-17T08:00:00.000Z',
    '2026-03-17T09:00:00.000Z',
    '2026-03-17T10:00:00.000Z',
  ] as const
  const look = (news: string) => duesOf(news, ...[eight, nine, ten].map(minuteOf))

  it('is its publication and its end, moved with them, and nothing once it is taken back', async () => {
    const news = await t.publish('marc', { publishAt: eight, until: nine })
    expect(await look(news)).toEqual([eight, nine])
    const body = { ...draftOf({ publishAt: nine, until: ten }), version: 1 }
    await accepted(t.ask('edit', 'marc', { params: { news }, body }))
    expect(await look(news)).toEqual([nine, ten])
    await accepted(t.ask('withdraw', 'marc', { params: { news } }))
    expect(await look(news)).toEqual([])
  })

  it('is its end alone for what is published at once, and nothing where there is none', async () => {
    expect(await look(await t.publish('marc', { until: ten }))).toEqual([ten])
    expect(await look(await t.publish('marc'))).toEqual([])
  })

  it('is decided with it: a refused change leaves it as it was', async () => {
    const news = await t.publish('marc', { publishAt: eight })
    const body = { ...draftOf({ publishAt: ten }), version: 7 }
    expect((await t.ask('edit', 'marc', { params: { news }, body })).status).toBe(409)
    expect(await look(news)).toEqual([eight])
  })
})

describe('list()', () => {
  it('is not emptied by what is scheduled, nor by what has ended and still has its rows', async () => {
    const of = audience('teachers', college)
    const start = t.clock.now
    const old = await t.publish('marc', { audiences: [of] })
    t.clock.now = new Date(start.getTime() + 60_000)
    for (let count = 0; count < 21; count++) {
      await t.publish('marc', { audiences: [of], pinned: true, publishAt: '2026-03-20T08:00:00.000Z' })
      await t.publish('marc', { audiences: [of], pinned: true, until: '2026-03-16T07:02:00.000Z' })
    }
    t.clock.now = new Date('2026-03-16T07:02:00.000Z')
    expect(await t.feedOf(of)).toContain(old)
    t.clock.now = start
  })
})
