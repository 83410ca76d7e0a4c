import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliveryAccess, grantAccess } from '../../../../functions/directory/access.ts'
import type { ClosedItem } from '../../../../functions/directory/closed-groups.ts'
import { grantPatterns } from '../../../../functions/directory/grant-patterns.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { grantAdministrator } from '../../../../functions/directory/import/grants.ts'
import { rebuild } from '../../../../functions/directory/import/rebuild.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { openItems } from '../../../support/items.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lookAt } from './look.ts'
import { college, ecole, first, oneD, parent, second, twoD } from './two-feeds.ts'
import { withoutTimes } from './without-times.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())
beforeEach(async () => {
  await fixture.empty()
  fixture.clock.now = new Date('2026-09-01T06:00:00.000Z')
})

const one = lookAt(() => fixture, first)
const person = personId(first, '500')

const ofEcole = (more = {}) => oneD({ pupils: { 100: ['500'] }, guardians: { 500: parent }, ...more })
const ofCollege = (more = {}) => twoD({ pupils: { 200: ['500'] }, guardians: { 500: parent }, ...more })

const start = async () => {
  await fixture.import(ofEcole())
  await fixture.import(ofCollege())
  expect((await one.person('500'))?.sources).toEqual([first, second])
}

describe('a person of two sources', () => {
  test('loses what an administrator stops in the one, and keeps the other', async () => {
    await start()
    const child = personId(second, '200')
    const at = fixture.clock.now.toISOString()
    const parties = { adult: person, child }
    const decision = { ...parties, kind: 'stopped' as const, uai: college, reason: 'x', at, by: 'x', actor: 'x' }
    const items = openItems(fixture.database)
    const table = openTable(fixture.database.table, deliveryAccess, fixture.now, fixture.database.client)
    await items.put(grantPatterns.decision, parties, decision)
    await rebuild({ table, now: fixture.now }, second, [person, child])
    expect(await one.roles('500')).toEqual([`guardian@${ecole}`])
    expect(await fixture.import(ofEcole())).toMatchObject({ written: 0 })
    expect(await fixture.import(ofCollege())).toMatchObject({ written: 0 })
    await items.remove(grantPatterns.decision, parties)
    await rebuild({ table, now: fixture.now }, second, [person, child])
    expect(await one.roles('500')).toEqual([`guardian@${college}`, `guardian@${ecole}`])
  })

  test('administers a school of either source, over the imports of both', async () => {
    const feeds = [oneD({ staff: { 900: parent } }), twoD({ staff: { 900: parent } })]
    for (const feed of feeds) await fixture.import(feed)
    const table = openTable(fixture.database.table, grantAccess, fixture.now, fixture.database.client)
    const platform = { table, now: fixture.now }
    for (const school of [ecole, college])
      await grantAdministrator(platform, { school, person: personId(first, '900') })
    const both = [college, ecole].flatMap(uai => [`teacher@${uai}`, `administrator@${uai}`])
    expect(await one.roles('900')).toEqual(both)
    for (const feed of feeds) expect(await fixture.import(feed)).toMatchObject({ written: 0 })
    // Commands find them by the key they have in either feed.
    await grantAdministrator(platform, { school: college, person: '900', end: true })
    expect(await one.roles('900')).toEqual(both.filter(role => role !== `administrator@${college}`))
  })

  test('whom a source keeps without custody has nothing of it, until it gives them some', async () => {
    await fixture.import(ofEcole())
    const without = ofCollege({ pupils: { 200: [] } })
    expect(await fixture.import(without)).toMatchObject({ joined: 0 })
    expect(await one.roles('500')).toEqual([`guardian@${ecole}`])
    expect(await fixture.import(without)).toMatchObject({ written: 0 })
    await fixture.import(ofCollege({ kind: 'Delta', day: 2, guardians: {} }))
    expect(await one.roles('500')).toEqual([`guardian@${college}`, `guardian@${ecole}`])
  })

  test('keeps the classes that both sources close at one time', async () => {
    const staff = { staff: { 900: parent } }
    const both = (more: object) => ({ ...oneD({ ...staff, ...more }), ...twoD({ ...staff, ...more }) })
    const year = (more: object) => both({ pupils: { 100: [], 101: [] }, ...more })
    fixture.clock.now = new Date('2026-09-01T06:00:00.000Z')
    await fixture.import(year({}), { year: 2025 })
    fixture.clock.now = new Date('2026-09-02T06:00:00.000Z')
    const report = await fixture.import(year({ day: 2, pupils: { 110: [], 111: [], 100: [] } }), {
      year: 2026,
      confirm: [ecole, college],
    })
    expect(report.newYear).toMatchObject({ schools: 2 })
    const closed = [...(await fixture.everything()).values()].filter(
      item => item.pk === `P#${personId(first, '900')}` && item.sk.startsWith('CLOSED#'),
    ) as unknown as ClosedItem[]
    expect(closed.flatMap(({ groups }) => groups.map(({ uai, name }) => `${name}@${uai}`)).sort()).toEqual([
      `6e A@${college}`,
      `CM1@${ecole}`,
    ])
  })

  test('is whole where the import that joined them was interrupted and started again', async () => {
    await fixture.import(ofEcole())
    const stored = await fixture.everything()
    const path = await fixture.feed(ofCollege({ staff: { 900: {} } }))
    await fixture.run(path)
    const whole = withoutTimes(await fixture.everything())
    for (let last = 1, writing = true; writing; last++)
      for (const after of [false, true]) {
        await fixture.restore(stored)
        const client = dying(fixture.database.endpoint, last, after)
        writing = await fixture.run(path, { client }).then(
          () => false,
          error => expect(String(error)).toMatch(/power is cut/) === undefined,
        )
        client.destroy()
        await fixture.run(path)
        expect(withoutTimes(await fixture.everything()), `cut at ${last}`).toEqual(whole)
      }
  })

  test('is made of both where two imports write them at one time', async () => {
    await start()
    const paths = [
      await fixture.feed(ofEcole({ day: 2, pupils: { 100: ['500'], 101: ['500'] } })),
      await fixture.feed(ofCollege({ day: 2, pupils: { 200: ['500'], 201: ['500'] } })),
    ]
    await Promise.all(paths.map(path => fixture.run(path)))
    expect((await one.person('500'))?.children).toHaveLength(4)
  })
})
