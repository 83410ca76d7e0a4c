import { timeId } from '../../../shared/kernel/ids.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import type { Drawing, Drawn } from '../../../shared/work/drawing.ts'
import { uses } from '../../platform/access.ts'
import { put, remove, update } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { type DrawnOn, type HandInItem, handInPatterns } from './patterns.ts'

/** Times that a drawing is written while the hand-in is changed at the same moment: then it is read anew. */
const tries = 5

const reading = uses({ getMany: [handInPatterns.drawing] })

type OfPupil = { readonly piece: string; readonly person: string }

/** What is drawn on photos of a pupil's. One that a later one has replaced since is left out. */
export const readDrawings = async (
  table: Table<typeof reading>,
  of: OfPupil,
  drawn: readonly DrawnOn[],
): Promise<Drawing[]> => {
  const kept = drawn.flatMap(one => (one.drawing === undefined ? [] : [{ ...one, drawing: one.drawing }]))
  const items = await table.getMany(
    handInPatterns.drawing,
    kept.map(({ drawing }) => ({ ...of, drawing })),
    { consistent: true },
  )
  return kept.flatMap(({ version, file, at }, index) => {
    const item = items[index]
    return item ? [{ version, file, at, ...item }] : []
  })
}

const idsOf = (...lists: readonly (readonly DrawnOn[] | undefined)[]): string[] => [
  ...new Set(lists.flatMap((drawn = []) => drawn.flatMap(({ drawing }) => drawing ?? []))),
]

const isEmpty = ({ strokes, remarks }: Drawn): boolean => strokes.length + remarks.length === 0

/**
 * The operations that put a drawing in the place of an earlier one of the same photo. What was given back stays until
 * something else is.
 */
const replaced = (
  of: OfPupil,
  item: HandInItem | undefined,
  on: Pick<DrawnOn, 'version' | 'file' | 'at'>,
  drawn: Drawn,
  now: Date,
) => {
  const others = (item?.drawn ?? []).filter(({ version, file }) => version !== on.version || file !== on.file)
  const made = isEmpty(drawn) ? undefined : timeId(now)
  const all = [...others, { ...on, ...(made !== undefined && { drawing: made }) }]
  const inked = idsOf(all, item?.returned?.drawn)
  const { drawings } = item ?? {}
  return [
    ...(made === undefined ? [] : [put('drawing', handInPatterns.drawing, { ...of, drawing: made }, drawn)]),
    ...(item?.inked ?? [])
      .filter(id => !inked.includes(id))
      .map(drawing => remove('former drawing', handInPatterns.drawing, { ...of, drawing })),
    update(
      'hand-in',
      handInPatterns.handIn,
      of,
      { set: { drawn: all, drawings: (drawings ?? 0) + 1, inked } },
      // What is given back meanwhile keeps its drawings.
      item
        ? {
            is: { state: item.state, ...(drawings !== undefined && { drawings }) },
            ...(!drawings && { lacks: ['drawings'] }),
          }
        : { lacks: ['state', 'drawings'] },
    ),
  ]
}

/**
 * Writes on a photo of a pupil's. Of two drawings of one photo the one that was drawn later stays, whichever comes first; if
 * that is another one, it is answered.
 */
export const draw =
  ({ table }: WorkPlatform) =>
  async ({ params: { piece, pupil, version, file }, body, now, commit }: WorkRequest<'draw'>) => {
    const of = { piece, person: pupil }
    const latest = now.toISOString()
    const { strokes, remarks } = body
    // A device whose clock is ahead would win for ever.
    const [at = latest] = [body.at, latest].sort()
    const attempt = async () => {
      const item = await table.get(handInPatterns.handIn, of, { consistent: true })
      const there = item?.drawn?.find(one => one.version === version && one.file === file)
      if (there && there.at > at) {
        const [stands = { strokes: [], remarks: [] }] = await readDrawings(table, of, [there])
        const reply = { at: there.at, drawings: item?.drawings ?? 0, stands }
        return commit([], reply, { remember: false })
      }
      return commit(replaced(of, item, { version, file, at }, { strokes, remarks }, now), {
        at,
        drawings: (item?.drawings ?? 0) + 1,
      })
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done.ok || done.problem.type !== 'conflict' ? done : fail(problem('unavailable', { retryAfter: 1 }))
  }
