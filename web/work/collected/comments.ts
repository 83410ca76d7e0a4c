import { isBlank } from '../../../shared/kernel/text.ts'
import type { CollectedHandIn } from '../../../shared/work/hand-in.ts'
import type { PupilNote } from './notes.ts'

/** The most comments that are offered. */
const most = 8

/** What stands of a pupil: as it was typed here, else as it was saved, or given back. */
const commentOf = ({ id, note, returned }: CollectedHandIn, typed: ReadonlyMap<string, PupilNote>): string =>
  typed.get(id)?.comment ?? note?.comment ?? returned?.comment ?? ''

/** The comments that were written of other pupils of the class, to be used again: those that were used most come first. */
export const commentsToReuse = (
  items: readonly CollectedHandIn[],
  typed: ReadonlyMap<string, PupilNote>,
  pupil: string,
): readonly string[] => {
  const counts = new Map<string, number>()
  for (const item of items) {
    const comment = commentOf(item, typed).trim()
    if (item.id !== pupil && !isBlank(comment)) counts.set(comment, (counts.get(comment) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([comment]) => comment)
}

/** A comment with another one after what was typed already. */
export const withComment = (typed: string, other: string): string =>
  isBlank(typed) ? other : `${typed.trimEnd()}\n${other}`
