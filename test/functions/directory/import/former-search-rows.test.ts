import { afterAll, beforeAll, expect, it } from 'vitest'
import { formerSearchRows } from '../../../../functions/directory/import/people/former-search-rows.ts'
import { printOf } from '../../../../functions/directory/import/people/print.ts'
import type { SourceItem } from '../../../../functions/directory/patterns.ts'
import { putAll } from '../../../support/dynamodb.ts'
import { delivery } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())

type Item = Record<string, unknown> & { readonly pk: string; readonly sk: string }

const fieldsOf = ({ pk: _, sk: __, print: ___, ...fields }: Item) => fields

/** Makes of the table what releases left that wrote a row by given name for each person of a school. */
const asBefore = async (): Promise<void> => {
  const all = (await fixture.everything()) as unknown as ReadonlyMap<string, Item>
  const written: Item[] = []
  for (const item of all.values()) {
    if (item.sk !== 'SOURCE') continue
    const { id, source: of, record, children, left, rows } = item as unknown as SourceItem
    const own = Object.keys(rows).flatMap(key => all.get(key) ?? [])
    const members = own.filter(({ pk, sk }) => pk.startsWith('S#') && sk.startsWith('M#'))
    const search = members.flatMap(one => {
      const { source: _, ...row } = fieldsOf(one)
      return formerSearchRows(one.pk.slice(2), row as never).map(({ key, fields }) => ({ ...key, ...fields }) as Item)
    })
    const prints = Object.fromEntries(
      [...own, ...search].map(one => [`${one.pk}|${one.sk}`, printOf(fieldsOf(one))] as const),
    )
    const print = printOf([{ id, source: of, record, children, ...(left && { left }) }, prints])
    const short = Object.fromEntries(Object.entries(prints).map(([key, one]) => [key, one.slice(0, 8)]))
    written.push(...search, { ...item, rows: short, print }, ...members.map(one => ({ ...one, print })))
  }
  await putAll(fixture.database, written)
}

const searchRows = async () => [...(await fixture.everything()).keys()].filter(key => key.includes('|F#'))

it('leaves rows of the search that releases before wrote until their person changes, then takes them away', async () => {
  await fixture.import(delivery(4))
  expect(await searchRows()).toEqual([])
  await asBefore()
  const before = await fixture.everything()
  expect((await searchRows()).length).toBeGreaterThan(5)
  const again = await fixture.import(delivery(4))
  expect(again.people).toMatchObject({ added: 0, changed: 0, suspended: 0 })
  expect(await fixture.everything()).toEqual(before)

  const files = delivery(4)
  const renamed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replace('Élève 103', 'Renommé 103')]),
  )
  const had = (await searchRows()).length
  expect((await fixture.import(renamed)).people.changed).toBeGreaterThan(0)
  const left = await searchRows()
  expect(left.length).toBeLessThan(had)
  expect(left.filter(key => key.includes('103'))).toEqual([])
})
