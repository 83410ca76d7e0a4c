import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertProperty } from '../../../support/property.ts'
import { timeoutMs } from '../../../support/timeout.ts'
import { type Fixture, openFixture, type Stored } from './fixture.ts'
import { type Access, accessIn } from './generated/access.ts'
import { deliveryOf } from './generated/feed.ts'
import { expectedRosters, fileDay, rostered, stored } from './generated/stored.ts'
import { firstWorld, happen, rollOver, schools, type World, whats } from './generated/world.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())

const confirm = Object.values(schools)

/** Two feeds of a school each know nothing of each other: what only one of them can tell does not happen. */
const whatsOfTwo = whats.filter(
  what => !['have the key of somebody who left', 'marry', 'correct a given name'].includes(what),
)

/** How a delivery comes. */
type Delivered = { readonly complete: boolean; readonly order: number; readonly twice: boolean }

const happeningOfTwo = fc.record({ what: fc.constantFrom(...whatsOfTwo), a: fc.nat(99), b: fc.nat(99) })
const yearOfTwo = fc.array(
  fc.record({
    happenings: fc.array(happeningOfTwo, { minLength: 1, maxLength: 6 }),
    complete: fc.boolean(),
    order: fc.nat(99),
    twice: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
)

/** The keys of people by their ids: their names end in it. */
const keysOf = (items: ReadonlyMap<string, Stored>): Map<string, string> =>
  new Map(
    [...items].flatMap(([key, item]) => {
      const [, id] = /^P#(\w+)\|PERSON$/.exec(key) ?? []
      const [named] = /\d+$/.exec(String(item.familyName)) ?? []
      return id && named ? [[id, named] as const] : []
    }),
  )

/** As stored() and rostered(), by keys. Each key is one active account. */
const byKeys = (items: ReadonlyMap<string, Stored>) => {
  const keys = keysOf(items)
  const named = (id: string) => keys.get(id) ?? id
  const active = [...stored(items)].map(([id, { audiences, children }]): [string, Access] => [
    named(id),
    { audiences, children: children.map(named).sort() },
  ])
  expect(new Set(active.map(([key]) => key)).size).toBe(active.length)
  const rosters = rostered(items).map(row => row.replace(/\w+$/, named))
  return { access: new Map(active), rosters: rosters.sort() }
}

describe('importFeed() over generated school years that two feeds deliver', () => {
  test('gives everybody one account with what the feeds of both schools give them, and nothing else', {
    timeout: timeoutMs(60),
  }, async () => {
    const property = fc.asyncProperty(fc.array(yearOfTwo, { minLength: 2, maxLength: 2 }), async years => {
      await fixture.empty()
      const world = firstWorld()
      let delivered: World | undefined
      const day = new Date(Date.UTC(2026, 8, 1, 6))
      const deliver = async ({ complete, order, twice }: Delivered) => {
        fixture.clock.now = new Date(day)
        const feeds = (order % 4 < 2 ? (['1', '2'] as const) : (['2', '1'] as const)).map(of =>
          deliveryOf(world, { day: fileDay(day), order, of, ...(delivered && !complete && { before: delivered }) }),
        )
        for (const files of feeds) await fixture.import(files, { confirm })
        if (twice)
          for (const files of feeds) expect(await fixture.import(files, { confirm })).toMatchObject({ written: 0 })
        const { access, rosters } = byKeys(await fixture.everything())
        expect(access).toEqual(accessIn(world))
        expect(rosters).toEqual(expectedRosters(world, key => key))
        for (const [key, { names }] of world.pupils) world.delivered.set(key, names)
        for (const [key, names] of world.guardians) world.delivered.set(key, names)
        delivered = structuredClone(world)
        day.setUTCDate(day.getUTCDate() + 1)
      }
      for (const steps of years) {
        await deliver({ complete: true, order: 0, twice: false })
        for (const { happenings, ...how } of steps) {
          for (const one of happenings) happen(world, one)
          await deliver(how)
        }
        rollOver(world)
        day.setUTCFullYear(day.getUTCFullYear() + 1, 8, 1)
      }
      await deliver({ complete: true, order: 1, twice: true })
    })
    await assertProperty(property, { short: 6, long: 500 })
  })
})
