import { afterAll, beforeAll, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { clocks } from '../../../functions/features.ts'
import { firstSweep } from '../../../functions/platform/erasing/begin.ts'
import { erasingClock } from '../../../functions/platform/erasing/clock.ts'
import { erasingPatterns } from '../../../functions/platform/erasing/patterns.ts'
import { one } from '../../../functions/platform/pattern.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { openClock } from '../clock/clock.ts'
import { allErasures, idOf, type Lively, leaving, openLively, signsOf } from './lively.ts'

let t: Lively
let run: () => Promise<void>
beforeAll(async () => {
  t = await openLively()
  const all = [...Object.values(clocks).flatMap(one => one ?? []), erasingClock(t.scan, allErasures)]
  // However long a busy machine takes for a run.
  run = openClock(t.platform, all, () => 600_000)
  await t.leave()
  await t.platform.table.transact([firstSweep(new Date('2026-06-06T12:00:00.000Z'))])
})
afterAll(() => t.close())

/** The clock runs at an instant and in the minutes after it: a sweep begins, its lanes are read, it ends. */
const minutesAfter = async (at: string, minutes = 3) => {
  t.clock.now = new Date(at)
  // As if it had run each minute until then: it catches up on six hours in a run.
  await t.items.remove(platformPatterns.clock, {})
  for (let minute = 0; minute < minutes; minute++) {
    await run()
    await t.deliverToTheEnd()
    t.clock.now = new Date(t.clock.now.getTime() + 60_000)
  }
}

const names = Object.keys(leaving) as (keyof typeof leaving)[]
const traced = async () =>
  (await Promise.all(names.map(async name => ((await t.tracesOf(signsOf(name))).length > 0 ? name : [])))).flat()
const auditOf = (at: string) => t.items.get(erasingPatterns.erased, { at })

// Everybody left on 16 March 2026.

it('erases nobody whose months are not over before the next sweep', async () => {
  await minutesAfter('2026-06-07T01:00:00.000Z')
  expect(await traced()).toEqual(names)
})

it('leaves what it cannot erase ordered, and says so without naming anybody', async () => {
  // As a later release may store it that forgot to say how people are erased from it.
  const unknown = one('Z#{thing}', 'THING', directoryPatterns.territorySchool.item, { hottest: 'none' })
  await t.items.put(unknown, { thing: 'x' }, { uai: 'x', of: [{ person: idOf('berthe') }] } as never)
  // Two sweeps: the first one orders whom the second one erases.
  await minutesAfter('2026-06-14T01:00:00.000Z', 6)
  const told = t.platform.lines.filter(({ code }) => code === 'ERASE-2')
  expect(told.map(({ fields }) => fields)).toContainEqual({ left: 1, kind: 'Z# THING' })
  expect(JSON.stringify(t.platform.lines)).not.toContain(idOf('berthe'))
  expect(await t.tracesOf(signsOf('berthe'))).toEqual([`ERASE PERSON#${idOf('berthe')}`, 'Z#x THING'])
  await t.items.remove(unknown, { thing: 'x' })
})

it('erases who left three months ago, within them, and notes how many', async () => {
  await minutesAfter('2026-06-21T01:00:00.000Z')
  expect(await traced()).toEqual([])
  expect(await auditOf('2026-06-21T01:00:00.000Z')).toMatchObject({ time: 3, request: 0 })
  expect(await t.platform.table.all(erasingPatterns.orders, {})).toEqual([])
})

it('gives who is described again a person without an account, and never erases them', async () => {
  await t.comeBack()
  await minutesAfter('2026-06-28T01:00:00.000Z')
  expect(await t.personOf('zoe')).toMatchObject({ status: 'active', familyName: leaving.zoe.names[1] })
  expect(await t.personOf('berthe')).toMatchObject({ status: 'active' })
})
