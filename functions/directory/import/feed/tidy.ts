import { cut, isBlank, visible } from '../../../../shared/kernel/text.ts'

/** Characters of an imported name at most. */
const longest = 120

const once = (text: string): string =>
  cut(visible(text.normalize('NFC').replace(/[\p{Cc}\s]+/gu, ' ')).trim(), longest).trim()

/**
 * Text of names: composed, one space between words, without controls and what is not seen; empty if nothing is. What is
 * longer than 120 characters is cut between two signs.
 */
export const tidy = (text: string): string => {
  let name = once(text)
  // What is taken away may leave two spaces side by side, or a letter beside its accent.
  for (let next = once(name); next !== name; next = once(name)) name = next
  return isBlank(name) ? '' : name
}
