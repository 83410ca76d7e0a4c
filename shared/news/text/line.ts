/** A line as the blocks see it: how far its first sign stands from the left, and what it begins. */
export type Line = {
  readonly indent: number
  /** From its first sign on. */
  readonly text: string
}

/** A line without its line end, in which tabs are spaces. */
export const lineOf = (text: string): Line => {
  const rest = text.trimStart()
  return { indent: text.length - rest.length, text: rest }
}

/** The beginning of an item of a list. `content`: how far what the item holds stands from the left. */
export type Marker = {
  /** What the markers of all items of a list share: the sign. */
  readonly sign: string
  readonly number: number | undefined
  readonly content: number
  readonly rest: string
}

/**
 * A hyphen or an asterisk, or a number with a point or a bracket, and a space. A plus sign is a sign, « + 5 € », and a
 * number with a zero before it is no number of a list, « 06. 12 ».
 */
const marker = /^(?:([-*])|(0|[1-9]\d{0,8})([.)]))( +|$)/

export const markerOf = ({ indent, text }: Line): Marker | undefined => {
  const [all, bullet, number, after, spaces = ''] = marker.exec(text) ?? []
  if (all === undefined || isRule(text)) return undefined
  const width = all.length - spaces.length
  const rest = text.slice(all.length)
  // Of more than four spaces, one belongs to the marker (CommonMark 0.31, 5.2).
  const apart = rest === '' || spaces.length > 4 ? 1 : spaces.length
  return {
    sign: bullet ?? after ?? '',
    number: number === undefined ? undefined : Number(number),
    content: indent + width + apart,
    rest,
  }
}

/** Three or more of a sign, with or without spaces between them. */
export const isRule = (text: string): boolean => /^([-*_])(?: *\1){2,} *$/.test(text)

/** The depth of a heading and its words; closing signs are not among them. */
export const headingOf = (text: string): { readonly depth: number; readonly words: string } | undefined => {
  const signs = /^(#{1,6})(?: |$)/.exec(text)?.[1]
  if (signs === undefined) return undefined
  const words = text.slice(signs.length).trim()
  let end = words.length
  while (words[end - 1] === '#') end--
  return { depth: signs.length, words: end === 0 || words[end - 1] === ' ' ? words.slice(0, end).trimEnd() : words }
}

/** What a quoted line says; undefined if it is none. */
export const quotedIn = (text: string): string | undefined => (text[0] === '>' ? text.replace(/^> ?/, '') : undefined)

/** True if a line begins something else than a paragraph, although one stands right before it. */
export const interrupts = (line: Line): boolean => {
  if (isRule(line.text) || headingOf(line.text) || quotedIn(line.text) !== undefined) return true
  const item = markerOf(line)
  return item !== undefined && item.rest !== '' && (item.number === undefined || item.number === 1)
}
