import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HandInMark } from '../../../../shared/work/hand-in.ts'
import { accepted } from '../../../support/accepted.ts'
import { type Class, openClass } from './class.ts'

let c: Class
beforeAll(async () => {
  c = await openClass()
})
beforeEach(() => c.goTo(-300))
afterAll(() => c.close())

const remind = (piece: string, guardians = false) => c.ask('remind', 'anne', { params: { piece }, body: { guardians } })

/** When somebody was reminded of an assignment, by what their list says. */
const remindedAt = async (who: string, piece: string): Promise<string | undefined> =>
  ((await c.listed(who, piece)) as HandInMark | undefined)?.remindedAt

describe('remind', () => {
  it('is seen by the pupils who have not handed in, and by their guardians where that is asked for', async () => {
    const [alone, both] = [await c.assigned(), await c.assigned()]
    const at = c.clock.now.toISOString()
    expect((await accepted(remind(alone))).body).toEqual({ at, people: 1, guardians: false })
    await accepted(remind(both, true))
    await c.stream.deliverAll()
    expect([await remindedAt('lea', alone), await remindedAt('lea', both)]).toEqual([at, at])
    expect([await remindedAt('sophie', alone), await remindedAt('sophie', both)]).toEqual([undefined, at])
    expect(await c.listed('lea', alone)).toMatchObject({ state: 'assigned' })
    const { body } = await accepted(c.ask('collected', 'anne', { params: { piece: alone } }))
    expect(body.reminder).toEqual({ at, people: 1, guardians: false })
  })

  it('reminds nobody who has handed in, also between the request and the stream', async () => {
    const [before, between] = [await c.assigned(), await c.assigned()]
    await c.handIn('lea', before)
    expect((await accepted(remind(before))).body).toMatchObject({ people: 0 })
    expect((await accepted(remind(between))).body).toMatchObject({ people: 1 })
    await c.handIn('lea', between)
    await c.stream.deliverAll()
    for (const piece of [before, between]) {
      expect(await remindedAt('lea', piece)).toBeUndefined()
      expect(await c.listed('lea', piece)).toMatchObject({ state: 'handed-in' })
    }
  })

  it('pauses for some hours, and changes nothing when the stream repeats it', async () => {
    const piece = await c.assigned()
    const first = c.clock.now.toISOString()
    await accepted(remind(piece))
    await c.deliverTwice()
    c.goTo(-300 + 239)
    const refused = await remind(piece)
    expect([refused.status, refused.body.type]).toEqual([409, expect.stringContaining('hand-in-reminded')])
    expect(await remindedAt('lea', piece)).toBe(first)
    c.goTo(-300 + 240)
    await accepted(remind(piece))
    await c.deliverTwice()
    expect(await remindedAt('lea', piece)).toBe(c.clock.now.toISOString())
  })

  it('is not of work that was taken back, nor of a colleague’s', async () => {
    const piece = await c.assigned()
    await accepted(c.ask('remove', 'anne', { params: { piece } }))
    expect((await remind(piece)).status).toBe(409)
    expect((await c.ask('remind', 'marc', { params: { piece }, body: { guardians: false } })).status).toBe(403)
  })
})
