import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import type { NewsItem } from '../../../functions/news/patterns.ts'
import { allowedStates, allows, type PublicationChange } from '../../../functions/news/publishing/states.ts'
import { type Access, uses } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import type { Condition } from '../../../functions/platform/operation.ts'
import { check } from '../../../functions/platform/operation.ts'
import { one } from '../../../functions/platform/pattern.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { stateOf } from '../../../shared/news/rules.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { assertProperty } from '../../support/property.ts'

const Dated = z.object({
  publishedAt: z.string(),
  until: z.optional(z.string()),
  withdrawnAt: z.optional(z.string()),
})
const dated = one('N#{news}', 'NEWS', Dated, { hottest: 'none' })

let database: Database
let table: Table<Access>
beforeAll(async () => {
  database = await startDynamoDb()
  table = openTable<Access>(database.table, uses({}), () => new Date(), database.client)
})
afterAll(() => database.close())

describe('allows()', () => {
  it('lets a change through in exactly the states that allow it, by the condition of its write', async () => {
    const { put } = openItems(database)
    const instant = fc.integer({ min: 0, max: 6 }).map(hour => `2026-03-16T0${hour}:00:00.000Z`)
    const maybe = fc.option(instant, { nil: undefined })
    const dates = fc.record({ publishedAt: instant, until: maybe, withdrawnAt: maybe })
    await assertProperty(
      fc.asyncProperty(dates, instant, async (item, at) => {
        await put(dated, { news: 'x' }, item)
        const now = new Date(at)
        for (const change of Object.keys(allowedStates) as PublicationChange[]) {
          const when = allows(change, now) as Condition<NewsItem> as never
          const done = await table.transact([check('state', dated, { news: 'x' }, when)])
          const expected = (allowedStates[change] as readonly string[]).includes(stateOf(item, now))
          expect([change, stateOf(item, now), done.ok]).toEqual([change, stateOf(item, now), expected])
        }
      }),
    )
  })

  it('lets no change of an item through that is not there', async () => {
    for (const change of Object.keys(allowedStates) as PublicationChange[]) {
      const when = allows(change, new Date()) as never
      const done = await table.transact([check('state', dated, { news: 'missing' }, when)])
      expect(done.ok).toBe(false)
    }
  })
})
