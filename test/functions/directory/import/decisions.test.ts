import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliveryAccess, dueAccess } from '../../../../functions/directory/access.ts'
import { directoryClock } from '../../../../functions/directory/clock.ts'
import { grantPatterns } from '../../../../functions/directory/grant-patterns.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { rebuild } from '../../../../functions/directory/import/rebuild.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { openItems } from '../../../support/items.ts'
import { type TestPlatform, testPlatform } from '../../../support/platform.ts'
import { aaf, delivery, modify, named, pupil, source, teacher, uai } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lookAt } from './look.ts'

let fixture: Fixture
let platform: TestPlatform
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(async () => {
  await fixture.empty()
  platform = await testPlatform(fixture.database, fixture.clock)
  await fixture.import(delivery(4))
})
afterAll(() => fixture.close())

const id = (key: string) => personId(source, key)
const look = lookAt(() => fixture, source)
const childrenOf = async (key: string) => (await look.person(key))?.children.map(child => child.id).sort()

/** A decision, stored as the route stores it, and what the stream makes of it. */
const decide = async (kind: 'granted' | 'stopped' | undefined, adult: string, child: string, until?: string) => {
  const parties = { adult: id(adult), child: id(child) }
  const items = openItems(fixture.database)
  if (kind === undefined) await items.remove(grantPatterns.decision, parties)
  else
    await items.put(grantPatterns.decision, parties, {
      ...parties,
      kind,
      uai,
      reason: 'décision du juge',
      ...(until && { until }),
      at: fixture.clock.now.toISOString(),
      by: 'Nadia Sow',
      actor: id('900'),
    })
  const table = openTable(fixture.database.table, deliveryAccess, fixture.now, fixture.database.client)
  await rebuild({ table, now: fixture.now }, source, [id(adult), id(child)])
}

describe('a decision on an adult’s access to a child', () => {
  test('granted gives a teacher what a guardian reads, is kept by the same feed and by a changed one, and ends', async () => {
    const before = await look.person('900')
    await decide('granted', '900', '100')
    const granted = await look.person('900')
    expect(granted?.children.map(child => child.id)).toEqual([id('100')])
    expect(granted?.roles.map(({ role }) => role).sort()).toEqual(['guardian', 'teacher'])
    expect(granted?.audiences.find(one => one.kind === 'guardians')?.children).toEqual([id('100')])
    expect(await look.guardians('100')).toContain(id('900'))
    expect(await fixture.import(delivery(4))).toMatchObject({ written: 0, findings: [] })
    const renamed = { ...delivery(4), [named('PersEducNat')]: aaf([teacher('900', { givenName: 'Annie' })]) }
    await fixture.import(renamed)
    expect(await look.person('900')).toMatchObject({ givenName: 'Annie', children: [{ id: id('100') }] })
    await fixture.import(delivery(4))
    await decide(undefined, '900', '100')
    expect(await look.person('900')).toEqual(before)
    expect(await look.guardians('100')).not.toContain(id('900'))
    expect(await fixture.import(delivery(4))).toMatchObject({ written: 0 })
  })

  test('granted follows the child to another class by a delta', async () => {
    await decide('granted', '900', '100')
    const moved = modify('Eleve', '100', { ENTEleveClasses: '101$6e B' })
    await fixture.import({ [named('Eleve', { kind: 'Delta', day: 2 })]: aaf([moved]) })
    const groups = (await look.person('100'))?.groups.map(group => group.name)
    expect((await look.person('900'))?.children[0]?.className).toBe(groups?.[0])
  })

  test('stopped leaves the guardian their other children, is kept by imports, and the feed holds again after it', async () => {
    const before = await look.person('500')
    const children = await childrenOf('500')
    expect(children?.length).toBeGreaterThan(1)
    await decide('stopped', '500', '100')
    expect(await childrenOf('500')).toEqual(children?.filter(child => child !== id('100')))
    expect(await look.guardians('100')).not.toContain(id('500'))
    expect(await fixture.import(delivery(4))).toMatchObject({ written: 0, findings: [] })
    await decide(undefined, '500', '100')
    expect(await look.person('500')).toEqual(before)
  })

  test('stopped for an only child suspends the guardian, whom a decision taken back restores', async () => {
    const only = { ...delivery(4), [named('Eleve', { part: 1 })]: aaf([pupil('110', ['500'])]) }
    await fixture.import(only)
    const children = (await childrenOf('500')) ?? []
    const before = await look.person('500')
    const keys = ['100', '101', '102', '103', '110'].filter(key => children.includes(id(key)))
    expect(keys).toHaveLength(children.length)
    for (const key of keys) await decide('stopped', '500', key)
    expect((await look.person('500'))?.status).toBe('suspended')
    expect(await fixture.import(only)).toMatchObject({ findings: [] })
    expect((await look.person('500'))?.status).toBe('suspended')
    for (const key of keys) await decide(undefined, '500', key)
    expect(await look.person('500')).toEqual(before)
  })

  test('holds in a school that an import holds back', async () => {
    await fixture.import(delivery(20))
    await decide('stopped', '500', '100')
    await decide('granted', '900', '100')
    const [guardian, teacher] = [await look.person('500'), await look.person('900')]
    expect(await fixture.import(delivery(2))).toMatchObject({ held: [{ uai, reason: 'loses-access' }] })
    expect(await look.person('500')).toEqual(guardian)
    expect(await look.person('900')).toEqual(teacher)
    expect(await look.guardians('100')).toEqual([id('900')])
  })

  test('granted to somebody whom the feed no longer names brings them back with that child alone', async () => {
    const without = { ...delivery(4), [named('PersEducNat')]: aaf([]) }
    await fixture.import(without)
    expect((await look.person('900'))?.status).toBe('suspended')
    await decide('granted', '900', '100')
    const back = await look.person('900')
    expect(back).toMatchObject({ status: 'active', roles: [{ uai, role: 'guardian' }], children: [{ id: id('100') }] })
    expect(await fixture.import(without)).toMatchObject({ written: 0 })
    await decide(undefined, '900', '100')
    expect(await look.person('900')).toMatchObject({ status: 'suspended', children: [], audiences: [] })
  })

  test('ends after its last day by the clock', async () => {
    await decide('granted', '900', '100', '2026-09-02')
    const [kind] = directoryClock.kinds
    const table = openTable(fixture.database.table, dueAccess, fixture.now, fixture.database.client)
    const due = { kind: 'access decision', subject: `${id('900')} ${id('100')}`, at: '2026-09-03T00:00:00.000Z' }
    const act = () => kind?.act({ ...platform, table } as never, due)
    expect(await act()).toEqual([])
    const begun = fixture.clock.now
    try {
      fixture.clock.now = new Date('2026-09-03T00:00:30.000Z')
      const operations = (await act()) ?? []
      expect((await table.transact(operations as never)).ok).toBe(true)
      const all = openTable(fixture.database.table, deliveryAccess, fixture.now, fixture.database.client)
      await rebuild({ table: all, now: fixture.now }, source, [id('900'), id('100')])
      expect(await childrenOf('900')).toEqual([])
    } finally {
      fixture.clock.now = begun
    }
  })
})
