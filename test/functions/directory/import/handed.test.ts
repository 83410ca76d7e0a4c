import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importAccess } from '../../../../functions/directory/access.ts'
import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { nextPersonId, personId } from '../../../../functions/directory/identity.ts'
import { type Identity, identify } from '../../../../functions/directory/import/identify.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { aaf, delivery, guardian, modify, named, remove, source, teacher, uai } from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)
const next = (key: string, nth = 2) => nextPersonId(personId(source, key), nth)
const nextPerson = async (key: string, nth = 2) =>
  (await fixture.everything()).get(`P#${next(key, nth)}|PERSON`) as PersonItem | undefined

const delta = (day: number, files: Readonly<Record<string, string[]>>) =>
  Object.fromEntries(
    Object.entries(files).map(([category, records]) => [named(category, { kind: 'Delta', day }), aaf(records)]),
  )

const zola = { sn: 'Zola', givenName: 'Émile' }

const zolaNames = { familyName: 'Zola', givenName: 'Émile' }
const id = (key: string) => personId(source, key)

const answer = (key: string, as: Identity, client = fixture.database.client) =>
  identify(
    { table: openTable(fixture.database.table, importAccess, fixture.now, client), now: fixture.now },
    { source, key, as },
  )

const others = [1, 2, 3, 4, 5].map(at => guardian(`50${at}`))

/** A complete delivery in which the guardian 500 has these names. */
const withGuardian = (names: Readonly<Record<string, string>>) => ({
  ...delivery(12),
  [named('PersRelEleve')]: aaf([guardian('500', names), ...others]),
})

const children = (keys: readonly string[]) =>
  keys.map(key => modify('Eleve', key, { ENTElevePersRelEleve: '500$1$1$1$1$0' }))

/** A complete delivery in which the guardian 500 is somebody else. */
const given = withGuardian(zola)

describe('importFeed() of a key that is given to somebody else', () => {
  test('ends the old account, holds the new person and asks', async () => {
    await fixture.import(delivery(12))
    const report = await fixture.import(given)
    expect(report).toMatchObject({ outcome: 'held', people: { added: 0, suspended: 1 }, held: [] })
    expect(lines(report).filter(line => line.startsWith('asked'))).toEqual([
      `asked ${named('PersRelEleve')}:5 500: it was the key of Noé Parent 500, Collège des Saules (0990001A), whose account is ended. Émile Zola waits: say --as another if that is another person, --as same if only the name is: npm run directory -- identify --person 500 --source ${source} --as <another|same>`,
    ])
    expect(await look.person('500')).toMatchObject({
      status: 'suspended',
      givenName: 'Noé',
      children: [],
      audiences: [],
    })
    expect(await nextPerson('500')).toBeUndefined()
    expect(await look.guardians('100')).toEqual([])
    expect(await fixture.import(given)).toMatchObject({ outcome: 'held', written: 0 })
  })

  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['another given and family name', zola, 'suspended', 'held'],
    ['another family name alone', { sn: 'Zola' }, 'active', 'imported'],
    ['another given name alone', { givenName: 'Émile' }, 'active', 'imported'],
    ['accents, capitals and hyphens', { sn: 'PARENT-500', givenName: 'NOE' }, 'active', 'imported'],
    ['names the wrong way round', { sn: 'Noé', givenName: 'Parent 500' }, 'active', 'imported'],
  ])('takes %s for what it is, in a complete feed and in a delta', async (_, names, status, outcome) => {
    await fixture.import(delivery(12))
    expect(await fixture.import(withGuardian(names))).toMatchObject({ outcome })
    expect(await look.status('500')).toBe(status)
    await fixture.empty()
    await fixture.import(delivery(12))
    expect(
      await fixture.import(
        delta(2, { PersRelEleve: [modify('PersRelEleve', '500', { sn: 'Parent 500', givenName: 'Noé', ...names })] }),
      ),
    ).toMatchObject({ outcome })
    expect(await look.status('500')).toBe(status)
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['the same name', {}, 'active'],
    ['another family name alone', { sn: 'Zola' }, 'suspended'],
    ['another name', zola, 'suspended'],
  ])('that comes back with %s after its person left', async (_, names, status) => {
    await fixture.import(delivery(12))
    await fixture.import(delta(2, { PersRelEleve: [remove('PersRelEleve', '500')] }))
    expect(await look.status('500')).toBe('suspended')
    const back = {
      Eleve: [modify('Eleve', '102', { ENTElevePersRelEleve: ['501$1$1$1$1$0', '500$1$1$1$1$0'] })],
      PersRelEleve: [guardian('500', names)],
    }
    await fixture.import(delta(3, back))
    expect(await look.status('500')).toBe(status)
    const held = status === 'suspended'
    expect(await look.guardians('102')).toEqual(held ? [id('501')] : [id('500'), id('501')].sort())
    if (!held) return
    await answer('500', 'another')
    expect(await look.guardians('102')).toEqual([id('501'), next('500')].sort())
    // The children of the one before are not theirs.
    expect((await nextPerson('500'))?.children).toMatchObject([{ id: id('102') }])
    expect(await look.guardians('100')).toEqual([])
    expect(await look.person('500')).toMatchObject({ status: 'suspended', children: [] })
  })
})

describe('identify()', () => {
  test.each<['complete' | 'delta']>([['complete'], ['delta']])(
    'another: brings the person of a %s feed in as new, and later feeds mean them',
    async kind => {
      await fixture.import(delivery(12))
      await fixture.import(
        kind === 'complete'
          ? given
          : delta(2, { Eleve: children(['100', '101']), PersRelEleve: [guardian('500', zola)] }),
      )
      expect(await answer('500', 'another')).toMatchObject(zolaNames)
      expect(await nextPerson('500')).toMatchObject({ status: 'active', ...zolaNames })
      expect((await nextPerson('500'))?.children.map(child => child.id).sort()).toEqual([id('100'), id('101')].sort())
      expect(await look.person('500')).toMatchObject({ status: 'suspended', givenName: 'Noé' })
      await expect(answer('500', 'another')).rejects.toThrow('nobody waits under the key 500')
      expect(await fixture.import(given, { outOfOrder: true })).toMatchObject({
        outcome: 'imported',
        findings: [],
        written: 0,
      })
      await fixture.import(delta(3, { PersRelEleve: [modify('PersRelEleve', '500', { givenName: 'Emma' })] }))
      expect(await nextPerson('500')).toMatchObject({ givenName: 'Emma', familyName: 'Zola' })
      expect(await look.person('500')).toMatchObject({ givenName: 'Noé' })
    },
  )

  test('same: gives the former person back, under the new name', async () => {
    await fixture.import(delivery(12))
    await fixture.import(given)
    await answer('500', 'same')
    expect(await look.person('500')).toMatchObject({ status: 'active', ...zolaNames })
    expect((await look.person('500'))?.children).toHaveLength(2)
    expect(await look.guardians('100')).toEqual([id('500')])
    expect(await nextPerson('500')).toBeUndefined()
    expect(await fixture.import(given)).toMatchObject({ outcome: 'imported', findings: [], written: 0 })
    expect([...(await fixture.everything()).keys()].filter(key => /AWAITED|KEY#/.test(key))).toEqual([])
  })

  test('a third person has an id of their own again', async () => {
    await fixture.import(delivery(12))
    await fixture.import(given)
    await answer('500', 'another')
    await fixture.import(withGuardian({ sn: 'Hugo', givenName: 'Léopoldine' }))
    expect(await nextPerson('500')).toMatchObject({ status: 'suspended' })
    await answer('500', 'another')
    expect(await nextPerson('500', 3)).toMatchObject({ status: 'active', familyName: 'Hugo', children: [{}, {}] })
    expect(await nextPerson('500')).toMatchObject({ status: 'suspended', familyName: 'Zola', children: [] })
  })

  test('brings a pupil in together with their held guardian, whoever is answered first', async () => {
    const files = {
      ...delivery(12, key => (key === '100' ? zola : undefined)),
      [named('PersRelEleve')]: given[named('PersRelEleve')] ?? '',
    }
    for (const [first, second] of [
      ['100', '500'],
      ['500', '100'],
    ] as const) {
      await fixture.empty()
      await fixture.import(delivery(12))
      await fixture.import(files)
      expect(await look.guardians('101')).toEqual([])
      await answer(first, 'another')
      await answer(second, 'another')
      expect((await nextPerson('500'))?.children.map(child => child.id).sort()).toEqual([next('100'), id('101')].sort())
      expect((await nextPerson('100'))?.guardians).toEqual([next('500')])
      expect(await fixture.import(files)).toMatchObject({ outcome: 'imported', findings: [], written: 0 })
    }
  })
})

describe('importFeed() while somebody waits under a key', () => {
  test('has the former person again once the feed names them', async () => {
    await fixture.import(delivery(12))
    const before = await look.person('500')
    await fixture.import(given)
    expect(await fixture.import(delivery(12))).toMatchObject({ outcome: 'imported', findings: [] })
    expect(await look.person('500')).toEqual(before)
    expect([...(await fixture.everything()).keys()].filter(key => /AWAITED|KEY#/.test(key))).toEqual([])
    await fixture.import(given)
    await fixture.import(delta(3, { Eleve: children(['100']), PersRelEleve: [guardian('500')] }))
    expect(await look.person('500')).toMatchObject({ status: 'active', children: [{ id: id('100') }] })
  })

  test('forgets whom the feed no longer names', async () => {
    await fixture.import(delivery(12))
    await fixture.import(given)
    const without = { ...delivery(12), [named('PersRelEleve')]: aaf(others) }
    await fixture.import(without)
    await expect(answer('500', 'another')).rejects.toThrow('nobody waits')
    await fixture.import(given)
    await fixture.import(delta(3, { PersRelEleve: [remove('PersRelEleve', '500')] }))
    await expect(answer('500', 'another')).rejects.toThrow('nobody waits')
  })

  test('applies deltas to them', async () => {
    await fixture.import(delivery(12))
    await fixture.import(delta(2, { PersEducNat: [teacher('900', zola)] }))
    await fixture.import(
      delta(3, { PersEducNat: [modify('PersEducNat', '900', { ENTAuxEnsClassesMatieres: '1$6e B$061300' })] }),
    )
    expect(await look.status('900')).toBe('suspended')
    await answer('900', 'another')
    expect((await nextPerson('900'))?.groups).toMatchObject([{ name: '6e B' }])
  })

  test('ends the old account of a feed that is not whole, too', async () => {
    await fixture.import(delivery(12))
    const broken = (given[named('PersRelEleve')] ?? '').replace('</ficAlimMENESR>', '')
    await fixture.import({ ...given, [named('PersRelEleve')]: broken })
    expect(await look.status('500')).toBe('suspended')
  })

  test('holds a school of which too many keys are other people’s', async () => {
    await fixture.import(delivery(12))
    const all = delivery(12, key => ({ sn: `Autre ${key}`, givenName: 'Max' }))
    const report = await fixture.import(all)
    expect(report).toMatchObject({
      outcome: 'held',
      held: [
        {
          losses: [
            { what: 'keys', had: 19, lost: 12 },
            { what: 'people', had: 7, lost: 6 },
          ],
        },
      ],
      written: 0,
    })
    expect(await look.status('100')).toBe('active')
    await fixture.import(all, { confirm: [uai] })
    expect(await look.status('100')).toBe('suspended')
  })
})

describe('a key that is given to somebody else, cut off at any write and started again', () => {
  /** Runs `work` until it is not cut off, each time from `before`; gives how often it was. */
  const cutOff = async (signal: AbortSignal, work: (client?: DynamoDBClient) => Promise<unknown>) => {
    const before = await fixture.everything()
    await work()
    const whole = await fixture.everything()
    let cuts = 0
    for (let done = false; !done; cuts++) {
      signal.throwIfAborted()
      await fixture.restore(before)
      const client = dying(fixture.database.endpoint, (cuts >> 1) + 1, cuts % 2 === 1)
      done = await work(client).then(
        () => true,
        () => false,
      )
      client.destroy()
      if (!done) await work()
      expect(await fixture.everything()).toEqual(whole)
    }
    return cuts
  }

  test.for([
    ['complete feed', given] as const,
    ['delta', delta(2, { Eleve: children(['100', '102']), PersRelEleve: [guardian('500', zola)] })] as const,
  ])('a %s ends as if it was not', async ([, files], { signal }) => {
    await fixture.import(delivery(12))
    const path = await fixture.feed(files)
    const cuts = await cutOff(signal, client => fixture.run(path, client && { client }))
    expect(cuts).toBeGreaterThan(6)
  })

  test.for<Identity>(['another', 'same'])('the answer %s ends as if it was not', async (as, { signal }) => {
    await fixture.import(delivery(12))
    await fixture.import(given)
    const again = (error: Error) => {
      if (!error.message.startsWith('nobody waits')) throw error
    }
    const cuts = await cutOff(signal, client => answer('500', as, client).catch(again))
    expect(cuts).toBeGreaterThan(6)
  })
})
