import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { college } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
const published: string[] = []
beforeAll(async () => {
  t = await openTerritory()
  for (let count = 0; count < 44; count++) {
    t.clock.now = new Date(t.clock.now.getTime() + 1_000)
    published.unshift((await accepted(t.ask('publish', 'marc', { body: draftOf() }))).body.id)
  }
})
afterAll(() => t.close())

const page = async (list: 'mine' | 'ofSchool', cursor?: string) => {
  const params = list === 'ofSchool' ? { params: { uai: college } } : {}
  const query = cursor === undefined ? {} : { query: { cursor } }
  return (await accepted(t.ask(list, 'marc', { ...params, ...query }))).body
}

describe.each(['mine', 'ofSchool'] as const)('the list %s', list => {
  it('has pages that are full or the last, also where news were erased', async () => {
    const items = openItems(t.database)
    const erased = published.filter((_, at) => at % 7 === 2)
    for (const news of erased) await items.remove(newsPatterns.news, { news })
    const pages: string[][] = []
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const { items: found, next } = await page(list, cursor)
      pages.push(found.map(({ id }: { id: string }) => id))
      cursor = next
    }
    for (const one of pages.slice(0, -1)) expect(one).toHaveLength(20)
    expect(pages.flat()).toEqual(published.filter(id => !erased.includes(id)))
  })

  it('tells on its first page the version of the caller’s access, and on no other', async () => {
    const first = await page(list)
    const { access } = (await accepted(t.ask('state', 'marc'))).body
    expect(first.access).toBe(access)
    expect((await page(list, first.next)).access).toBeUndefined()
  })
})

describe.each(['mine', 'ofSchool'] as const)('the list %s of what was published alone', list => {
  let own: Territory
  beforeAll(async () => {
    own = await openTerritory()
  })
  afterAll(() => own.close())

  const publish = async (more: object = {}): Promise<string> => {
    own.clock.now = new Date(own.clock.now.getTime() + 1_000)
    return (await accepted(own.ask('publish', 'marc', { body: draftOf(more) }))).body.id
  }
  const first = async (query: Record<string, string>): Promise<{ items: PublishedNews[]; next?: string }> => {
    const params = list === 'ofSchool' ? { params: { uai: college } } : {}
    return (await accepted(own.ask(list, 'marc', { ...params, query }))).body
  }

  it('shows an open notice behind any 20 that are scheduled or were taken back', async () => {
    const notice = await publish({ notice: 'guardian' })
    for (let count = 0; count < 20; count++) {
      const news = await publish()
      await accepted(own.ask('withdraw', 'marc', { params: { news } }))
    }
    const publishAt = new Date(own.clock.now.getTime() + 86_400_000).toISOString()
    for (let count = 0; count < 20; count++) await publish({ publishAt })
    const { items, next } = await first({ only: 'published' })
    expect(items.map(({ id }) => id)).toEqual([notice])
    expect(next).toBeUndefined()
    const states = (await first({})).items.map(({ state }) => state)
    expect(states).toEqual(Array.from({ length: 20 }, () => 'scheduled'))
    expect((await first({})).next).toBeDefined()
  })

  it('is full, and says that there are more, behind 21 that are newer', async () => {
    const newer: string[] = []
    for (let count = 0; count < 21; count++) newer.unshift(await publish())
    const { items, next } = await first({ only: 'published' })
    expect(items.map(({ id }) => id)).toEqual(newer.slice(0, 20))
    expect(next).toBeDefined()
  })

  it('looks no further than five reads, and says that there are more', async () => {
    const publishAt = new Date(own.clock.now.getTime() + 86_400_000).toISOString()
    for (let count = 0; count < 81; count++) await publish({ publishAt })
    const { items, next } = await first({ only: 'published' })
    expect(items).toEqual([])
    expect(next).toBeDefined()
  })
})
