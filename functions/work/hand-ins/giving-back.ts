import { problem } from '../../../shared/kernel/problem.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { handInMoves, isLegal } from '../../../shared/work/hand-in-states.ts'
import { type Condition, update } from '../../platform/operation.ts'
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

type Given = {
  readonly pupil: string
  readonly version: string
  readonly notedAt?: string | undefined
  readonly drawings?: number | undefined
}

/** The condition that a hand-in has just these of the attributes that are named. */
const same = (of: Pick<HandInItem, 'version' | 'notedAt' | 'drawings'>): Condition<HandInItem> => {
  const names = Object.keys(of) as (keyof typeof of)[]
  const known = names.filter(name => of[name] !== undefined)
  const lacks = names.filter(name => of[name] === undefined)
  return {
    is: Object.fromEntries(known.map(name => [name, of[name]])),
    ...(lacks.length > 0 && { lacks }),
  }
}

/** The operations that give one hand-in back as it was read: its version, and what was written of it and on it, are the same. */
const giving = (piece: string, item: HandInItem, version: string, now: Date) => {
  const { at: _, ...said } = noteOf(item) ?? { at: '' }
  const { notedAt, drawings, person, current, files, drawn = [] } = item
  const shown = drawn.filter(({ drawing }) => drawing !== undefined)
  const state = handInMoves.giveBack.to
  return [
    update(
      person,
      handInPatterns.handIn,
      { piece, person },
      {
        set: {
          state,
          returned: {
            ...said,
            ...(files && { files }),
            ...(shown.length > 0 && { drawn: shown }),
            at: now.toISOString(),
            version,
          },
        },
      },
      { ...allows('giveBack'), ...same({ version, notedAt, drawings }) },
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
    const asSeen = items.filter(({ person, version, notedAt, drawings }) => {
      const one = seen.get(person)
      return one && one.version === version && one.notedAt === notedAt && one.drawings === drawings
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
