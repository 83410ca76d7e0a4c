import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { assertProperty } from '../../../support/property.ts'
import { timeoutMs } from '../../../support/timeout.ts'
import { source } from './aaf-feed.ts'
import { type Fixture, openFixture, type Stored } from './fixture.ts'
import { type Access, accessIn } from './generated/access.ts'
import { deliveryOf } from './generated/feed.ts'
import { expectedRosters, fileDay, rostered, stored } from './generated/stored.ts'
import { firstWorld, type Happening, happen, rollOver, schools, type World, whats } from './generated/world.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())

/** What happens until a delivery, and how it is delivered. */
type Step = {
  readonly happenings: readonly Happening[]
  readonly complete: boolean
  readonly order: number
  readonly twice: boolean
}

const happening = fc.record({ what: fc.constantFrom(...whats), a: fc.nat(99), b: fc.nat(99) })
const step = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
  complete: fc.boolean(),
  order: fc.nat(99),
  twice: fc.boolean(),
})
/** A school year: its deliveries; then the summer. */
const year = fc.array(step, { minLength: 1, maxLength: 6 })

const confirm = Object.values(schools)

const idOf = (key: string) => personId(source, key)

const expected = (world: World): Map<string, Access> =>
  new Map(
    [...accessIn(world)].map(([key, { audiences, children }]) => [
      idOf(key),
      { audiences, children: children.map(idOf).sort() },
    ]),
  )

/** The audiences of classes that people have, by id. */
const classAudiences = (items: ReadonlyMap<string, Stored>): ReadonlySet<string> =>
  new Set(
    [...items].flatMap(([key, item]) =>
      key.endsWith('|PERSON')
        ? (item as unknown as PersonItem).audiences.flatMap(({ id, group }) => (group === undefined ? [] : id))
        : [],
    ),
  )

describe('importFeed() over generated school years', () => {
  test('gives everybody what the last deliveries give them, and nothing else', { timeout: timeoutMs(60) }, async () => {
    const property = fc.asyncProperty(fc.array(year, { minLength: 2, maxLength: 2 }), async years => {
      await fixture.empty()
      const world = firstWorld()
      let delivered: World | undefined
      const day = new Date(Date.UTC(2026, 8, 1, 6))
      let ofLastYear: ReadonlySet<string> = new Set()
      let ofYear = new Set<string>()
      const deliver = async ({ complete, order, twice }: Omit<Step, 'happenings'>) => {
        const files = deliveryOf(world, {
          day: fileDay(day),
          order,
          ...(delivered && !complete && { before: delivered }),
        })
        fixture.clock.now = new Date(day)
        await fixture.import(files, { confirm })
        if (twice) expect(await fixture.import(files, { confirm })).toMatchObject({ written: 0 })
        const items = await fixture.everything()
        expect(stored(items)).toEqual(expected(world))
        expect(rostered(items)).toEqual(expectedRosters(world, idOf))
        const ofClasses = classAudiences(items)
        // A class of a new year is another one, whatever it is called: nothing of the former one is read by it.
        expect(ofClasses.intersection(ofLastYear)).toEqual(new Set())
        ofYear = ofYear.union(ofClasses)
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
        ofLastYear = ofYear
        ofYear = new Set()
      }
      await deliver({ complete: true, order: 1, twice: true })
    })
    await assertProperty(property, { short: 12, long: 500 })
  })
})
