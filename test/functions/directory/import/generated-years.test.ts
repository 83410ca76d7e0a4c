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
import { firstWorld, type Happening, happen, rollOver, schools, type World, waits, whats } from './generated/world.ts'

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

const described = ({ kind, uai, label, group }: PersonItem['audiences'][number]): string =>
  [kind, uai, ...(group === undefined ? [] : [label])].join(' ')

/** What people may read by what is stored, by id. */
const stored = (items: ReadonlyMap<string, Stored>): Map<string, Access> => {
  const people = [...items].flatMap(([key, item]) => {
    const [, id] = /^P#(\w+)\|PERSON$/.exec(key) ?? []
    if (id === undefined) return []
    const { status, audiences, children } = item as unknown as PersonItem
    expect(status === 'active').toBe(audiences.length > 0)
    if (status !== 'active') return []
    return [[id, { audiences: audiences.map(described).sort(), children: children.map(one => one.id).sort() }] as const]
  })
  return new Map(people)
}

/** Who is in the rows of each class, by role, as `role class: person`. */
const rostered = (stored: ReadonlyMap<string, Stored>): string[] => {
  const items = [...stored.values()]
  const names = new Map(items.filter(item => item.sk === 'GROUP').map(item => [item.pk, `${item.uai} ${item.name}`]))
  return items
    .flatMap(({ pk, sk, person }) => {
      const [, role] = /^M#(pupil|teacher|guardian)#/.exec(sk) ?? []
      return role && pk.startsWith('G#') ? [`${role} ${names.get(pk)}: ${person}`] : []
    })
    .sort()
}

const idOf = (key: string) => personId(source, key)

const expected = (world: World): Map<string, Access> =>
  new Map(
    [...accessIn(world)].map(([key, { audiences, children }]) => [
      idOf(key),
      { audiences, children: children.map(idOf).sort() },
    ]),
  )

const expectedRosters = (world: World, idOf: (key: string) => string): string[] => {
  const rows = [...accessIn(world)].flatMap(([key, { audiences }]) =>
    audiences.flatMap(audience => {
      const [kind, uai, ...name] = audience.split(' ')
      if (kind !== 'class' && kind !== 'class-guardians') return []
      const inClass = `${uai} ${name.join(' ')}`
      const teaches = world.teachers
        .get(key)
        ?.posts.some(post => schools[post.school] === uai && post.classes.includes(name.join(' ')))
      if (teaches && kind === 'class') return [`teacher ${inClass}: ${idOf(key)}`]
      if (kind === 'class') return [`pupil ${inClass}: ${idOf(key)}`]
      return []
    }),
  )
  const guardians = [...world.pupils].flatMap(([key, pupil]) => {
    const { school, classes, links } = pupil
    if (waits(key, pupil)) return []
    return links.flatMap(({ guardian, legal }) =>
      legal === '1' && world.guardians.has(guardian)
        ? classes.map(name => `guardian ${schools[school]} ${name}: ${idOf(guardian)}`)
        : [],
    )
  })
  return [...new Set([...rows, ...guardians])].sort()
}

/** The audiences of classes that people have, by id. */
const classAudiences = (items: ReadonlyMap<string, Stored>): ReadonlySet<string> =>
  new Set(
    [...items].flatMap(([key, item]) =>
      key.endsWith('|PERSON')
        ? (item as unknown as PersonItem).audiences.flatMap(({ id, group }) => (group === undefined ? [] : id))
        : [],
    ),
  )

const fileDay = (day: Date): string => day.toISOString().slice(0, 10).replaceAll('-', '')

/** Two feeds of a school each know nothing of each other: what only one of them can tell does not happen. */
const whatsOfTwo = whats.filter(
  what => !['have the key of somebody who left', 'marry', 'correct a given name'].includes(what),
)

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

  test('gives everybody one account with what the feeds of both schools give them, and nothing else', {
    timeout: timeoutMs(60),
  }, async () => {
    const property = fc.asyncProperty(fc.array(yearOfTwo, { minLength: 2, maxLength: 2 }), async years => {
      await fixture.empty()
      const world = firstWorld()
      let delivered: World | undefined
      const day = new Date(Date.UTC(2026, 8, 1, 6))
      const deliver = async ({ complete, order, twice }: Omit<Step, 'happenings'>) => {
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
