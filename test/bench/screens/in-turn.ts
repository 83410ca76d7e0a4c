import type { Span } from '../../support/meter.ts'

/**
 * The most requests that were made one after the other: each began when the one before had ended. What is asked side by side
 * counts once.
 */
export const inTurn = (spans: readonly Span[]): number => {
  const byEnd = [...spans].sort((a, b) => a.ended - b.ended)
  let [count, last] = [0, Number.NEGATIVE_INFINITY]
  for (const { began, ended } of byEnd) {
    if (began < last) continue
    count += 1
    last = ended
  }
  return count
}
