/** A run of asterisks or underscores in a text, and what it may do. */
export type Run = {
  readonly type: 'run'
  readonly sign: string
  readonly length: number
  readonly opens: boolean
  readonly closes: boolean
}

const isSpace = (sign: string): boolean => sign === '' || /\s/.test(sign)
const isSign = (sign: string): boolean => /[\p{P}\p{S}]/u.test(sign)

/**
 * What a run between two characters may do (CommonMark 0.31, 6.2), with two exceptions for texts as they are typed: one
 * asterisk within a word is itself, `5*3*2`, and two of them work beside any sign, `**Attention :**les`.
 * `before`, `after`: empty at the ends of the text.
 */
export const runOf = (sign: string, length: number, before: string, after: string): Run => {
  const run = { type: 'run', sign, length } as const
  if (sign === '*' && length > 1) return { ...run, opens: !isSpace(after), closes: !isSpace(before) }
  const left = !isSpace(after) && (!isSign(after) || isSpace(before) || isSign(before))
  const right = !isSpace(before) && (!isSign(before) || isSpace(after) || isSign(after))
  return { ...run, opens: left && (!right || isSign(before)), closes: right && (!left || isSign(after)) }
}
