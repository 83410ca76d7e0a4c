import { cut } from '../../../shared/kernel/text.ts'
import { parse } from '../../../shared/news/text/parse.ts'
import { plainText } from '../../../shared/news/text/plain.ts'

/** How much of a text a list shows, in characters. */
const most = 220

/** The beginning of a Markdown text as its readers see it, on one line and without its formatting, cut at a word. */
export const excerpt = (body: string): string => {
  const plain = plainText(parse(body)).replace(/\s+/g, ' ').trim()
  const start = cut(plain, most)
  if (start === plain) return plain
  const end = start.lastIndexOf(' ')
  return `${(end > start.length / 2 ? start.slice(0, end) : start).replace(/[\s,;:.!?…]+$/, '')}…`
}
