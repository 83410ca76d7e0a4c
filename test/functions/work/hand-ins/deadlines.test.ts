import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handInPatterns } from '../../../../functions/work/hand-ins/patterns.ts'
import { accepted } from '../../../support/accepted.ts'
import { type Class, openClass } from './class.ts'

let c: Class
beforeAll(async () => {
  c = await openClass()
})
afterAll(() => c.close())

const typeOf = (reply: { body: { type?: string } }) => reply.body.type?.split('/').at(-1)

describe('a deadline', () => {
  it('is judged by when the work was done: offline before it and sent after is in time, and says when it came', async () => {
    const piece = await c.assigned()
    c.goTo(180)
    const receipt = await c.handIn('lea', piece, { at: c.at(-20) })
    expect(receipt).toMatchObject({ judgement: 'in-time', at: c.at(-20), receivedAt: c.at(180) })
    expect(receipt.clockOff).toBeUndefined()
  })

  it('that has passed makes late, or closes, as the teacher chose; more time for one pupil moves both', async () => {
    c.goTo(-60)
    const taken = await c.assigned()
    const closed = await c.assigned({ late: false })
    const until = await c.assigned({ closesAt: c.at(60) })
    c.goTo(30)
    expect(await c.handIn('lea', taken)).toMatchObject({ judgement: 'late' })
    expect(typeOf(await c.askHandIn('lea', closed))).toBe('hand-in-closed')
    expect(await c.handIn('lea', until)).toMatchObject({ judgement: 'late' })
    c.goTo(61)
    expect(typeOf(await c.askHandIn('lea', until))).toBe('hand-in-closed')
    for (const piece of [taken, closed, until]) {
      const params = { piece, pupil: c.idOf('lea') }
      await accepted(c.ask('extend', 'anne', { params, body: { until: c.at(90) } }))
      expect(await c.handIn('lea', piece)).toMatchObject({ judgement: 'in-time' })
      expect(await c.listed('lea', piece)).toMatchObject({ extendedUntil: c.at(90) })
    }
    await accepted(c.ask('extend', 'anne', { params: { piece: taken, pupil: c.idOf('lea') }, body: {} }))
    expect((await c.collected(taken)).current).toMatchObject({ judgement: 'late' })
  })

  it('has a beginning where the teacher gave one', async () => {
    c.goTo(-120)
    const piece = await c.assigned({ opensAt: c.at(-60) })
    expect(typeOf(await c.askHandIn('lea', piece))).toBe('hand-in-not-open')
    c.goTo(-60)
    await c.handIn('lea', piece)
  })

  it('that was missed in an outage or two hours after it is not late, also where it is entered afterwards', async () => {
    c.goTo(-120)
    const piece = await c.assigned()
    c.goTo(130)
    expect(await c.handIn('lea', piece)).toMatchObject({ judgement: 'late' })
    await c.outage(-30, 20)
    expect((await c.collected(piece)).current).toMatchObject({ judgement: 'outage' })
    const closed = await c.assigned({ late: false })
    c.goTo(140)
    expect(await c.handIn('lea', closed)).toMatchObject({ judgement: 'outage' })
    c.goTo(141)
    expect(typeOf(await c.askHandIn('lea', closed))).toBe('hand-in-closed')
    await c.items.remove(handInPatterns.outage, { from: c.at(-30) })
  })
})

describe('a wrong clock', () => {
  it.each([
    ['ahead by a day', 1440, 86_400],
    ['behind by a day', -1440, -86_400],
  ])('%s is told to the teacher and makes nobody late', async (_, minutes, clockOff) => {
    c.goTo(-120)
    const piece = await c.assigned()
    c.goTo(10)
    // Done twenty minutes before, by the device's own clock, which the server was not asked about since.
    const wrong = { at: c.at(-10 + minutes), sentAt: c.at(10 + minutes), contactAt: c.at(-2000) }
    expect(await c.handIn('lea', piece, wrong)).toMatchObject({ judgement: 'in-time', clockOff })
    expect((await c.collected(piece)).current).toMatchObject({ clockOff })
  })

  it('that was set back after the server was last heard of is told', async () => {
    c.goTo(-120)
    const piece = await c.assigned()
    c.goTo(60)
    const back = { at: c.at(-90), sentAt: c.at(60), contactAt: c.at(-30) }
    expect(await c.handIn('lea', piece, back)).toMatchObject({ clockOff: -3600 })
  })
})
