import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accepted } from '../../../support/accepted.ts'
import { assertProperty } from '../../../support/property.ts'
import { type Class, openClass } from './class.ts'

let c: Class
beforeAll(async () => {
  c = await openClass()
})
beforeEach(() => c.goTo(-300))
afterAll(() => c.close())

describe('a comment and a mark', () => {
  it('are the teacher’s alone until they are given back', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    await c.note(piece, { comment: 'Très vivant.', mark: '16/20' })
    for (const who of ['lea', 'sophie']) {
      const reply = await c.ask('handIn', who, { params: { piece, pupil: c.idOf('lea') } })
      expect(reply.raw, who).not.toMatch(/vivant|16/)
    }
    expect((await c.collected(piece)).note).toMatchObject({ comment: 'Très vivant.', mark: '16/20' })
    expect(await c.giveBack(piece)).toEqual([c.idOf('lea')])
    for (const who of ['lea', 'sophie', 'karim'])
      expect((await c.seenBy(who, piece)).returned).toMatchObject({ comment: 'Très vivant.', mark: '16/20' })
    expect(await c.listed('lea', piece)).toMatchObject({ state: 'returned' })
  })

  it('stand as they were typed last at each pupil, whatever order the requests come in', async ({ signal }) => {
    const one = fc.record({ minute: fc.nat(200), pupil: fc.constantFrom('lea', 'tom'), again: fc.boolean() })
    await assertProperty(
      fc.asyncProperty(
        fc.uniqueArray(one, { minLength: 1, maxLength: 8, selector: ({ minute }) => minute }),
        async notes => {
          signal.throwIfAborted()
          c.goTo(-300)
          const piece = await c.assigned()
          const groupsOfLea = (await c.person('lea')).groups
          c.goTo(0)
          await c.whileChanged('tom', { groups: groupsOfLea }, async () => {
            for (const { minute, pupil, again } of notes)
              for (let sent = 0; sent < (again ? 2 : 1); sent++)
                await c.note(piece, { mark: String(minute), at: c.at(minute - 250) }, pupil)
          })
          for (const pupil of ['lea', 'tom']) {
            const last = Math.max(...notes.flatMap(note => (note.pupil === pupil ? note.minute : [])))
            const stored = await c.stored(piece, pupil)
            expect(stored?.mark).toBe(last >= 0 ? String(last) : undefined)
          }
        },
      ),
      { short: 8, long: 100 },
    )
  })

  it('are answered as they stand, where a later one came first', async () => {
    const piece = await c.assigned()
    c.goTo(-200)
    await c.note(piece, { comment: 'Après', at: c.at(-210) })
    const { body } = await c.note(piece, { comment: 'Avant', at: c.at(-220) })
    expect(body).toMatchObject({ comment: 'Après', at: c.at(-210) })
    await c.note(piece, { at: c.at(-205) })
    expect((await c.collected(piece)).note).toEqual({ at: c.at(-205) })
  })
})

describe('giving back', () => {
  it('leaves with the teacher what changed since it was seen, and holds no other back', async () => {
    const piece = await c.assigned()
    const first = await c.handIn('lea', piece)
    c.goTo(-290)
    await c.handIn('lea', piece)
    const items = [{ pupil: c.idOf('lea'), version: first.id }]
    const reply = await accepted(c.ask('giveBack', 'anne', { params: { piece }, body: { items } }))
    expect(reply.body).toEqual({ returned: [] })
    expect(await c.collected(piece)).toMatchObject({ state: 'handed-in' })
    await c.note(piece, { mark: 'A' })
    const unseen = [{ pupil: c.idOf('lea'), version: (await c.collected(piece)).current?.id }]
    const again = await accepted(c.ask('giveBack', 'anne', { params: { piece }, body: { items: unseen } }))
    expect(again.body).toEqual({ returned: [] })
  })

  it('is answered alike when it is repeated, and gives nothing back of somebody who handed in nothing', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    expect(await c.giveBack(piece)).toEqual([c.idOf('lea')])
    const { returned } = await c.seenBy('lea', piece)
    c.goTo(-200)
    expect(await c.giveBack(piece)).toEqual([c.idOf('lea')])
    expect((await c.seenBy('lea', piece)).returned).toEqual(returned)
    const untouched = await c.assigned()
    const items = [{ pupil: c.idOf('lea'), version: c.newVersion() }]
    const reply = await accepted(c.ask('giveBack', 'anne', { params: { piece: untouched }, body: { items } }))
    expect(reply.body).toEqual({ returned: [] })
  })

  it('is followed by a hand-in again, of which the former comment stays until the next return', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece, { text: 'Un' })
    await c.note(piece, { comment: 'À reprendre.' })
    await c.giveBack(piece)
    c.goTo(-200)
    await c.handIn('lea', piece, { text: 'Deux' })
    const seen = await c.seenBy('lea', piece)
    expect(seen).toMatchObject({ state: 'handed-in-again', returned: { comment: 'À reprendre.' } })
    expect(seen.versions.map(({ text }) => text)).toEqual(['Deux', 'Un'])
    await c.note(piece, { comment: 'Voilà.', mark: '15' })
    await c.giveBack(piece)
    expect(await c.seenBy('lea', piece)).toMatchObject({ state: 'returned', returned: { comment: 'Voilà.' } })
  })

  it('does not go back to begun: what is declared of states holds', async () => {
    const piece = await c.assigned()
    const begin = () => c.ask('start', 'lea', { params: { piece, pupil: c.idOf('lea') } })
    await accepted(begin())
    expect(await c.collected(piece)).toMatchObject({ state: 'started' })
    await c.handIn('lea', piece)
    await accepted(begin())
    expect(await c.collected(piece)).toMatchObject({ state: 'handed-in' })
    await c.giveBack(piece)
    await accepted(begin())
    expect(await c.collected(piece)).toMatchObject({ state: 'returned' })
  })
})
