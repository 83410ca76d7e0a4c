import { fold } from '../../../shared/kernel/names.ts'

/**
 * True if each word sought begins a word of a text, whatever its accents and case. Both are folded (shared/kernel/names.ts),
 * which also takes the signs of Markdown away.
 */
export const isSoughtIn = (folded: string, sought: string): boolean =>
  fold(sought)
    .split(' ')
    .every(word => ` ${folded}`.includes(` ${word}`))
