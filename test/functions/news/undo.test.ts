import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clocks } from '../../../functions/features.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { clockHandler } from '../../../functions/platform/clock.ts'
import type { Due } from '../../../functions/platform/due.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { publicationHold } from '../../../shared/news/draft.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { audience, college } from '../../support/school.ts'
import { openStream } from '../delivery/stream.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
/** What the stream's function has asked the clock to do before its next minute. */
const woken: Due[] = []
beforeAll(async () => {
  t = await openTerritory(new Date('2026-03-16T07:00:05.000Z'))
  t.stream = await openStream(t.database, { ...t.platform, wakeClock: async due => void woken.push(due) })
  await t.stream.fresh()
  await t.runClock()
})
afterAll(() => t.close())
beforeEach(() => void woken.splice(0))

const school = audience('school', college)
const later = (seconds: number) => new Date(t.clock.now.getTime() + seconds * 1_000)

const publishHeld = async (more = {}) => {
  const { body } = await accepted(t.ask('publish', 'marc', { body: { ...draftOf(more), held: true } }))
  await t.stream.deliverToTheEnd()
  return body
}
/** What the queue's message does, when it comes. */
const messageOf = async (due: Due | undefined) => {
  const handler = clockHandler(
    Object.values(clocks).flatMap(one => one ?? []),
    () => t.platform,
  )
  await handler({ Records: [{ body: JSON.stringify(due) }] }, { functionName: 'clock' } as never)
  await t.stream.deliverToTheEnd()
}
const undo = (news: string, key?: string) => t.ask('undo', 'marc', { params: { news }, ...(key && { key }) })
const listed = async () => ((await accepted(t.ask('mine', 'marc'))).body.items as { id: string }[]).map(({ id }) => id)

describe('a publication that is held', () => {
  it('is nowhere for its readers until the hold ends, and there with the message that wakes the clock', async () => {
    const news = await publishHeld()
    expect(news).toMatchObject({ state: 'scheduled', held: true, publishedAt: later(publicationHold).toISOString() })
    expect(await t.feedOf(school)).not.toContain(news.id)
    expect((await t.ask('read', undefined, { params: { audience: school, news: news.id } })).status).toBe(404)
    expect((await accepted(t.ask('seen', 'sophie', { body: { news: [news.id] } }))).body.seen).toEqual([])
    expect(woken).toEqual([{ kind: 'news', subject: news.id, at: news.publishedAt }])

    t.clock.now = later(publicationHold)
    await messageOf(woken[0])
    expect(await t.feedOf(school)).toContain(news.id)
    const { body } = await accepted(t.ask('edited', 'marc', { params: { news: news.id } }))
    expect(body).toMatchObject({ state: 'published', version: 1 })
    expect(body).not.toHaveProperty('held')
  })

  it('is published with the next minute where no message comes, and once where both come', async () => {
    const news = await publishHeld()
    await t.tick(later(70).toISOString())
    expect(await t.feedOf(school)).toContain(news.id)
    const before = await t.platform.table.get(newsPatterns.news, { news: news.id })
    await messageOf(woken[0])
    expect(await t.platform.table.get(newsPatterns.news, { news: news.id })).toEqual(before)
  })

  it('is not published by a message that comes too early', async () => {
    const news = await publishHeld()
    await messageOf(woken[0])
    expect((await accepted(t.ask('edited', 'marc', { params: { news: news.id } }))).body.state).toBe('scheduled')
    await t.tick(later(70).toISOString())
    expect(await t.feedOf(school)).toContain(news.id)
  })

  it('is as if never written once it is undone, also for a repeat', async () => {
    const news = await publishHeld({ until: later(3_600).toISOString() })
    const key = 'undone-undone-undone'
    expect((await undo(news.id, key)).status).toBe(204)
    expect((await undo(news.id, key)).status).toBe(204)
    await t.stream.deliverToTheEnd()
    expect(await listed()).not.toContain(news.id)
    const table = openTable(t.database.table, { query: [platformPatterns.dueIn] }, t.platform.now, t.database.client)
    const dues = []
    for (const minute of [news.publishedAt, news.until].map((at: string) => at.slice(0, 16)))
      for (const shard of ['0', '1', '2', '3'])
        dues.push(...(await table.all(platformPatterns.dueIn, { minute, shard })))
    expect(dues.filter(({ subject }) => subject === news.id)).toEqual([])
    t.clock.now = later(publicationHold)
    await messageOf(woken[0])
    await t.tick(later(70).toISOString())
    expect(await t.feedOf(school)).not.toContain(news.id)
    expect((await t.ask('edited', 'marc', { params: { news: news.id } })).status).toBe(404)
  })

  it('cannot be undone once the clock has published it, though a slow clock says it is held', async () => {
    const news = await publishHeld()
    const held = t.clock.now
    t.clock.now = later(publicationHold)
    await messageOf(woken[0])
    t.clock.now = held
    const reply = await call(newsHandler(t.platform), t.platform, newsContract.routes.undo, {
      params: { news: news.id },
      as: t.callers.marc,
    })
    expect(reply).toMatchObject({ status: 409, body: { type: expect.stringContaining('already-published') } })
    t.clock.now = later(publicationHold)
    expect((await undo(news.id)).status).toBe(409)
    expect(await t.feedOf(school)).toContain(news.id)
  })

  it('is held again when it is edited, and then can no longer be undone', async () => {
    const news = await publishHeld()
    t.clock.now = later(4)
    const { body } = await accepted(
      t.ask('edit', 'marc', { params: { news: news.id }, body: { ...draftOf(), version: 1, held: true } }),
    )
    expect(body).toMatchObject({ state: 'scheduled', held: true, publishedAt: later(publicationHold).toISOString() })
    expect((await undo(news.id)).status).toBe(409)
  })
})

describe('a publication that nobody asked to hold', () => {
  it('is published at once, and one for later can be undone until then', async () => {
    const news = await t.publish('marc')
    expect(await t.feedOf(school)).toContain(news)
    expect((await undo(news)).status).toBe(409)
    const scheduled = await t.publish('marc', { publishAt: later(3_600).toISOString() })
    expect((await undo(scheduled)).status).toBe(204)
    expect(await listed()).not.toContain(scheduled)
  })
})
