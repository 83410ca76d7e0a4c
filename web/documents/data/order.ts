import type { LinkedEntry } from '../../../shared/documents/shapes.ts'
import { byLabel, fold } from '../../../shared/kernel/names.ts'

/** A document, or a folder where `file` is absent, as a screen shows it. */
export type ShownEntry = LinkedEntry

/** Folders first, by their names; then the newest documents. */
export const inOrder = (a: ShownEntry, b: ShownEntry): number =>
  Number(Boolean(a.file)) - Number(Boolean(b.file)) ||
  (a.file ? (a.at < b.at ? 1 : a.at > b.at ? -1 : 0) : byLabel(a.name, b.name)) ||
  (a.id < b.id ? -1 : 1)

/** Each entry once, as the first list has it. */
export const distinct = (...lists: readonly (readonly ShownEntry[])[]): ShownEntry[] => [
  ...new Map(
    lists
      .flat()
      .reverse()
      .map(one => [one.id, one]),
  ).values(),
]

/** Those whose names hold every word of what is sought. */
export const named = (entries: readonly ShownEntry[], sought: string): ShownEntry[] => {
  const words = fold(sought).split(' ')
  return entries.filter(({ name }) => {
    const folded = fold(name)
    return words.every(word => folded.includes(word))
  })
}
