import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cachePolicy, reply, startTestEdge } from '../../lib/local/edge/fixture.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const of = audience('school', college)
const path = `/api/audiences/${of}/news`
const states = ['0000000000000', '1111111111111']

/** The local edge in front of the news function, with the cache key of shared reads. */
const atEdge = async () => {
  let fails = false
  const edge = await startTestEdge({
    cachePolicies: {
      shared: cachePolicy([0, 0, 90_000], {
        QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['cursor', 'list'] },
      }),
    },
    // As the distribution has them (lib/platform/edge.ts).
    distribution: { CustomErrorResponses: [{ ErrorCode: 404, ErrorCachingMinTTL: 0 }] },
    answer: async ({ url }) => {
      if (fails) return reply('', {}, 503)
      const { pathname, searchParams } = new URL(url, 'http://edge.example')
      const news = pathname.slice(path.length + 1)
      const answer = news
        ? await t.ask('read', undefined, { params: { audience: of, news } })
        : await t.ask('list', undefined, { params: { audience: of }, query: Object.fromEntries(searchParams) })
      return reply(answer.raw, answer.headers, answer.status)
    },
  })
  return {
    ...edge,
    fail: (how: boolean) => {
      fails = how
    },
  }
}

describe('read, behind the edge', () => {
  it('gives a withdrawn item for less than 60 s, and not again when the API fails', async () => {
    const { get, wait, fail } = await atEdge()
    const news = await t.publish('marc')
    const article = `${path}/${news}`
    expect((await get(article)).status).toBe(200)
    await accepted(t.ask('withdraw', 'marc', { params: { news } }))
    wait(54)
    expect((await get(article)).status).toBe(200)
    wait(5)
    expect((await get(article)).status).toBe(404)
    fail(true)
    for (const seconds of [1, 10, 3_600]) {
      wait(seconds)
      expect((await get(article)).status).toBeGreaterThanOrEqual(404)
    }
  })

  it('gives what it has for a day when the API fails', async () => {
    const { get, wait, fail } = await atEdge()
    const news = await t.publish('marc')
    await get(`${path}/${news}`)
    fail(true)
    wait(86_000)
    expect((await get(`${path}/${news}`)).text).toContain(news)
    wait(1_000)
    expect((await get(`${path}/${news}`)).status).toBe(503)
  })
})

describe('list, behind the edge', () => {
  it('is asked once for each state of its board, so that no page is older than its list', async () => {
    const { get, asked } = await atEdge()
    const first = await t.publish('marc', { title: 'Avant' })
    expect((await get(`${path}?list=${states[0]}`)).text).toContain(first)
    const second = await t.publish('marc', { title: 'Après' })
    expect((await get(`${path}?list=${states[0]}`)).text).not.toContain(second)
    expect((await get(`${path}?list=${states[1]}`)).text).toContain(second)
    expect(asked).toHaveLength(2)
  })

  it('lists a withdrawn item for less than 60 s under the same state', async () => {
    const { get, wait } = await atEdge()
    const news = await t.publish('marc', { title: 'Par erreur' })
    const page = `${path}?list=${states[0]}`
    expect((await get(page)).text).toContain(news)
    await accepted(t.ask('withdraw', 'marc', { params: { news } }))
    await t.stream.deliverAll()
    wait(59)
    expect((await get(page)).text).not.toContain(news)
  })
})
