import { afterAll, beforeAll, expect, it } from 'vitest'
import { searchSchool } from '../../../functions/directory/search.ts'
import { accepted } from '../../support/accepted.ts'
import { college } from '../../support/school.ts'
import { type OpenSchool, openSchool } from './open-school.ts'

let s: OpenSchool
beforeAll(async () => {
  s = await openSchool()
})
afterAll(() => s.close())

const page = async (search: string, limit: number, cursor?: string) => {
  const found = await searchSchool(s.platform.table, { uai: college, search, role: undefined, cursor, limit })
  if (!found.ok) throw new Error(`the search was refused: ${found.problem.type}`)
  return found.value
}

it.each(['mar', 'm', 'parents 6e A', 'familles', 'parents martin', 'mère de Léa', 'élèves', 'profs'])(
  'a page of what is found for %j is full or the last, and all pages are the whole',
  async search => {
    const whole = (await page(search, 100)).items.map(({ person }) => person)
    expect(whole.length).toBeGreaterThan(0)
    for (const limit of [1, 2, 3]) {
      const found: string[] = []
      for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
        const { items, next } = await page(search, limit, cursor)
        if (next !== undefined) expect(items.length).toBeGreaterThanOrEqual(limit)
        found.push(...items.map(({ person }) => person))
        cursor = next
      }
      expect(found).toEqual(whole)
    }
  },
)

it('refuses the cursor of another list', async () => {
  const { next } = await page('familles', 1)
  const search = 'parents martin'
  const reply = await s.ask('people', 'nadia', { params: { uai: college }, query: { search, cursor: next ?? '' } })
  expect(reply.status).toBe(400)
  await accepted(s.ask('people', 'nadia', { params: { uai: college }, query: { search } }))
})
