import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { runOf } from '../../../functions/directory/imports/ids.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import type { ImportPage, ImportRow } from '../../../shared/directory/imports.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { deleteAll } from '../../support/dynamodb.ts'
import { testPlatform } from '../../support/platform.ts'
import { seedSchool } from '../../support/school.ts'
import { aaf, delivery, named, pupil, school, uai } from './import/aaf-feed.ts'
import { openUnattended } from './import/unattended-fixture.ts'
import { zipOf } from './import/zip.ts'

type Routes = typeof directoryContract.routes

const whole = {
  ...delivery(60, key => (Number(key) < 130 ? undefined : { ENTEleveClasses: '1$6e B' })),
  [named('EtabEducNat')]: aaf([school()]),
}
const withoutClass = { ...delivery(30), [named('EtabEducNat')]: whole[named('EtabEducNat')] ?? '' }

const onDay = (files: Record<string, string>, day: number) =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name.replace('20260901', `2026090${day}`), content]),
  )

const open = async () => {
  const at = await openUnattended()
  const platform = await testPlatform(at.database, at.clock)
  const { callers } = await seedSchool(at.database, at.clock.now)
  const woken: number[] = []
  const handler = directoryHandler({ ...platform, wake: async () => void woken.push(1) } as never)
  /** Nadia runs the school of the deliveries; all others are of other schools. */
  const as = (who: string) => {
    const caller = callers[who]
    if (!caller) throw new Error(`nobody is called ${who} here`)
    return who === 'nadia' ? { ...caller, roles: [{ uai, role: 'administrator' as const }] } : caller
  }
  const ask = (name: keyof Routes, who: string, options: Omit<CallOptions, 'as'> = {}) =>
    call(handler, platform, directoryContract.routes[name], { ...options, as: as(who) })
  const later = (hours: number) => {
    at.clock.now = new Date(at.clock.now.getTime() + hours * 3_600_000)
  }
  const finish = async () => {
    at.wakes.push(0)
    await at.finish(() => at.environment())
  }
  return {
    ...at,
    ask,
    later,
    woken,
    finishAll: finish,
    bring: async (name: string, files: Record<string, string>) => {
      await at.send(at.environment(), await at.drop(`deliveries/${name}`, await zipOf(files)))
      await finish()
    },
    list: async () => (await ask('imports', 'nadia', { params: { uai } })).body.items as ImportRow[],
    page: async (id: string) => (await ask('import', 'nadia', { params: { uai, import: id } })).body as ImportPage,
    answer: (name: 'confirmImport' | 'refuseImport' | 'undoImport', id: string) =>
      ask(name, 'nadia', { params: { uai, import: id } }),
  }
}

let at: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  at = await open()
  at.later(1)
  await at.bring('1.zip', whole)
  at.later(24)
  await at.bring('2.zip', onDay(withoutClass, 2))
})
afterAll(() => at.close())

const counts = ({ changes }: ImportPage) => Object.fromEntries(changes.map(({ kind, count }) => [kind, count]))

describe('the imports of a school', () => {
  test('are listed newest first, the held one as waiting for an answer', async () => {
    const rows = await at.list()
    expect(rows).toMatchObject([
      { held: { state: 'open', reason: 'loses-access' }, arrived: 0, left: 0, confirmed: false },
      { arrived: 91, left: 0, mode: 'complete' },
    ])
    expect(rows[1]).not.toHaveProperty('held')
  })

  test('tell of a held one who would leave, by name, and which classes would be empty', async () => {
    const [held] = await at.list()
    const page = await at.page(String(held?.id))
    expect(counts(page)).toEqual({ losing: 45 })
    expect(page.classes).toEqual([{ name: '6e B', had: 30, lost: 30 }])
    expect(page.changes[0]?.people).toHaveLength(10)
    const all = await at.ask('importPeople', 'nadia', {
      params: { uai, import: String(held?.id) },
      query: { kind: 'losing' },
    })
    const people = all.body.items as ImportPage['changes'][number]['people']
    expect(people).toHaveLength(45)
    expect(people[0]).toMatchObject({ familyName: 'Élève 130', role: 'pupil', from: ['6e B'], to: [] })
  })

  test('are not told to a teacher, nor to who runs another school', async () => {
    const [held] = await at.list()
    const params = { uai, import: String(held?.id) }
    for (const who of ['anne', 'lea', 'marc'])
      for (const name of ['import', 'confirmImport', 'undoImport'] as const)
        expect((await at.ask(name, who, { params })).status).toBe(403)
    expect((await at.ask('import', 'nadia', { params: { ...params, uai: '0750002B' } })).status).toBe(403)
    expect(
      (await at.ask('import', 'nadia', { params: { ...params, import: '20260101T000000000Z-aaaaaaaa' } })).status,
    ).toBe(404)
  })
})

describe('a held import', () => {
  test('is refused, confirmed all the same, imported, undone, and each only where it can be', async () => {
    const [held] = await at.list()
    const id = String(held?.id)
    expect(await at.answer('undoImport', id)).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/undoable/) },
    })

    expect((await at.answer('refuseImport', id)).status).toBe(204)
    expect((await at.list())[0]).toMatchObject({
      held: { state: 'refused' },
      answer: { kind: 'refused', by: 'Nadia Sow' },
    })
    expect((await at.answer('refuseImport', id)).status).toBe(409)

    at.later(1)
    expect((await at.answer('confirmImport', id)).status).toBe(204)
    expect(at.woken).toHaveLength(1)
    expect((await at.list())[0]).toMatchObject({ held: { state: 'running' } })
    expect((await at.answer('confirmImport', id)).status).toBe(409)
    await at.finishAll()
    const [confirmed, over] = await at.list()
    expect(over).toMatchObject({ id, held: { state: 'over' } })
    expect(confirmed).toMatchObject({ confirmed: true, left: 45 })
    const page = await at.page(String(confirmed?.id))
    expect(counts(page)).toEqual({ left: 45 })
    expect(page.undoUntil).toBe('2026-10-02T08:00:00.000Z')

    at.later(1)
    expect((await at.answer('undoImport', String(confirmed?.id))).status).toBe(204)
    expect((await at.answer('undoImport', String(confirmed?.id))).status).toBe(409)
    await at.finishAll()
    const [undone, before] = await at.list()
    expect(undone).toMatchObject({ arrived: 45, undoes: { id: confirmed?.id, changedSince: 0 } })
    expect(before).toMatchObject({ id: confirmed?.id, answer: { kind: 'undone', by: 'Nadia Sow' } })
    expect(await at.page(String(confirmed?.id))).not.toHaveProperty('undoUntil')
  })

  test('waits for an answer again if what was confirmed could not be imported', async () => {
    at.later(24)
    await at.bring('3.zip', onDay(withoutClass, 3))
    const [held] = await at.list()
    await at.clear()
    at.later(1)
    await at.answer('confirmImport', String(held?.id))
    await at.finishAll()
    expect((await at.list())[0]).toMatchObject({ id: held?.id, held: { state: 'open' }, answer: { kind: 'confirmed' } })
  })

  test('is as it was if its undoing could not be done', async () => {
    at.later(24)
    await at.bring('5.zip', onDay(withoutClass, 5))
    const [held] = await at.list()
    at.later(1)
    await at.answer('confirmImport', String(held?.id))
    await at.finishAll()
    const [confirmed] = await at.list()
    const everything = [...(await at.everything()).values()]
    const former = everything.find(
      item => item.pk === `S#${uai}` && item.sk === `FORMER#${runOf(String(confirmed?.id))}`,
    )
    at.later(1)
    expect((await at.answer('undoImport', String(confirmed?.id))).status).toBe(204)
    await deleteAll(at.database, [{ pk: String(former?.pk), sk: String(former?.sk) }])
    await at.finishAll()
    expect((await at.list())[0]).toMatchObject({ id: confirmed?.id, left: 45 })
    expect((await at.list())[0]).not.toHaveProperty('answer')
  })

  test('and the times in which none came are told of the school’s own source', async () => {
    const reply = async () => (await at.ask('imports', 'nadia', { params: { uai } })).body
    expect((await reply()).missed).toEqual([])
    // One that is held is not imported.
    const imported = ((await reply()).items as ImportRow[]).find(row => !row.held)
    at.later(48)
    await at.environment()({ sweep: true })
    const [missed, ...others] = (await reply()).missed as { since: string; at: string }[]
    expect(others).toEqual([])
    expect(missed?.at).toBe(at.clock.now.toISOString())
    expect(Date.parse(String(missed?.since))).toBeGreaterThanOrEqual(Date.parse(String(imported?.at)))
  })

  test('is told with what was refused of its people, and whose record it was', async () => {
    at.later(24)
    const odd = aaf([pupil('100', [], { ENTEleveClasses: '1$6e A', ENTElevePersRelEleve: 'what' })])
    await at.bring('6.zip', { [named('Eleve', { kind: 'Delta', day: 6 })]: odd })
    const [row] = await at.list()
    const { findings } = await at.page(String(row?.id))
    expect(findings).toMatchObject([{ key: '100', person: { familyName: 'Élève 100' }, reason: expect.any(String) }])
  })
})

describe('the first load of a school', () => {
  test('is told by its number, without a list of all its people; who comes later is named', async () => {
    const first = await open()
    try {
      first.later(1)
      await first.bring('1.zip', delivery(100))
      const rows = [...(await first.directory()).values()]
      expect(rows.filter(({ sk }) => sk.startsWith('CHANGE#'))).toEqual([])
      const [row] = await first.list()
      expect(counts(await first.page(String(row?.id)))).toEqual({ arrived: 151 })
      first.later(24)
      await first.bring('2.zip', onDay(delivery(101), 2))
      const [later] = await first.list()
      const page = await first.page(String(later?.id))
      expect(counts(page)).toEqual({ arrived: 2 })
      expect(page.changes[0]?.people.map(({ familyName }) => familyName)).toEqual(['Élève 200', 'Parent 550'])
    } finally {
      await first.close()
    }
  })
})
