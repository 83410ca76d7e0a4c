import { timeId } from '../../../shared/kernel/ids.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { workProblem } from '../../../shared/work/contract.ts'
import { type Drawing, type Drawn, drawingLimits } from '../../../shared/work/drawing.ts'
import { uses } from '../../platform/access.ts'
import { put, remove, update } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { type DrawnOn, type HandInItem, handInPatterns } from './patterns.ts'

/** Times that a drawing is written while the hand-in is changed at the same moment: then it is read anew. */
const tries = 5

const reading = uses({ getMany: [handInPatterns.drawing] })

type OfPupil = { readonly piece: string; readonly person: string }

/** What is drawn on photos and pages of a pupil's. One that a later one has replaced since is left out. */
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
  return kept.flatMap(({ drawing: _, ...on }, index) => {
    const item = items[index]
    return item ? [{ ...on, ...item }] : []
  })
}

const idsOf = (...lists: readonly (readonly DrawnOn[] | undefined)[]): string[] => [
  ...new Set(lists.flatMap((drawn = []) => drawn.flatMap(({ drawing }) => drawing ?? []))),
]

const isEmpty = ({ strokes, remarks }: Drawn): boolean => strokes.length + remarks.length === 0

type On = Omit<DrawnOn, 'drawing' | 'at'>

const isSame = (one: On, { version, file, page }: On): boolean =>
  one.version === version && one.file === file && one.page === page

/**
 * The operations that put a drawing in the place of an earlier one of the same photo or page. What was given back stays until
 * something else is.
 */
const replaced = (of: OfPupil, item: HandInItem | undefined, on: Omit<DrawnOn, 'drawing'>, drawn: Drawn, now: Date) => {
  const others = (item?.drawn ?? []).filter(one => !isSame(one, on))
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
 * Writes on a photo of a pupil's, or a page. Of two drawings of one photo the one that was drawn later stays, whichever comes first; if
 * that is another one, it is answered.
 */
export const draw =
  ({ table }: WorkPlatform) =>
  async ({ params: { piece, pupil, version, file }, body, now, commit }: WorkRequest<'draw'>) => {
    const of = { piece, person: pupil }
    const latest = now.toISOString()
    const { page, strokes, remarks } = body
    const on = { version, file, ...(page !== undefined && { page }) }
    // A device whose clock is ahead would win for ever.
    const [at = latest] = [body.at, latest].sort()
    const attempt = async () => {
      const item = await table.get(handInPatterns.handIn, of, { consistent: true })
      const { drawn = [] } = item ?? {}
      const there = drawn.find(one => isSame(one, on))
      if (there && there.at > at) {
        const [stands = { strokes: [], remarks: [] }] = await readDrawings(table, of, [there])
        const reply = { at: there.at, drawings: item?.drawings ?? 0, stands }
        return commit([], reply, { remember: false })
      }
      const others = drawn.filter(one => one !== there && one.drawing !== undefined)
      if (!isEmpty({ strokes, remarks }) && others.length >= drawingLimits.drawn)
        return fail(workProblem('too-much-drawn'))
      return commit(replaced(of, item, { ...on, at }, { strokes, remarks }, now), {
        at,
        drawings: (item?.drawings ?? 0) + 1,
      })
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done.ok || done.problem.type !== 'conflict' ? done : fail(problem('unavailable', { retryAfter: 1 }))
  }
