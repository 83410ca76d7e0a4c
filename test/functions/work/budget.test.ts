import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptBudgetChanges } from '../../../shared/work/budget.ts'
import { accepted } from '../../support/accepted.ts'
import { college, ecole, groups } from '../../support/school.ts'
import { exercises } from './examples.ts'
import { openTerritory, type Territory } from './territory.ts'

/* It is 23 November 2026, 8 in the morning in Paris. */

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const params = { uai: college }
const on = (...days: string[]) => days.map(day => ({ group: groups.sixA.id, day }))
const allow = (minutes: number | undefined, who = 'marc') =>
  accepted(t.ask('setBudget', who, { params, body: minutes === undefined ? {} : { minutes } }))
const longDays = async (who = 'marc') => (await accepted(t.ask('longDays', who, { params }))).body
const asked = (body: object) => t.ask('set', 'anne', { body: { ...exercises, ...body } })

describe('setBudget', () => {
  it('keeps the last changes with who made them, and is read by those who set work', async () => {
    await allow(90)
    const { body } = await allow(60, 'nadia')
    expect(body).toMatchObject({ minutes: 60, changes: [{ minutes: 60, by: { name: 'Nadia Sow' } }, { minutes: 90 }] })
    expect((await accepted(t.ask('budget', 'anne', { params }))).body).toEqual({ minutes: 60 })
    for (let at = 0; at < keptBudgetChanges; at++) await allow(50)
    expect((await longDays()).changes).toHaveLength(keptBudgetChanges)
  })

  it('is refused to whoever does not run this school', async () => {
    for (const who of ['anne', 'claire', 'remi', 'denise', 'sophie', 'lea'])
      expect((await t.ask('setBudget', who, { params, body: {} })).status, who).toBe(403)
    for (const who of ['anne', 'claire', 'denise'])
      expect((await t.ask('longDays', who, { params })).status, who).toBe(403)
    expect((await t.ask('budget', 'anne', { params: { uai: ecole } })).status).toBe(403)
  })

  it('takes a budget back: nothing is asked any more', async () => {
    await allow(undefined)
    expect((await accepted(t.ask('budget', 'anne', { params }))).body).toEqual({})
    expect((await asked({ to: on('2026-12-10'), minutes: 500 })).status).toBe(201)
  })
})

describe('set and edit with a budget', () => {
  beforeAll(async () => {
    await allow(60)
    await t.setOne('anne', { title: 'Lire', minutes: 45, to: on('2026-11-26') })
  })

  it('ask for the acknowledgement, with both figures for each class and day that passes', async () => {
    const to = on('2026-11-25', '2026-11-26')
    const { status, body } = await asked({ to, minutes: 20 })
    expect(status).toBe(422)
    expect(body).toMatchObject({ type: '/api/problems/over-budget' })
    expect(body.errors).toEqual([
      { path: 'body.to.1', message: 'would have 65 minutes, of 60 at most', room: { needed: 65, left: 60 } },
    ])
    const alone = await asked({ to, minutes: 70 })
    expect(alone.body.errors.map((one: { room: unknown }) => one.room)).toEqual([
      { needed: 70, left: 60 },
      { needed: 115, left: 60 },
    ])
  })

  it('refuse nothing once it is acknowledged, nor up to the budget, nor of a lesson', async () => {
    expect((await asked({ to: on('2026-11-26'), minutes: 15 })).status).toBe(201)
    expect((await asked({ to: on('2026-11-27'), minutes: 70, overBudget: true })).status).toBe(201)
    expect((await asked({ to: on('2026-11-26'), kind: 'session', minutes: 55 })).status).toBe(201)
    expect((await asked({ to: on('2026-11-26'), minutes: undefined })).status).toBe(201)
  })

  it('ask it of a change that lengthens a piece or moves it, and of no other, without its own former minutes', async () => {
    await t.stream.deliverAll()
    const { id } = await t.setOne('anne', { title: 'Long', minutes: 60, to: on('2026-12-01') })
    const { uai: _, kind: __, to: ___, text: ____, ...written } = exercises
    const edit = (body: object) => t.ask('edit', 'anne', { params: { piece: id }, body: { ...written, ...body } })
    const passing = await edit({ minutes: 61, day: '2026-12-01', version: 1 })
    expect(passing.body).toMatchObject({ errors: [{ path: 'body.day', room: { needed: 61, left: 60 } }] })
    expect((await edit({ minutes: 40, day: '2026-11-26', version: 1 })).status).toBe(422)
    await accepted(edit({ minutes: 61, day: '2026-12-01', version: 1, overBudget: true }))
    await accepted(edit({ minutes: 61, day: '2026-12-01', version: 2, title: 'Un mot de moins' }))
    await accepted(edit({ minutes: 50, day: '2026-12-01', version: 3 }))
  })

  it('count nothing that is scheduled for later', async () => {
    await t.setOne('anne', { minutes: 60, to: on('2026-12-03'), publishAt: '2026-12-01T07:00:00.000Z' })
    expect((await asked({ to: on('2026-12-03'), minutes: 60 })).status).toBe(201)
  })
})

describe('longDays', () => {
  const daysOf = async () =>
    (await longDays()).days.map((one: { day: string; minutes: number }) => [one.day, one.minutes])

  it('tells the classes and days of two weeks that pass the budget, with subjects and minutes and no name', async () => {
    await allow(30)
    await t.set('anne', { minutes: 25, subject: 'Sciences', to: on('2026-12-04', '2026-12-07'), overBudget: true })
    await t.set('anne', { minutes: 10, subject: 'Français', to: on('2026-12-04', '2026-12-07'), overBudget: true })
    const { days, until, minutes } = await longDays()
    expect([minutes, until]).toEqual([30, '2026-12-06'])
    expect(days.at(-1)).toEqual({
      day: '2026-12-04',
      group: { id: groups.sixA.id, name: '6e A' },
      minutes: 35,
      pieces: [
        { subject: 'Français', minutes: 10 },
        { subject: 'Sciences', minutes: 25 },
      ],
    })
    expect((await longDays('nadia')).days).toEqual(days)
    expect(days.map(({ day }: { day: string }) => day)).not.toContain('2026-12-07')
  })

  it('follows a piece that is moved, shortened, taken back, brought back and published at its time', async () => {
    await allow(100)
    const day = '2026-12-02'
    const { id: piece } = await t.setOne('anne', { minutes: 110, to: on(day), overBudget: true })
    const told = async () => (await daysOf()).filter(([of]: string[]) => of === day || of === '2026-11-30')
    expect(await told()).toEqual([[day, 110]])
    const { uai: _, kind: __, to: ___, ...written } = exercises
    const edit = async (body: object) => {
      await accepted(t.ask('edit', 'anne', { params: { piece }, body: { ...written, overBudget: true, ...body } }))
      await t.stream.deliverAll()
    }
    await edit({ minutes: 120, day: '2026-11-30', version: 1 })
    expect(await told()).toEqual([['2026-11-30', 120]])
    await accepted(t.ask('remove', 'anne', { params: { piece } }))
    await t.stream.deliverAll()
    expect(await told()).toEqual([])
    await accepted(t.ask('restore', 'marc', { params: { piece } }))
    await t.stream.deliverAll()
    expect(await told()).toEqual([['2026-11-30', 120]])
    await edit({ minutes: 20, day: '2026-11-30', version: 4 })
    expect(await told()).toEqual([])
    await t.setOne('anne', { minutes: 130, to: on(day), publishAt: '2026-11-23T07:05:00.000Z', overBudget: true })
    expect(await told()).toEqual([])
    await t.runAt('2026-11-23T07:05:30.000Z')
    expect(await told()).toEqual([[day, 130]])
  })

  it('forgets a day once it is over', async () => {
    t.clock.now = new Date('2026-12-02T22:59:00.000Z')
    expect((await daysOf())[0]).toEqual(['2026-12-02', 130])
    t.clock.now = new Date('2026-12-02T23:00:00.000Z')
    expect((await daysOf()).map(([day]: string[]) => day)).not.toContain('2026-12-02')
  })
})
