import { problem } from '../../../shared/kernel/problem.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { handInMoves, isLegal } from '../../../shared/work/hand-in-states.ts'
import { update } from '../../platform/operation.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { noteOf } from './noting.ts'
import { ownHandIn } from './own-row.ts'
import { type HandInItem, handInPatterns } from './patterns.ts'
import { allows } from './states.ts'

/** Gives a pupil more time, or takes that back. What was handed in is judged by it at once. */
export const extend =
  ({ table }: WorkPlatform) =>
  async ({ params: { piece, pupil: person }, body: { until }, now, commit }: WorkRequest<'extend'>) => {
    const item = await table.get(handInPatterns.handIn, { piece, person }, { consistent: true })
    const state = item?.state ?? 'assigned'
    const removed = until === undefined ? (['extendedUntil'] as const) : []
    return commit(
      [
        update(
          'extension',
          handInPatterns.handIn,
          { piece, person },
          {
            set: { person, extendedUntil: until },
            first: { state: 'assigned', versions: 0 },
            ...(removed.length > 0 && { remove: removed }),
          },
          item ? { is: { state } } : { lacks: ['state'] },
        ),
        ownHandIn(person, { piece, state, extendedUntil: until }, now, removed),
      ],
      undefined,
    )
  }

type Given = { readonly pupil: string; readonly version: string; readonly notedAt?: string | undefined }

/** The operations that give one hand-in back as it was read: neither its version nor what was written of it is another one. */
const giving = (piece: string, item: HandInItem, version: string, now: Date) => {
  const { at: _, ...said } = noteOf(item) ?? { at: '' }
  const { notedAt, person, current, files } = item
  const state = handInMoves.giveBack.to
  return [
    update(
      person,
      handInPatterns.handIn,
      { piece, person },
      { set: { state, returned: { ...said, ...(files && { files }), at: now.toISOString(), version } } },
      {
        ...allows('giveBack'),
        is: { version, ...(notedAt !== undefined && { notedAt }) },
        ...(notedAt === undefined && { lacks: ['notedAt' as const] }),
      },
    ),
    ownHandIn(person, { piece, state, at: current?.at }, now),
  ]
}

/**
 * Gives hand-ins back, each as the teacher saw it. One that changed meanwhile stays with the teacher and holds no other
 * back. A repeat names those that are back already.
 */
export const giveBack =
  ({ table }: WorkPlatform) =>
  async ({ params: { piece }, body, now, commit }: WorkRequest<'giveBack'>) => {
    const seen = new Map(body.items.map((one): [string, Given] => [one.pupil, one]))
    const items = await table.all(handInPatterns.handInsOf, { piece }, { consistent: true })
    const asSeen = items.filter(({ person, version, notedAt }) => {
      const one = seen.get(person)
      return one && one.version === version && one.notedAt === notedAt
    })
    const back = asSeen.flatMap(({ person, state }) => (state === handInMoves.giveBack.to ? [person] : []))
    let left = asSeen.filter(({ state }) => isLegal('giveBack', state))
    for (;;) {
      const changed: string[] = []
      const operations = left.flatMap(item => giving(piece, item, item.version ?? '', now))
      const done = await commit(
        operations,
        { returned: [...back, ...left.map(({ person }) => person)] },
        {
          refused: names => {
            changed.push(...names)
            return problem('conflict')
          },
        },
      )
      if (done.ok) return ok(done.value)
      const rest = left.filter(({ person }) => !changed.includes(person))
      if (done.problem.type !== 'conflict' || rest.length === left.length) return done
      left = rest
    }
  }
