import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readOwnItems } from '../../../../functions/platform/own-items.ts'
import { collectingOfHome } from '../../../../functions/work/home.ts'
import type { Collecting } from '../../../../shared/work/hand-in.ts'
import { accepted } from '../../../support/accepted.ts'
import { assertProperty } from '../../../support/property.ts'
import { groups } from '../../../support/school.ts'
import { type Class, due, openClass } from './class.ts'

let c: Class
beforeAll(async () => {
  c = await openClass()
})
beforeEach(() => c.goTo(-300))
afterAll(() => c.close())

/** How far assignments are handed in, as is kept for somebody. */
const listOf = async (who: string): Promise<readonly Collecting[]> =>
  collectingOfHome(await readOwnItems(c.platform.table, c.idOf(who)))

const listed = async (piece: string): Promise<Collecting | undefined> =>
  (await listOf('anne')).find(one => one.piece === piece)

describe('the list of assignments of a teacher', () => {
  it('has an assignment once it is set, and what is handed in and given back of it', async () => {
    const piece = await c.assigned()
    const about = { piece, title: 'Rédaction', group: groups.sixA.name, dueAt: due }
    expect(await listed(piece)).toEqual({ ...about, handedIn: 0, toReturn: 0 })
    await c.handIn('lea', piece)
    await c.stream.deliverAll()
    expect(await listed(piece)).toEqual({ ...about, handedIn: 1, toReturn: 1 })
    await c.giveBack(piece)
    await c.stream.deliverAll()
    expect(await listed(piece)).toEqual({ ...about, handedIn: 1, toReturn: 0 })
    expect(await listOf('lea')).toEqual([])
  })

  it('has no work that is not handed in, and none that was taken back', async () => {
    const task = await c.setOne('anne')
    const piece = await c.assigned()
    await accepted(c.ask('remove', 'anne', { params: { piece } }))
    await c.stream.deliverAll()
    expect((await listOf('anne')).map(one => one.piece)).not.toContain(task.id)
    expect(await listed(piece)).toBeUndefined()
    await accepted(c.ask('restore', 'anne', { params: { piece } }))
    await c.stream.deliverAll()
    expect(await listed(piece)).toMatchObject({ handedIn: 0 })
  })

  it('counts whoever handed in and has left the class since', async () => {
    const piece = await c.assigned()
    const groupsOfLea = (await c.person('lea')).groups
    await c.whileChanged('tom', { groups: groupsOfLea }, async () => {
      await c.handIn('tom', piece, {}, c.newVersion(), 'tom')
    })
    await c.stream.deliverAll()
    expect(await listed(piece)).toMatchObject({ handedIn: 1, toReturn: 1 })
  })

  it('lets an assignment go two months after it was last touched', async () => {
    const piece = await c.assigned()
    c.goTo(59 * 24 * 60)
    expect(await listed(piece)).toBeDefined()
    c.goTo(61 * 24 * 60)
    expect(await listed(piece)).toBeUndefined()
  })

  it('ends as the hand-ins are, whatever is done in which order, and through two environments', async ({ signal }) => {
    const act = fc.constantFrom('handIn', 'giveBack', 'remove', 'restore', 'deliver')
    await assertProperty(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), async acts => {
        signal.throwIfAborted()
        c.goTo(-300)
        const piece = await c.assigned()
        let isRemoved = false
        for (const one of acts) {
          c.clock.now = new Date(c.clock.now.getTime() + 60_000)
          if (one === 'deliver') await c.deliverTwice()
          else if (one === 'remove' || one === 'restore') {
            if (isRemoved === (one === 'restore')) await accepted(c.ask(one, 'anne', { params: { piece } }))
            isRemoved = one === 'remove'
          } else if (isRemoved) continue
          else if (one === 'handIn') await c.handIn('lea', piece)
          else if ((await c.collected(piece)).current) await c.giveBack(piece)
        }
        await c.deliverTwice()
        const stored = await c.stored(piece, 'lea')
        const toReturn = stored?.state === 'handed-in' || stored?.state === 'handed-in-again' ? 1 : 0
        const expected = { handedIn: (stored?.versions ?? 0) > 0 ? 1 : 0, toReturn }
        if (isRemoved) expect(await listed(piece)).toBeUndefined()
        else expect(await listed(piece)).toMatchObject(expected)
      }),
      { short: 15, long: 200 },
    )
  })
})
