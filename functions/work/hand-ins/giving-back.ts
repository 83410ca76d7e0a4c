import { problem } from '../../../shared/kernel/problem.ts'
import { ok } from '../../../shared/kernel/result.ts'
import type { Note } from '../../../shared/work/hand-in.ts'
import { handInMoves, isLegal } from '../../../shared/work/hand-in-states.ts'
import { update } from '../../platform/operation.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { ownHandIn } from './own-row.ts'
import { type HandInItem, handInPatterns } from './patterns.ts'
import { allows } from './states.ts'

/** What a teacher wrote of a hand-in; undefined if nothing was. */
export const noteOf = ({ comment, mark, notedAt }: HandInItem): Note | undefined =>
  notedAt === undefined
    ? undefined
    : { ...(comment !== undefined && { comment }), ...(mark !== undefined && { mark }), at: notedAt }

const absentOf = <Name extends string>(values: Readonly<Record<Name, unknown>>): Name[] =>
  (Object.keys(values) as Name[]).filter(name => values[name] === undefined)

/**
 * Writes a comment and a mark for a pupil. Of two the one that was typed later stays, whichever comes first: what is
 * answered is the one that stands.
 */
export const note =
  ({ table }: WorkPlatform) =>
  async ({ params: { piece, pupil: person }, body, now, commit }: WorkRequest<'note'>) => {
    const latest = now.toISOString()
    const { comment, mark } = body
    // A device whose clock is ahead would win for ever.
    const [notedAt = latest] = [body.at, latest].sort()
    const absent = absentOf({ comment, mark })
    const written = await commit(
      [
        update(
          'note',
          handInPatterns.handIn,
          { piece, person },
          {
            set: { person, comment, mark, notedAt },
            first: { state: 'assigned', versions: 0 },
            ...(absent.length > 0 && { remove: absent }),
          },
          { any: [{ lacks: ['notedAt'] }, { notAbove: { notedAt } }] },
        ),
      ],
      { ...body, at: notedAt },
    )
    if (written.ok || written.problem.type !== 'conflict') return written
    const item = await table.get(handInPatterns.handIn, { piece, person }, { consistent: true })
    return commit([], (item && noteOf(item)) ?? { at: notedAt })
  }

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
  const { notedAt, person, current } = item
  const state = handInMoves.giveBack.to
  return [
    update(
      person,
      handInPatterns.handIn,
      { piece, person },
      { set: { state, returned: { ...said, at: now.toISOString(), version } } },
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
