import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workContract } from '../../../shared/work/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { exercises } from './examples.ts'
import { openTerritory, type Territory } from './territory.ts'

type Name = keyof (typeof workContract)['routes']

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

/** A piece of Anne's that Léa ticked. */
const ticked = async (): Promise<string> => {
  const { id: piece } = await t.setOne('anne')
  const ticks = [{ piece, done: true, at: t.clock.now.toISOString() }]
  await accepted(t.ask('tick', 'lea', { body: { ticks } }))
  return piece
}
const { subject, title } = exercises

/** What each route of a piece answers to its author who has lost the class, and to those who run the school. */
const routes: Partial<Record<Name, { lost: number; marc: number; removed?: true; body?: object }>> = {
  piece: { lost: 200, marc: 200 },
  edit: { lost: 422, marc: 403, body: { subject, title, day: '2100-01-05', version: 1 } },
  giveCorrection: { lost: 422, marc: 403, body: { text: 'a) 11/8', attachments: [] } },
  withdrawCorrection: { lost: 422, marc: 403 },
  remove: { lost: 200, marc: 200 },
  restore: { lost: 422, marc: 200, removed: true },
}

describe('routes of a piece', () => {
  it('are these, each with what an author is answered who has lost the class', () => {
    const within = Object.entries(workContract.routes).filter(
      ([, route]) =>
        'within' in route &&
        typeof route.within === 'object' &&
        [...route.within.relations].some(one => one === 'piece' || one === 'followedPiece'),
    )
    expect(within.map(([name]) => name).sort()).toEqual(Object.keys(routes).sort())
  })

  it.each(Object.entries(routes))(
    '%s: an author who has lost the class takes back and does nothing more, others are not concerned',
    async (name, one) => {
      for (const [who, status] of [
        ['anne', one.lost],
        ['marc', one.marc],
      ] as const) {
        const piece = await ticked()
        if (one.removed) await accepted(t.ask('remove', 'anne', { params: { piece } }))
        await t.withoutGroups('anne', async () => {
          const reply = await t.ask(name as Name, who, { params: { piece }, ...(one.body && { body: one.body }) })
          expect(reply.status).toBe(status)
        })
      }
    },
  )
})

describe('piece', () => {
  it('names who ticked it to those who teach the class or run the school, and tells others the number', async () => {
    const piece = await ticked()
    const shown = async (who: string) => {
      const { done, ticked: by } = (await accepted(t.ask('piece', who, { params: { piece } }))).body
      return [done, (by as { id: string }[]).map(({ id }) => id)]
    }
    const named = [1, [t.idOf('lea')]]
    expect(await shown('anne')).toEqual(named)
    await t.withoutGroups('anne', async () => {
      expect(await shown('anne')).toEqual([1, []])
      expect(await shown('marc')).toEqual(named)
    })
  })
})
