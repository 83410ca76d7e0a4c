import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addressees,
  audienceAccess,
  pupilsConcerned,
  readAddressed,
  rostersOf,
} from '../../../../functions/directory/addressees.ts'
import {
  directoryPatterns,
  type RosterItem,
  rolesIn,
  type SizesItem,
} from '../../../../functions/directory/audiences.ts'
import { sizesOf } from '../../../../functions/directory/sizes.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { keyOf } from '../../../../functions/platform/pattern.ts'
import { schoolKinds } from '../../../../shared/kernel/audience.ts'
import { type Role, roles } from '../../../../shared/kernel/role.ts'
import { localClient } from '../../../support/dynamodb.ts'
import { openItems } from '../../../support/items.ts'
import { assertProperty } from '../../../support/property.ts'
import { aaf, delivery, guardian, modify, named, pupil, remove, teacher, uai } from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const stored = async (): Promise<Omit<SizesItem, 'members'> | undefined> => {
  const found = await openItems(fixture.database).get(directoryPatterns.sizes, { uai })
  if (!found) return undefined
  const { members, ...sizes } = found
  expect(members).toBeDefined()
  return sizes
}

/** What reading the rosters finds, audience by audience. */
const recounted = async () => {
  const table = openTable(fixture.database.table, audienceAccess, fixture.now, fixture.database.client)
  const sizes = schoolKinds.map(async kind => {
    const { people, pupils } = await readAddressed(table, { uai, audiences: [{ kind }] }, true)
    const guardians = people.filter(one => one.guardian).length
    const size = { people: people.length, guardians, pupils: people.filter(one => one.role === 'pupil').length }
    return [kind, { ...size, concerned: pupils.length }] as const
  })
  return { ...keyOf(directoryPatterns.sizes, { uai }), ...Object.fromEntries(await Promise.all(sizes)) }
}

describe('sizesOf()', () => {
  const people = fc.array(
    fc.record({
      roles: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 3 }),
      children: fc.uniqueArray(fc.nat(12), { maxLength: 3 }),
      suspended: fc.boolean(),
    }),
    { maxLength: 12 },
  )

  test('has another fingerprint for other people, roles, classes or children, and the same in any order', () => {
    const row = fc.record({
      person: fc.constantFrom('a', 'b', 'c'),
      role: fc.constantFrom(...roles),
      classes: fc.subarray(['6A', '6B', '6C']),
      pupils: fc.subarray(['x', 'y']),
    })
    const listed = fc.uniqueArray(row, { maxLength: 5, selector: one => `${one.person} ${one.role}` })
    const fingerprint = (rows: readonly { person: string; role: Role; classes: string[]; pupils: string[] }[]) =>
      sizesOf(
        rows.map(
          ({ classes, ...of }): RosterItem => ({
            ...of,
            givenName: '',
            familyName: '',
            classes: classes.map(id => ({ id, name: id, kind: 'class' as const })),
          }),
        ),
      ).members
    const textOf = (rows: readonly object[]) =>
      rows
        .map(one => JSON.stringify(one))
        .sort()
        .join()
    assertProperty(
      fc.property(listed, listed, (one, other) => {
        expect(fingerprint([...one].reverse())).toBe(fingerprint(one))
        expect(fingerprint(one) === fingerprint(other)).toBe(textOf(one) === textOf(other))
      }),
      { short: 500, long: 20_000 },
    )
  })

  test('counts each person once, as who reads the rosters finds them', () => {
    assertProperty(
      fc.property(people, found => {
        const rows = found.flatMap(({ roles: held, children, suspended }, at) =>
          held.map(
            (role): RosterItem => ({
              person: `p${at}`,
              givenName: '',
              familyName: '',
              role,
              classes: [],
              ...(role === 'guardian' && { pupils: children.map(child => `p${child}`) }),
              ...(suspended && { suspended }),
            }),
          ),
        )
        const of = (role: Role) => rows.filter(row => row.role === role)
        const sizes = sizesOf(rows)
        for (const kind of schoolKinds) {
          const addressed = addressees(rolesIn(kind).flatMap(of))
          const guardians = addressed.filter(one => one.guardian).length
          const pupils = addressed.filter(one => one.role === 'pupil').length
          const { concerned: rosters } = rostersOf(uai, [{ kind }])
          const concerned = pupilsConcerned(rosters, of('pupil')).length
          expect(sizes[kind]).toEqual({ people: addressed.length, guardians, pupils, concerned })
        }
      }),
      { short: 500, long: 20_000 },
    )
  })
})

describe('the sizes of a school', () => {
  test('are those of its rosters after every import, complete, delta, or interrupted', async ({ signal }) => {
    const child = fc.record({
      key: fc.integer({ min: 100, max: 109 }),
      parents: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
    })
    const step = fc.record({
      delta: fc.boolean(),
      children: fc.uniqueArray(child, { minLength: 1, maxLength: 6, selector: one => one.key }),
      leaving: fc.integer({ min: 100, max: 109 }),
      cut: fc.option(fc.nat(6), { nil: undefined }),
    })
    await assertProperty(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async steps => {
        signal.throwIfAborted()
        await fixture.empty()
        await fixture.import(delivery(6))
        for (const { delta, children, leaving, cut } of steps) {
          const records = children.map(({ key, parents }) =>
            pupil(
              `${key}`,
              parents.map(one => `50${one}`),
            ),
          )
          const parents = [...new Set(children.flatMap(one => one.parents))].map(one => guardian(`50${one}`))
          const left = children.some(one => one.key === leaving) ? [] : [remove('Eleve', `${leaving}`)]
          const files = delta
            ? { Eleve: [...records, ...left], PersRelEleve: parents }
            : { Eleve: records, PersRelEleve: parents, PersEducNat: [teacher('900'), teacher(`${leaving + 800}`)] }
          const path = await fixture.feed({
            ...(delta ? {} : delivery(0)),
            ...Object.fromEntries(
              Object.entries(files).map(([category, of]) => [
                named(category, delta ? { kind: 'Delta', day: 2 } : {}),
                aaf(of),
              ]),
            ),
          })
          if (cut !== undefined) {
            const client = dying(fixture.database.endpoint, cut + 1, cut % 2 === 0)
            await fixture
              .run(path, { client, confirm: [uai] })
              .catch(error => expect(String(error)).toMatch(/power is cut/))
            client.destroy()
            // Nobody is told a size that is not true.
            expect([undefined, await recounted()]).toContainEqual(await stored())
          }
          await fixture.run(path, { confirm: [uai] })
          expect(await stored()).toEqual(await recounted())
          expect(await fixture.run(path, { confirm: [uai] })).toMatchObject({ written: 0 })
        }
      }),
      { short: 12, long: 200 },
    )
  })

  test('are written where somebody of the school changes, and nowhere else', async () => {
    const client = localClient(fixture.database.endpoint)
    const written: string[] = []
    client.middlewareStack.add(
      (next, context) => args => {
        if (context.commandName === 'BatchWriteItemCommand') written.push(JSON.stringify(args.input))
        return next(args)
      },
      { step: 'initialize' },
    )
    const writes = async (files: ReturnType<typeof delivery>) => {
      written.length = 0
      await fixture.import(files, { client })
      return written.join().split('SIZES').length - 1
    }
    const inSixB = delivery(40, key => (key === '107' ? { ENTEleveClasses: '1$6e B' } : undefined))
    expect(await writes(delivery(40))).toBe(1)
    expect(await writes(delivery(40))).toBe(0)
    // Taken away before, and counted after.
    expect(await writes(inSixB)).toBe(2)
    expect(await writes(inSixB)).toBe(0)
    expect(await writes(delivery(39))).toBe(2)
    client.destroy()
  })

  test('are counted again where an interrupted import left none', async () => {
    await fixture.import(delivery(10))
    await openItems(fixture.database).remove(directoryPatterns.sizes, { uai })
    expect(await fixture.import(delivery(10))).toMatchObject({ written: 1 })
    expect(await stored()).toEqual(await recounted())
  })

  test('are not written in a dry run', async () => {
    await fixture.import(delivery(10))
    const sizes = await stored()
    await fixture.import(delivery(12), { dryRun: true })
    expect(await stored()).toEqual(sizes)
  })

  test('follow a delta that adds and takes away', async () => {
    await fixture.import(delivery(10))
    const delta = {
      [named('Eleve', { kind: 'Delta', day: 2 })]: aaf([
        pupil('200', ['500']),
        remove('Eleve', '101'),
        modify('Eleve', '102', { ENTElevePersRelEleve: [] }),
      ]),
    }
    await fixture.import(delta)
    const { school } = (await stored()) ?? {}
    expect(school).toEqual({ people: 10 + 5 + 1, guardians: 5, pupils: 10, concerned: 10 })
    expect(await stored()).toEqual(await recounted())
  })
})
