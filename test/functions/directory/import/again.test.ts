import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { printOf } from '../../../../functions/directory/import/people/print.ts'
import { assertProperty } from '../../../support/property.ts'
import { delivery, source, uai } from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture, type Stored } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const personOf = async (key: string) =>
  (await fixture.everything()).get(`P#${personId(source, key)}|PERSON`) as PersonItem | undefined

describe('importFeed() of a feed imported before', () => {
  test('writes nothing', async () => {
    const first = await fixture.import(delivery(40))
    expect(first.written).toBeGreaterThan(250)
    const before = await fixture.everything()
    const again = await fixture.import(delivery(40))
    expect(again).toMatchObject({ written: 0, people: { added: 0, changed: 0, unchanged: 61, suspended: 0 } })
    expect(await fixture.everything()).toEqual(before)
  })

  test('with one pupil’s name changed writes that pupil and their guardian', async () => {
    await fixture.import(delivery(40))
    const before = await fixture.everything()
    const report = await fixture.import(delivery(40, key => (key === '107' ? { givenName: 'Zora' } : undefined)))
    expect(report.people).toEqual({ added: 0, changed: 2, unchanged: 59, suspended: 0 })
    const after = await fixture.everything()
    const concerned = [personId(source, '107'), personId(source, '503')]
    const touched = [...after].filter(([key, item]) => !isDeepStrictEqual(before.get(key), item))
    expect(touched.length).toBeGreaterThan(2)
    for (const [key] of touched) expect(concerned.some(id => key.includes(id))).toBe(true)
    expect(report.written).toBeLessThanOrEqual(14)
  })

  test('writes no more where an earlier release stored the whole fingerprints of rows', async () => {
    await fixture.import(delivery(40))
    const items = await fixture.everything()
    const whole = (text: string) => {
      const { pk: _, sk: __, print: ___, ...fields }: Partial<Stored> = items.get(text) ?? {}
      return printOf(fields)
    }
    const earlier = [...items].map(([key, item]): [string, typeof item] => {
      if (item.sk !== 'SOURCE') return [key, item]
      const rows = Object.keys(item.rows as object).map(text => [text, whole(text)] as const)
      for (const [text, print] of rows) expect(print).toMatch(new RegExp(`^${(item.rows as never)[text]}.{8}$`))
      return [key, { ...item, rows: Object.fromEntries(rows) }]
    })
    await fixture.restore(new Map(earlier))
    expect(await fixture.import(delivery(40))).toMatchObject({ written: 0 })
    const report = await fixture.import(delivery(40, key => (key === '107' ? { givenName: 'Zora' } : undefined)))
    expect(report.written).toBeLessThanOrEqual(14)
  })

  test('suspends who is absent, and takes them back', async () => {
    await fixture.import(delivery(40))
    const before = await personOf('139')
    const report = await fixture.import(delivery(39))
    expect(report.people).toEqual({ added: 0, changed: 1, unchanged: 59, suspended: 1 })
    const suspended = await personOf('139')
    expect(suspended).toMatchObject({ status: 'suspended', audiences: [], groups: [] })
    expect(suspended?.access).not.toBe(before?.access)
    expect(await fixture.import(delivery(39))).toMatchObject({ written: 0 })
    await fixture.import(delivery(40))
    expect(await personOf('139')).toEqual(before)
  })

  test('that would suspend more than a tenth of a school writes nothing of it until confirmed', async () => {
    await fixture.import(delivery(40))
    const before = await fixture.everything()
    const report = await fixture.import(delivery(30))
    expect(report).toMatchObject({ written: 0, held: [{ uai, losses: [{ what: 'people', had: 61, lost: 15 }] }] })
    expect(await fixture.everything()).toEqual(before)
    const confirmed = await fixture.import(delivery(30), { confirm: [uai] })
    expect(confirmed).toMatchObject({ held: [], people: { suspended: 15 } })
  })

  test('in a dry run reports the same and writes nothing', async () => {
    await fixture.import(delivery(40))
    const before = await fixture.everything()
    const changed = delivery(38, key => (key === '107' ? { ENTEleveClasses: '1$6e C' } : undefined))
    const { written, seconds: _, dryRun, ...dry } = await fixture.import(changed, { dryRun: true })
    expect({ written, dryRun }).toEqual({ written: 0, dryRun: true })
    expect(await fixture.everything()).toEqual(before)
    const { written: really, seconds: __, dryRun: ___, ...done } = await fixture.import(changed)
    expect(dry).toEqual(done)
    expect(really).toBeGreaterThan(0)
  })
})

describe('importFeed() interrupted and started again', () => {
  const old = delivery(24)
  // The old feed's last two pupils leave, some move, and two are new to the class.
  const next = delivery(22, key =>
    Number(key) % 5 === 0 ? { ENTEleveClasses: '1$6e B', givenName: 'Lou' } : undefined,
  )

  test('ends in the state of one never interrupted, wherever it stopped', async ({ signal }) => {
    await fixture.import(old)
    const path = await fixture.feed(next)
    await fixture.run(path)
    const whole = await fixture.everything()
    await assertProperty(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(14), fc.boolean()), { minLength: 1, maxLength: 3 }), async cuts => {
        signal.throwIfAborted()
        await fixture.empty()
        await fixture.import(old)
        for (const [last, after] of cuts) {
          const client = dying(fixture.database.endpoint, last + 1, after)
          await fixture.run(path, { client }).catch(error => expect(String(error)).toMatch(/power is cut/))
          client.destroy()
        }
        await fixture.run(path)
        expect(await fixture.everything()).toEqual(whole)
        expect(await fixture.run(path)).toMatchObject({ written: 0 })
      }),
      { short: 12, long: 150 },
    )
  })
})
