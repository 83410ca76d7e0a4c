import { plain } from '../kernel/names.ts'

/**
 * Hyphens and dashes of all kinds, and the minus sign: which of them a phone's keyboard writes is not the person's
 * choice.
 */
const hyphens = /[\p{Pd}\u2212]/gu
/** White space, and what is not seen: controls, formats (zero-width and direction marks), fillers, the Braille blank. */
const unseen = /[\p{Z}\p{C}\s\u115f\u1160\u2800\u3164\uffa0]/gu

/**
 * A typed login in the form it is stored in: lower case, without accents, spaces and invisible characters. Logins are
 * made of a-z, 0-9, dots and hyphens (functions/directory/login.ts), so that no two of them become one.
 */
export const typedLogin = (typed: string): string =>
  // Twice: letters are written out in others that hold a space of their own, such as the iota below (U+037A).
  plain(typed.replace(unseen, '').replace(hyphens, '-')).replace(unseen, '')
