import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { importPatterns } from '../../../functions/directory/patterns.ts'
import { clocks } from '../../../functions/features.ts'
import { erasingClock } from '../../../functions/platform/erasing/clock.ts'
import { erasingPatterns } from '../../../functions/platform/erasing/patterns.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { call } from '../../support/call.ts'
import { openClock } from '../clock/clock.ts'
import { allErasures, idOf, type Lively, leaving, type Name, openLively, signsOf } from './lively.ts'
import { leftOver, live } from './living.ts'

let t: Lively
let run: () => Promise<void>
beforeAll(async () => {
  t = await openLively()
  await live(t)
  await t.leave()
  await leftOver(t)
  // The administrator of the collège had been frozen by one who left.
  await t.items.remove(platformPatterns.freeze, { person: idOf('nadia') })
  const all = [...Object.values(clocks).flatMap(one => one ?? []), erasingClock(t.scan, allErasures)]
  run = openClock(t.platform, all, () => 600_000)
  // As if it had run each minute until now.
  await t.items.remove(platformPatterns.clock, {})
})
afterAll(() => t.close())

const names = Object.keys(leaving) as (keyof typeof leaving)[]
const { routes } = directoryContract

const ask = async (route: 'person' | 'erase', whom: Name, body?: object) =>
  call(directoryHandler(t.platform), t.platform, routes[route], {
    params: { person: idOf(whom) },
    ...(body && { body }),
    as: await t.as('nadia'),
  })
const erase = (whom: Name, name: string) => ask('erase', whom, { name })
const erasureOf = async (whom: Name) => (await ask('person', whom)).body.erasure

/** The clock runs for some minutes: a sweep begins, its lanes are read, it ends. */
const pass = async (minutes: number) => {
  for (let minute = 0; minute < minutes; minute++) {
    t.clock.now = new Date(t.clock.now.getTime() + 60_000)
    await run()
    await t.deliverToTheEnd()
  }
}

describe('erase()', () => {
  it('tells on the page who may be erased, and refuses whoever is described, another name, and another school’s', async () => {
    expect(await Promise.all((['zoe', 'berthe', 'noe', 'tim'] as const).map(erasureOf))).toEqual([
      'possible',
      'possible',
      'elsewhere',
      undefined,
    ])
    const before = await t.everything()
    expect(await erase('tim', 'Tim Restant')).toMatchObject({ status: 409, body: { type: /still-described/ } })
    expect(await erase('zoe', 'Zoélie')).toMatchObject({ status: 400, body: { errors: [{ path: 'body.name' }] } })
    expect((await erase('noe', 'Noé Quatrepin')).status).toBe(403)
    const ofSessions = ({ key }: { key: string }) => !key.includes('SESSION')
    expect((await t.everything()).filter(ofSessions)).toEqual(before.filter(ofSessions))
  })

  it('refuses as long as a feed names them or somebody asks who has their key', async () => {
    const named = { guardian: idOf('noe'), pupil: idOf('tim') }
    const zoe = { guardian: idOf('zoe'), pupil: idOf('tim') }
    await t.items.put(importPatterns.awaited, zoe, { pupil: named.pupil })
    expect(await erasureOf('zoe')).toBe('still-named')
    expect((await erase('zoe', 'Zoélie Valdemort')).body.type).toMatch(/still-named/)
    await t.items.remove(importPatterns.awaited, zoe)
    const key = { source: leaving.zoe.source, first: idOf('zoe') }
    const record = { givenName: 'Une', familyName: 'Autre' }
    const held = { record, former: idOf('zoe'), was: record, at: [] }
    await t.items.put(importPatterns.handedKey, key, { ...key, key: '200', person: idOf('zoe'), nth: 2, held })
    expect(await erasureOf('zoe')).toBe('key-in-question')
    await t.items.remove(importPatterns.handedKey, key)
    expect(await erasureOf('zoe')).toBe('possible')
  })

  it('ends the account at once, and leaves no trace in the table or on a board once the sweep has ended', async () => {
    // She now runs the école, too, in which one of them was.
    const nadia = await t.personOf('nadia')
    const roles = [...nadia.roles, { uai: '0990002B', role: 'administrator' as const }]
    await t.items.put(directoryPatterns.person, { person: nadia.id }, { ...nadia, roles })
    for (const name of names) expect(await t.tracesOf(signsOf(name)), name).not.toEqual([])
    // However it is written, family name first or last.
    const typed = { zoe: 'VALDEMORT zoelie', berthe: 'Berthe Tulipière', noe: 'noé  quatrepin' }
    for (const name of names) {
      expect(await erase(name, typed[name]), name).toMatchObject({ status: 204 })
      expect((await ask('person', name)).status).toBe(404)
      expect(await t.items.get(accountPatterns.account, { person: idOf(name) })).toBeUndefined()
    }
    await t.deliverToTheEnd()
    await pass(6)
    // Files of boards that nothing names any more are deleted within half an hour.
    await t.pass(30)
    expect(t.platform.lines.filter(({ code }) => code === 'ERASE-2')).toEqual([])
    for (const name of names) expect(await t.tracesOf(signsOf(name)), name).toEqual([])
    expect(await t.platform.table.all(erasingPatterns.orders, {})).toEqual([])
  })

  it('notes with whoever did it that somebody was erased, and not whom', async () => {
    const { events } = (await ask('person', 'nadia')).body
    expect(events.filter((one: { kind: string }) => one.kind === 'person-erased')).toHaveLength(3)
    const audits = (await t.everything()).filter(({ key }) => key.startsWith('ERASED '))
    expect(audits.map(({ item }) => item)).toMatchObject([{ request: 3, time: 0 }])
  })
})
