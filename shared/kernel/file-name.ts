import * as z from 'zod/mini'
import { atMost } from './length.ts'
import { isBlank } from './text.ts'

/** Characters of a document's or folder's name: what the file systems of devices take, with room for a number. */
export const longestName = 180

/** Marks and embeddings that change the direction of the text after them: with them `exe.pdf` is shown for `fdp.exe`. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu
/** What separates folders, and what Windows takes in no name. */
const forbidden = /[/\\:*?"<>|]/g
/** Joins the parts of an emoji, and tells whether it has colour. */
const joiners = /[\u200d\ufe0f]/u

/** The end of a name that says what it is, with its point: `.pdf`; empty if there is none. */
export const extensionOf = (name: string): string => /\.[^. ]{1,12}$/u.exec(name.slice(1))?.[0] ?? ''

/** At most so many characters, none of them halved, with the extension kept. */
const shortened = (name: string, most: number): string => {
  const characters = [...name]
  if (characters.length <= most) return name
  const extension = extensionOf(name)
  return (
    characters
      .slice(0, most - [...extension].length)
      .join('')
      .trimEnd() + extension
  )
}

/**
 * A name that can be shown, stored and sent as it is: no path, no invisible sign, no name of Windows' own, at most
 * {@link longestName} characters. `undefined` if nothing is left of it.
 */
export const cleanName = (given: string): string | undefined => {
  const shown = given
    .normalize('NFC')
    .replace(invisible, one => (joiners.test(one) ? one : ' '))
    .replace(forbidden, '-')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
  const name = shortened(shown, longestName)
  if (isBlank(name)) return undefined
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `_${name}` : name
}

/** A name as it is sent: {@link cleanName} makes it what is stored. */
export const GivenName = z.string().check(
  z.minLength(1),
  atMost(1_000),
  z.refine(name => cleanName(name) !== undefined, 'is no name'),
)
