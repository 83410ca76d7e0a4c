import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workPatterns } from '../../../functions/work/patterns.ts'
import type { TickedBy } from '../../../shared/work/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { assertProperty } from '../../support/property.ts'
import { groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory(new Date('2026-11-23T18:00:00.000Z'))
})
afterAll(() => t.close())

const tick = (who: string, piece: string, done = true, at = '2026-11-23T17:00:00.000Z') =>
  accepted(t.ask('tick', who, { body: { ticks: [{ piece, done, at }] } }))

describe('tick', () => {
  it('is seen by the pupil and by their guardians, and counted for the teacher', async () => {
    const { id } = await t.setOne('anne', { to: [{ group: groups.sixA.id, day: '2026-11-24' }] })
    expect((await tick('lea', id)).body).toEqual({ ticked: [id] })
    await t.stream.deliverAll()
    const ticked = { piece: id, done: true, at: '2026-11-23T17:00:00.000Z' }
    expect((await t.workOf('lea')).ticks).toContainEqual(ticked)
    const asked = { query: { children: t.idOf('lea') } }
    expect((await accepted(t.ask('state', 'sophie', asked))).body.items[0].ticks).toContainEqual(ticked)
    expect((await t.mine('anne', '2026-W48')).find(one => one.id === id)).toMatchObject({ done: 1 })
  })

  it('is of the pupil’s own class and of tasks alone', async () => {
    const task = await t.setOne('anne')
    const session = await t.setOne('anne', { kind: 'session', title: 'Les fractions' })
    expect((await tick('tom', task.id)).body).toEqual({ ticked: [] })
    expect((await tick('lea', session.id)).body).toEqual({ ticked: [] })
    expect((await t.ask('tick', 'sophie', { body: { ticks: [] } })).status).toBe(403)
  })

  it('names who has left the class since, as the lists count them, while the author teaches there', async () => {
    const { id } = await t.setOne('anne', { to: [{ group: groups.sixA.id, day: '2026-11-24' }] })
    await tick('lea', id)
    // Tom is of another class today.
    const fact = { person: t.idOf('tom'), done: true, at: '2026-11-23T17:00:00.000Z', week: '2026-W48' }
    await openItems(t.database).put(workPatterns.tick, { piece: id, person: fact.person }, fact)
    await t.stream.deliverAll()
    const named = async () => {
      const { body } = await accepted(t.ask('piece', 'anne', { params: { piece: id } }))
      const ticked = body.ticked as readonly TickedBy[]
      return { done: body.done, ticked: ticked.map(one => ({ id: one.id, hasLeft: one.hasLeft })) }
    }
    expect((await t.mine('anne', '2026-W48')).find(one => one.id === id)).toMatchObject({ done: 2 })
    const { done, ticked } = await named()
    expect(done).toBe(2)
    expect(ticked).toHaveLength(2)
    expect(ticked).toContainEqual({ id: t.idOf('lea'), hasLeft: undefined })
    expect(ticked).toContainEqual({ id: t.idOf('tom'), hasLeft: true })
    await t.withoutGroups('anne', async () => expect(await named()).toEqual({ done: 2, ticked: [] }))
  })

  it('is not of another time than the server’s, where a device is ahead', async () => {
    const { id } = await t.setOne('anne')
    await tick('lea', id, true, '2031-01-01T00:00:00.000Z')
    await t.stream.deliverAll()
    expect((await t.workOf('lea')).ticks.find(({ piece }) => piece === id)?.at).toBe(t.clock.now.toISOString())
    // What comes after it counts, though the device had said a later time.
    t.clock.now = new Date(t.clock.now.getTime() + 1000)
    await tick('lea', id, false, t.clock.now.toISOString())
    await t.stream.deliverAll()
    expect((await t.workOf('lea')).ticks.find(({ piece }) => piece === id)?.done).toBe(false)
  })

  it('state refuses to tell of somebody else’s child', async () => {
    const tomAndLea = { query: { children: [t.idOf('lea'), t.idOf('tom')].join(',') } }
    expect((await t.ask('state', 'sophie', tomAndLea)).status).toBe(404)
    expect((await t.ask('state', 'anne', { query: { children: t.idOf('lea') } })).status).toBe(404)
  })

  it('ends as the last one by time, whatever order they come in, however often, and through two environments', async ({
    signal,
  }) => {
    const one = fc.record({ minute: fc.nat(50), done: fc.boolean(), again: fc.boolean() })
    await assertProperty(
      fc.asyncProperty(
        fc.uniqueArray(one, { minLength: 1, maxLength: 8, selector: ({ minute }) => minute }),
        async ticks => {
          signal.throwIfAborted()
          const { id, day } = await t.setOne('anne', { to: [{ group: groups.sixA.id, day: '2026-11-25' }] })
          for (const { minute, done, again } of ticks) {
            const at = `2026-11-23T16:${String(minute).padStart(2, '0')}:00.000Z`
            await tick('lea', id, done, at)
            if (again) await tick('lea', id, done, at)
            // Two environments are given the same records.
            await t.deliverTwice()
          }
          const last = ticks.reduce((most, next) => (next.minute > most.minute ? next : most))
          expect((await t.workOf('lea')).ticks.find(({ piece }) => piece === id)?.done).toBe(last.done)
          expect((await t.mine('anne', '2026-W48')).find(row => row.id === id)).toMatchObject({
            day,
            done: last.done ? 1 : 0,
          })
        },
      ),
      { short: 12, long: 200 },
    )
  })
})

describe('own tasks', () => {
  const task = '01kcv3m0q000000000000a'
  const body = { title: 'Rapporter le livre à Zoé', day: '2026-11-24' }

  it('are kept, changed and removed, and shown to the pupil’s guardians', async () => {
    await accepted(t.ask('keepTask', 'lea', { params: { task }, body }))
    await accepted(
      t.ask('keepTask', 'lea', { params: { task }, body: { ...body, doneAt: '2026-11-23T17:00:00.000Z' } }),
    )
    expect((await t.workOf('lea')).tasks).toEqual([{ id: task, ...body, doneAt: '2026-11-23T17:00:00.000Z' }])
    const seen = await accepted(t.ask('state', 'karim', { query: { children: t.idOf('lea') } }))
    expect(seen.body.items[0].tasks).toHaveLength(1)
    await accepted(t.ask('removeTask', 'lea', { params: { task } }))
    expect((await t.workOf('lea')).tasks).toEqual([])
  })

  it('are at most a hundred: those done long ago make room, and without any a sentence says so', async () => {
    const at = (index: number) => `01kcv3m0q0000000000${String(index).padStart(3, '0')}`
    for (let index = 0; index < 100; index++)
      await accepted(
        t.ask('keepTask', 'tom', {
          params: { task: at(index) },
          body: { ...body, ...(index === 7 && { doneAt: '2026-11-23T17:00:00.000Z' }) },
        }),
      )
    await accepted(t.ask('keepTask', 'tom', { params: { task: at(100) }, body }))
    const { tasks } = await t.workOf('tom')
    expect(tasks).toHaveLength(100)
    expect(tasks.map(({ id }) => id)).not.toContain(at(7))
    const refused = await t.ask('keepTask', 'tom', { params: { task: at(101) }, body })
    expect(refused).toMatchObject({ status: 409, body: { type: '/api/problems/too-many-tasks' } })
  })
})
