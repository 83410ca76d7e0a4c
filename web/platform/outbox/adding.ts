import { subjectOf, type Waiting } from './waiting.ts'

/**
 * How one is added: `beside` those of its subject; `instead` of them, which do not count any more, or of those alone that were
 * refused or never `tried`, as a request without an answer may still be done; or `unless` there are some, made later.
 */
export type Adding = 'beside' | 'instead' | 'instead of untried' | 'unless'

/** `to`: the list with one more. `isReplaced`: true for those that leave it. */
export const adding = (one: Waiting, how: Adding, isTried: (other: Waiting) => boolean) => {
  const isAlike = (other: Waiting): boolean => subjectOf(other) === subjectOf(one)
  const isReplaced = (other: Waiting): boolean =>
    isAlike(other) &&
    (how === 'instead' || (how === 'instead of untried' && (other.refused !== undefined || !isTried(other))))
  const to = (all: readonly Waiting[]): readonly Waiting[] => {
    const isThere = all.some(other => other.key === one.key || (how === 'unless' && isAlike(other)))
    return isThere ? all : [...all.filter(other => !isReplaced(other)), one]
  }
  return { isReplaced, to }
}
