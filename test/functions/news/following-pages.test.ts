import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsPatterns } from '../../../functions/news/patterns.ts'
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
