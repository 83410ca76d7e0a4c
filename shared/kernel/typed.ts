import * as z from 'zod/mini'
import { atMost } from './length.ts'
import { isBlank, onLines, onOneLine, visible } from './text.ts'

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
