import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unattendedAccess } from '../../../../functions/directory/access.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { begin } from '../../../../functions/directory/import/unattended/intake.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { aaf, delivery, guardian, named, otherUai, pupil, school, source, teacher, uai } from './aaf-feed.ts'
import type { Stored } from './fixture.ts'
import { openUnattended } from './unattended-fixture.ts'
import { zipOf } from './zip.ts'

let at: Awaited<ReturnType<typeof openUnattended>>
beforeAll(async () => {
  at = await openUnattended()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.empty()
  await at.clear()
  at.clock.now = new Date('2026-09-01T06:00:00.000Z')
})

const later = (hours: number) => {
  at.clock.now = new Date(at.clock.now.getTime() + hours * 3_600_000)
}
const nextDay = () => later(24)

const onDay = (files: Record<string, string>, day: number) =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name.replace('20260901', `202609${String(day).padStart(2, '0')}`),
      content,
    ]),
  )

const bring = async (name: string, files: Record<string, string>) => {
  await at.send(at.environment(), await at.drop(`deliveries/${name}`, await zipOf(files)))
  await at.finish(() => at.environment())
}

const confirm = async (name: string) => {
  later(1)
  await at.send(at.environment(), { source, delivery: `deliveries/${name}`, confirm: [uai] })
  await at.finish(() => at.environment())
}

const items = async (pk: string, begins: string) =>
  [...(await at.everything()).values()].filter(item => item.pk === pk && item.sk.startsWith(begins))

const lastRun = async (of = uai) => (await items(`S#${of}`, 'RUN#')).at(-1) as Stored

const undo = async (run: string, of = uai) => {
  later(1)
  const table = openTable(at.database.table, unattendedAccess, at.now, at.database.client)
  const begun = begin({ at: at.now().toISOString(), delivery: '', mark: 'undo', undo: { uai: of, run } })
  await table.transact(begun.operations)
  at.wakes.push(0)
  await at.finish(() => at.environment())
}

/** The directory, but for what tells of the last change to an item. */
const directory = async () =>
  new Map(
    [...(await at.directory())]
      .filter(([key]) => !/^(S#[^|]+\|(RUN|CHANGE|FORMER|HELD)#|P#[^|]+\|FORMER#|DUE)/.test(key))
      .map(([key, { leaving: _leaving, parted: _parted, ...item }]) => [key, item]),
  )

/** Of the first class of thirty, the second of as many, and a family that is in another school, too. */
const whole = {
  ...delivery(60, key => (Number(key) < 130 ? undefined : { ENTEleveClasses: '1$6e B' })),
  [named('EtabEducNat')]: aaf([school(), school('2', otherUai, 'E.E.PU$du Lavoir$Valmont')]),
  [named('Eleve', { part: 1 })]: aaf([
    pupil('300', ['500', '529'], { ENTPersonStructRattach: '2', ENTEleveClasses: '2$CM1' }),
  ]),
  [named('PersEducNat', { part: 1 })]: aaf([teacher('901', { ENTAuxEnsClassesMatieres: '1$6e B$061300' })]),
}

/** The same without the second class: its pupils, their guardians and its teacher's class. */
const withoutClass = {
  ...delivery(30),
  [named('EtabEducNat')]: whole[named('EtabEducNat')] ?? '',
  [named('Eleve', { part: 1 })]: whole[named('Eleve', { part: 1 })] ?? '',
  [named('PersRelEleve', { part: 1 })]: aaf([guardian('529')]),
  [named('PersEducNat', { part: 1 })]: aaf([teacher('901', { ENTAuxEnsClassesMatieres: '1$6e A$061300' })]),
}

describe('a delivery that would take a class away', () => {
  test('tells who would leave, and from which classes', async () => {
    await bring('1.zip', whole)
    nextDay()
    await bring('2.zip', onDay(withoutClass, 2))
    expect(await lastRun()).toMatchObject({ held: { reason: 'loses-access' } })
    const [losing] = await items(`S#${uai}`, `CHANGE#${(await lastRun()).run}#losing`)
    const people = losing?.people as { role: string; from: string[] }[]
    expect(people.filter(one => one.role === 'pupil')).toHaveLength(30)
    expect(people.find(one => one.role === 'pupil')).toMatchObject({ from: ['6e B'], to: [] })
    expect(await items(`S#${uai}`, 'HELD#')).toMatchObject([{ classes: [{ name: '6e B', had: 30, lost: 30 }] }])
    expect(JSON.stringify(await items(`S#${uai}`, 'CHANGE#'))).not.toMatch(/Élève|Zoé/)
  })

  test('keeps no former records of a first load, or of a night that nobody had to confirm', async () => {
    await bring('1.zip', whole)
    nextDay()
    await bring('2.zip', onDay({ ...whole, [named('PersEducNat')]: aaf([teacher('902')]) }, 2))
    const kept = [...(await at.everything()).keys()].filter(key => /\|FORMER#/.test(key))
    expect(kept).toEqual([])
    expect(await items(`S#${uai}`, `CHANGE#${(await lastRun()).run}#`)).toMatchObject([
      { kind: 'arrived', people: [{ role: 'teacher' }] },
      { kind: 'left', people: [{ role: 'teacher' }] },
    ])
  })
})

describe('a school that is confirmed to move to another source', () => {
  test('keeps the accounts of its people, who are not suspended in between', async () => {
    const files = delivery(6)
    const moved = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name.replace('PREAU_TEST', 'OTHER'), content]),
    )
    await bring('1.zip', files)
    const parent = async () => {
      const { source: _, ...item } = (await items(`P#${personId(source, '500')}`, 'PERSON'))[0] as Stored
      return item
    }
    const before = await parent()
    nextDay()
    await bring('2.zip', moved)
    expect(await lastRun()).toMatchObject({ held: { reason: 'another-source', holder: source } })
    later(1)
    await at.send(at.environment(), { source: 'aaf:other', delivery: 'deliveries/2.zip', confirm: [uai] })
    const step = () => at.environment(at.database.client, 0)
    while (at.wakes.length > 0) {
      at.wakes.length = 0
      await at.send(step(), { wake: true })
      expect(await parent()).toMatchObject({ status: 'active', access: before.access })
    }
    expect(await parent()).toEqual(before)
    expect(await items(`P#${personId('aaf:other', '500')}`, '')).toEqual([])
    expect(await items(`S#${uai}`, 'M#suspended')).toEqual([])
    expect((await items(`S#${uai}`, 'M#')).map(item => item.source)).toEqual(Array(10).fill('aaf:other'))
  })
})

describe('a school that moved to another source by mistake', () => {
  test('has all accounts again once the next delivery of its former source is confirmed', async () => {
    const former = delivery(6)
    const renamed = (files: Record<string, string>) =>
      Object.fromEntries(Object.entries(files).map(([name, content]) => [name.replace('PREAU_TEST', 'OTHER'), content]))
    const access = async () =>
      new Map(
        [...(await at.everything())].flatMap(([key, item]) => {
          if (!key.endsWith('|PERSON') || item.status !== 'active') return []
          const { access: print, audiences, children, guardians, groups } = item
          return [[key, { print, audiences, children, guardians, groups }] as const]
        }),
      )
    await bring('1.zip', former)
    const before = await access()
    nextDay()
    // Half of the pupils, and a teacher of whom the former source knows nothing.
    const other = { ...delivery(3), [named('PersEducNat')]: aaf([teacher('950')]) }
    await bring('2.zip', onDay(renamed(other), 2))
    later(1)
    await at.send(at.environment(), { source: 'aaf:other', delivery: 'deliveries/2.zip', confirm: [uai] })
    await at.finish(() => at.environment())
    const moved = await lastRun()
    expect(moved).toMatchObject({ confirmed: true, moved: true })
    expect(await access()).not.toEqual(before)
    expect(await items(`S#${uai}`, 'FORMER#')).toEqual([])
    await undo(String(moved.run))
    expect((await items('IMPORTS', 'RUN#')).at(-1)).toMatchObject({ outcome: 'unreadable' })
    nextDay()
    await bring('3.zip', onDay(former, 3))
    expect(await lastRun()).toMatchObject({ held: { reason: 'another-source', holder: 'aaf:other' } })
    await confirm('3.zip')
    expect(await lastRun()).toMatchObject({ confirmed: true, moved: true })
    expect(await access()).toEqual(before)
  })
})

describe('undoing a confirmed import', () => {
  test('leaves people, classes, roles and custody as they were before it', async () => {
    await bring('1.zip', whole)
    nextDay()
    await bring('2.zip', onDay(withoutClass, 2))
    const before = await directory()
    await confirm('2.zip')
    const confirmed = await lastRun()
    expect(confirmed).toMatchObject({ confirmed: true, people: { left: 45 } })
    expect(await directory()).not.toEqual(before)
    const former = [...(await at.everything()).values()].filter(item => item.sk.startsWith('FORMER#'))
    expect(former).toHaveLength(1 + 45 + 1)
    const inThirtyDays = Date.parse(String(confirmed.at)) / 1000 + 30 * 24 * 3_600
    expect(new Set(former.map(item => item.expiresAt))).toEqual(new Set([inThirtyDays]))
    nextDay()
    await undo(String(confirmed.run))
    expect(await lastRun()).toMatchObject({ undoes: confirmed.run, changedSince: 0, people: { added: 45 } })
    expect(await directory()).toEqual(before)
  })

  test('gives a person of several sources back what each of them gave', async () => {
    const two = (prefix: string, code: string, pupils: readonly string[]) => ({
      [named('EtabEducNat').replace('PREAU_TEST', prefix)]: aaf([school('1', code)]),
      [named('Eleve').replace('PREAU_TEST', prefix)]: aaf(
        pupils.map(key => pupil(key, [key === '100' ? '500' : '501'])),
      ),
      [named('PersRelEleve').replace('PREAU_TEST', prefix)]: aaf([guardian('500'), guardian('501')]),
      [named('PersEducNat').replace('PREAU_TEST', prefix)]: aaf([teacher(prefix)]),
    })
    const both = (pupils: readonly string[]) => ({ ...two('ONE', uai, pupils), ...two('TWO', otherUai, pupils) })
    await bring('1.zip', both(['100', '101', '102', '103']))
    const parent = () => items(`P#${personId('aaf:one', '500')}`, 'PERSON')
    const whole = await parent()
    expect(whole).toMatchObject([{ sources: ['aaf:one', 'aaf:two'], children: [{}, {}] }])
    nextDay()
    await bring('2.zip', onDay(both(['101']), 2))
    later(1)
    await at.send(at.environment(), { source: 'aaf:one', delivery: 'deliveries/2.zip', confirm: [uai] })
    await at.finish(() => at.environment())
    later(1)
    await at.send(at.environment(), { source: 'aaf:two', delivery: 'deliveries/2.zip', confirm: [otherUai] })
    await at.finish(() => at.environment())
    expect(await parent()).toMatchObject([{ status: 'suspended' }])
    nextDay()
    await undo(String((await lastRun(otherUai)).run), otherUai)
    expect(await parent()).toMatchObject([{ status: 'active', roles: [{ uai: otherUai }] }])
    await undo(String((await lastRun()).run))
    expect(await parent()).toEqual(whole)
  })

  test('leaves alone whom a later import changed, and says how many', async () => {
    await bring('1.zip', whole)
    nextDay()
    await bring('2.zip', onDay(withoutClass, 2))
    await confirm('2.zip')
    const confirmed = await lastRun()
    nextDay()
    await bring('3.zip', {
      [named('Eleve', { kind: 'Delta', day: 3 })]: aaf([pupil('140', [], { ENTEleveClasses: '1$6e A' })]),
    })
    const moved = (await items(`S#${uai}`, 'M#pupil#eleve 140')).at(0)
    expect(moved).toMatchObject({ classes: [{ name: '6e A' }] })
    await undo(String(confirmed.run))
    expect(await lastRun()).toMatchObject({ changedSince: 1 })
    expect((await items(`S#${uai}`, 'M#pupil#eleve 140')).at(0)).toMatchObject({ classes: [{ name: '6e A' }] })
    expect((await items(`S#${uai}`, 'M#pupil#eleve 141')).at(0)).toMatchObject({ classes: [{ name: '6e B' }] })
  })

  test('has those leave again who had arrived by it', async () => {
    await bring('1.zip', whole)
    nextDay()
    const more = aaf([pupil('400', ['540'], { ENTEleveClasses: '1$6e A' })])
    const wrong = { ...withoutClass, [named('Eleve', { part: 2 })]: more }
    await bring('2.zip', onDay({ ...wrong, [named('PersRelEleve', { part: 2 })]: aaf([guardian('540')]) }, 2))
    await confirm('2.zip')
    expect(await items(`S#${uai}`, 'M#pupil#eleve 400')).toHaveLength(1)
    await undo(String((await lastRun()).run))
    expect(await items(`S#${uai}`, 'M#pupil#eleve 400')).toEqual([])
    expect(await items(`S#${uai}`, 'M#guardian#parent 540')).toEqual([])
    expect(await items(`S#${uai}`, 'M#suspended#eleve 400')).toHaveLength(1)
    expect(await items(`S#${uai}`, 'M#pupil#eleve 141')).toHaveLength(1)
  })

  test('that began a school year gives back the classes of before, and the year', async () => {
    await bring('1.zip', whole)
    at.clock.now = new Date('2027-09-02T06:00:00.000Z')
    const next = Object.fromEntries(
      Object.entries({ ...delivery(30), [named('PersEducNat', { part: 1 })]: aaf([teacher('901')]) }).map(
        ([name, content]) => [name.replace('20260901', '20270902'), content],
      ),
    )
    await bring('2.zip', { ...next, [named('EtabEducNat').replace('20260901', '20270902')]: aaf([school()]) })
    expect(await lastRun()).toMatchObject({ held: { reason: 'loses-access' } })
    const before = await directory()
    await confirm('2.zip')
    const confirmed = await lastRun()
    expect(confirmed).toMatchObject({ confirmed: true })
    expect((await at.everything()).get(`S#${uai}|SCHOOL`)).toMatchObject({ year: 2027 })
    const closed = async () => [...(await at.everything()).keys()].filter(key => key.includes('|CLOSED#'))
    expect((await closed()).length).toBeGreaterThan(30)
    later(1)
    await undo(String(confirmed.run))
    expect(await lastRun()).toMatchObject({ undoes: confirmed.run, changedSince: 0 })
    expect(await closed()).toEqual([])
    const years = [...(await at.everything()).values()].flatMap(({ sk, group, year }) =>
      sk === 'GROUP' && year === 2027 ? [String(group)] : [],
    )
    // The classes that the undone delivery brought are empty, and go with the next complete one.
    const isNew = (key: string, item: object) =>
      years.some(group => key.includes(group) || JSON.stringify(item).includes(group))
    const after = new Map([...(await directory())].filter(([key, item]) => !isNew(key, item)))
    // That the delivery came is not undone.
    const last = `D#${source}|LAST`
    expect(after.get(last)).toMatchObject({ date: '20270902' })
    for (const items of [before, after]) items.delete(last)
    expect([...after.keys()].filter(key => !before.has(key))).toEqual([])
    expect(after).toEqual(before)
  })

  test('is not possible without its former records, and says so', async () => {
    await bring('1.zip', whole)
    await undo(String((await lastRun()).run))
    const [, last] = await items('IMPORTS', 'RUN#')
    expect(last).toMatchObject({ outcome: 'unreadable', sentence: expect.stringMatching(/30 days/) })
  })
})
