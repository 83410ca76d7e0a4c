import { cut, isBlank, visible } from '../../../../shared/kernel/text.ts'

/** Characters of an imported name at most. */
const longest = 120

/**
 * Text of names: composed, one space between words, without controls and what is not seen; empty if nothing is. What is
 * longer than 120 characters is cut between two signs.
 */
export const tidy = (text: string): string => {
  const seen = visible(text.normalize('NFC').replace(/[\p{Cc}\s]+/gu, ' ')).trim()
  return isBlank(seen) ? '' : cut(seen, longest).trim()
}
