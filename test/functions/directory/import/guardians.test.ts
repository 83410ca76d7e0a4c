import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import { aaf, delivery, guardian, modify, named, pupil, remove, source } from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'
import { bulk, day, delta as rosterDelta, users } from './oneroster-feed.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)
const id = (key: string) => personId(source, key)

const more = named('Eleve', { part: 1 })
const moreGuardians = named('PersRelEleve', { part: 1 })
const missing = 'it names a guardian who is not in the feed: the pupil is imported without'

/** Two pupils who name a guardian that is not in the feed; one has another besides. */
const naming = { ...delivery(4), [more]: aaf([pupil('110', ['500', '599']), pupil('111', ['599'])]) }

const delta = (files: Readonly<Record<string, string[]>>, at = 2) =>
  Object.fromEntries(
    Object.entries(files).map(([category, records]) => [named(category, { kind: 'Delta', day: at }), aaf(records)]),
  )

const awaited = async () => [...(await fixture.everything()).keys()].filter(key => key.includes('AWAITED'))

describe('importFeed() of a pupil whose guardian is not in the feed', () => {
  test('gives them the guardians there are, and again writes nothing', async () => {
    expect(lines(await fixture.import(naming)).sort()).toEqual([
      `left-out ${more}:15 111: ${missing}`,
      `left-out ${more}:5 110: ${missing}`,
    ])
    expect([await look.guardians('110'), await look.guardians('111')]).toEqual([[id('500')], []])
    expect(await fixture.import(naming)).toMatchObject({ written: 0 })
  })

  test.each([
    ['complete feed', { ...naming, [moreGuardians]: aaf([guardian('599')]) }],
    ['delta', delta({ PersRelEleve: [guardian('599')] })],
  ])('joins them when a later %s brings the guardian', async (_, files) => {
    await fixture.import(naming)
    const report = await fixture.import(files)
    expect(report).toMatchObject({ findings: [], people: { added: 1, changed: 2, suspended: 0 } })
    expect(await look.guardians('110')).toEqual([id('500'), id('599')].sort())
    expect(await look.guardians('111')).toEqual([id('599')])
    expect((await look.person('599'))?.children.map(child => child.id).sort()).toEqual([id('110'), id('111')].sort())
    expect((await look.person('500'))?.children).toHaveLength(3)
    expect(await awaited()).toEqual([])
    expect(await fixture.import(files)).toMatchObject({ findings: [], written: 0 })
  })

  test('forgets whom a pupil named before and no longer does', async () => {
    await fixture.import(naming)
    await fixture.import(delta({ Eleve: [modify('Eleve', '111', { ENTElevePersRelEleve: '501$1$1$1$1$0' })] }))
    const report = await fixture.import(delta({ PersRelEleve: [guardian('599')] }, 3))
    expect(report).toMatchObject({ findings: [], people: { added: 1, changed: 1 } })
    expect((await look.person('599'))?.children).toMatchObject([{ id: id('110') }])
    expect(await look.guardians('111')).toEqual([id('501')])
  })

  test('brought by a delta that was cut off anywhere ends as if it was not', async ({ signal }) => {
    const path = await fixture.feed(delta({ PersRelEleve: [guardian('599')] }))
    await fixture.import(naming)
    const before = await fixture.everything()
    await fixture.run(path)
    const whole = await fixture.everything()
    let cuts = 0
    for (let done = false; !done; cuts++) {
      signal.throwIfAborted()
      await fixture.restore(before)
      const client = dying(fixture.database.endpoint, (cuts >> 1) + 1, cuts % 2 === 1)
      done = await fixture.run(path, { client }).then(
        () => true,
        () => false,
      )
      client.destroy()
      expect(await fixture.run(path)).toMatchObject({ findings: [] })
      expect(await fixture.everything()).toEqual(whole)
    }
    expect(cuts).toBeGreaterThan(8)
  })
})

describe('importFeed() of a delta of many that brings a guardian', () => {
  test('joins them also if it was cut off when only the pupil was written', async () => {
    const inOrder = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, place) => `${from + place}`).sort((a, b) => (id(a) < id(b) ? -1 : 1))
    // People are written hundreds at a time in the order of their ids: the pupil first, the guardian last.
    const [first = '', ...others] = inOrder(1000, 2050)
    const last = inOrder(5000, 5100).at(-1) ?? ''
    await fixture.import({ ...delivery(2), [more]: aaf([pupil(first, [last])]) })
    const files = delta({
      Eleve: others.map(key => pupil(key)),
      PersRelEleve: [guardian(last)],
    })
    const path = await fixture.feed(files)
    const client = dying(fixture.database.endpoint, 160, true)
    await expect(fixture.run(path, { client })).rejects.toThrow('the power is cut')
    client.destroy()
    expect(await fixture.run(path)).toMatchObject({ findings: [] })
    expect(await look.person(first)).toMatchObject({ guardians: [id(last)] })
    expect(await look.person(last)).toMatchObject({ status: 'active', children: [{ id: id(first) }] })
    expect(await awaited()).toEqual([])
  })
})

describe('importFeed() of a delta that takes a guardian away', () => {
  test('takes them from their children, until one brings them back', async () => {
    await fixture.import(delivery(4))
    const before = await look.person('100')
    const away = delta({ PersRelEleve: [remove('PersRelEleve', '500')] })
    expect(await fixture.import(away)).toMatchObject({ findings: [], people: { changed: 2, suspended: 1 } })
    expect([await look.guardians('100'), await look.guardians('101')]).toEqual([[], []])
    expect(await fixture.import(away)).toMatchObject({ findings: [], written: 0 })
    expect(await fixture.import(delta({ PersRelEleve: [guardian('500')] }, 3))).toMatchObject({ findings: [] })
    expect(await look.person('100')).toEqual(before)
    expect(await look.status('500')).toBe('active')
  })
})

describe('importFeed() of OneRoster whose pupil names an agent who is not there', () => {
  const ofRoster = lookAt(() => fixture, 'oneroster')

  test('joins them when a delta brings the guardian', async () => {
    const files = { ...bulk(), 'users.csv': bulk()['users.csv'].replace('Ali,Grand,', 'Ali,Grand,g2') }
    await fixture.import(files)
    expect(await ofRoster.guardians('p2')).toEqual([])
    expect(await fixture.import(files)).toMatchObject({ written: 0 })
    const brings = rosterDelta({ 'users.csv': users(`g2,active,${day},true,,guardian,mgrand,Max,Grand,`) })
    expect(await fixture.import(brings)).toMatchObject({ findings: [], people: { added: 1, changed: 1 } })
    expect(await ofRoster.guardians('p2')).toEqual([personId('oneroster', 'g2')])
    expect(await fixture.import(brings)).toMatchObject({ findings: [], written: 0 })
  })
})
