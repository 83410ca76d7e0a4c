import { referenceAt } from './reference.ts'

/** Signs that a backslash before them takes the meaning from (CommonMark 0.31, 2.4). */
export const isEscapable = (sign: string | undefined): boolean => sign !== undefined && /^[!-/:-@[-`{-~]$/.test(sign)

/** A stretch of a text with its escapes and character references replaced by what they stand for. */
export const unescaped = (text: string): string =>
  text.replace(/\\([!-/:-@[-`{-~])|&[#\da-z]{2,9};/gi, (all, sign?: string) => sign ?? referenceAt(all, 0)?.sign ?? all)
