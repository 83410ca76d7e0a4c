import { lengthOf } from './length.ts'

/*
 * What people type and read, by the categories of Unicode. Lengths are in characters, which are code points: as JSON
 * Schema counts them (RFC 8259), and so the OpenAPI document, the API and the fields of the web app.
 */

/** What is drawn as nothing, by default, and the blanks that Unicode does not say so of: U+2800 and U+1D159. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Z}\p{Surrogate}\u2800\u{1d159}]/gu

/** True if nothing is seen of a text: it holds spaces, controls, formats, fillers, and marks of no letter. */
export const isBlank = (text: string): boolean => /^\p{M}*$/u.test(text.replace(unseen, ''))

/** Marks upon one letter at most. No writing needs more; lines of hundreds of them are drawn over what stands around. */
const mostMarks = 8

const joiners = /[\u200c\u200d]/
const directions = /[\u061c\u200e\u200f]/
const variations = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u
const tags = /[\u{e0020}-\u{e007f}]/u
const joined = /[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Variation_Selector}]/u
const joinable = /[\p{L}\p{N}\p{Extended_Pictographic}]/u
const drawn = /[^\p{Z}\p{C}]/u

/** True for an unseen character that changes how those beside it are drawn. `before`: what is kept of the text so far. */
const shapes = (sign: string, before: string, after: string): boolean => {
  if (joiners.test(sign)) return joined.test(before) && joinable.test(after)
  if (directions.test(sign)) return drawn.test(before) && /[^\p{Default_Ignorable_Code_Point}\p{Cc}]/u.test(after)
  if (variations.test(sign)) return drawn.test(before) && !variations.test(before)
  return tags.test(sign) && (/\u{1f3f4}/u.test(before) || tags.test(before))
}

const doubtful = /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb\p{Surrogate}]|\p{M}{9,}/u

/**
 * A text without what is not seen in it: formats that hide, turn around or break words, as names of files and addresses
 * are forged with. What shapes its neighbours stays: joiners within words and emoji, variation selectors, marks of
 * direction, tags of flags. Of a row of marks upon a letter the first eight stay.
 */
export const visible = (text: string): string => {
  if (!doubtful.test(text)) return text
  const signs = [...text]
  const kept: string[] = []
  let marks = 0
  for (const [index, sign] of signs.entries()) {
    if (/[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\p{Surrogate}]/u.test(sign)) {
      if (shapes(sign, kept[kept.length - 1] ?? '', signs[index + 1] ?? '')) kept.push(sign)
      continue
    }
    marks = /\p{M}/u.test(sign) ? marks + 1 : 0
    if (marks <= mostMarks) kept.push(sign)
  }
  return kept.join('')
}

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('fr', { granularity: 'grapheme' }) : undefined

/** What people see as one sign each (UAX #29); code points where the browser has no segmenter, as Firefox before 125. */
const graphemes = (text: string): Iterable<{ readonly segment: string }> =>
  segmenter?.segment(text) ?? Array.from(text, segment => ({ segment }))

/**
 * The beginning of a text: at most `most` characters of it, and no part of what is seen as one sign. A single sign that
 * is longer than that is not kept whole.
 */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text
  let [kept, length] = ['', 0]
  for (const { segment } of graphemes(text)) {
    length += lengthOf(segment)
    if (length > most) break
    kept += segment
  }
  return kept || [...text].slice(0, most).join('')
}

/** The first signs of a text, as people count them: initials of a name. */
export const firstSigns = (text: string, count: number): string => {
  let [kept, left] = ['', count]
  for (const { segment } of graphemes(text)) {
    if (left-- <= 0) break
    kept += segment
  }
  return kept
}

/** A text on one line: controls and line ends are spaces. */
export const onOneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

/** A text of several lines without controls but tabs and line ends. */
export const onLines = (text: string): string =>
  text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')
