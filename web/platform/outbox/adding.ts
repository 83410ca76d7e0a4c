import { subjectOf, type Waiting } from './waiting.ts'

/**
 * How one is added: `beside` those of its subject; `instead` of them, which do not count any more; or `unless` there are
 * some, which were made later.
 */
export type Adding = 'beside' | 'instead' | 'unless'

/** `to`: the list with one more. `isReplaced`: true for those that leave it. */
export const adding = (one: Waiting, how: Adding) => {
  const isAlike = (other: Waiting): boolean => subjectOf(other) === subjectOf(one)
  const isReplaced = (other: Waiting): boolean => how === 'instead' && isAlike(other)
  const to = (all: readonly Waiting[]): readonly Waiting[] => {
    const isThere = all.some(other => other.key === one.key || (how === 'unless' && isAlike(other)))
    return isThere ? all : [...all.filter(other => !isReplaced(other)), one]
  }
  return { isReplaced, to }
}
