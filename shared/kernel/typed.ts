import * as z from 'zod/mini'
import { isBlank, lengthOf, onLines, onOneLine, visible } from './text.ts'

/** A bound on the length of a text in characters, which the OpenAPI document tells as `maxLength`. */
export const atMost = (most: number) => {
  const check = z.refine<string>(text => lengthOf(text) <= most, `must have at most ${most} characters`)
  check._zod.onattach.push(schema => Object.assign(schema._zod.bag, { maximum: most }))
  return check
}

const shown = z.refine<string>(text => !isBlank(text), 'must hold something that is seen')

/** One line of text that somebody types and others read: a title, a reason. Unseen characters are taken away. */
export const typedLine = ({ least = 1, most }: { readonly least?: number; readonly most: number }) =>
  z.string().check(
    z.overwrite(text => visible(onOneLine(text))),
    z.trim(),
    z.minLength(least),
    atMost(most),
    shown,
  )

/** A text of several lines that somebody types and others read. Unseen characters are taken away. */
export const typedText = ({ most }: { readonly most: number }) =>
  z.string().check(
    z.overwrite(text => visible(onLines(text))),
    z.trim(),
    z.minLength(1),
    atMost(most),
    shown,
  )
