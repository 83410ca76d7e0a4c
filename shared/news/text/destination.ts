import { isEscapable, unescaped } from './escape.ts'
import type { Work } from './work.ts'

/** What stands in the brackets after the words of a link, and where they end. */
type Destination = { readonly typed: string; readonly end: number }

const number = /\(\s*((?:tel:)?\+?\d[\d .\u00a0\u202f-]{5,30})\)/iy

/** Brackets within an address, one in another: more are no address that is read, and would be looked at again and again. */
const deepest = 3

/**
 * What the brackets hold that begin at `from`: a telephone number, or a word without spaces, in which brackets are
 * balanced (CommonMark 0.31, 6.3; without a link's title, which no reader would see). Undefined if they hold none.
 */
export const destination = (line: string, from: number, work: Work): Destination | undefined => {
  number.lastIndex = from
  const called = number.exec(line)
  if (called) return { typed: called[1] ?? '', end: number.lastIndex }
  let at = from + 1
  while (line[at] === ' ') at++
  const pointed = line[at] === '<'
  const start = pointed ? ++at : at
  for (let depth = 0; at < line.length; at++) {
    const sign = line[at] ?? ''
    if (sign === '\\' && isEscapable(line[at + 1])) at++
    else if (pointed ? /[<>\n]/.test(sign) : /[\s<]/.test(sign)) break
    else if (!pointed && sign === '(' && ++depth > deepest) break
    else if (!pointed && sign === ')' && depth-- === 0) break
  }
  const typed = unescaped(line.slice(start, at))
  if (pointed && line[at] === '>') at++
  while (line[at] === ' ') at++
  work.steps += at - from
  return line[at] === ')' ? { typed, end: at + 1 } : undefined
}
