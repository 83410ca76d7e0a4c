import { createHash } from 'node:crypto'

/** What a token says, as the viewer function reads it. */
export type Issued = { readonly person: string; readonly session: string; readonly issuedAt: number }

const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** `digits` characters of base 32 of a whole number. */
const base32 = (number: number, digits: number): string =>
  Array.from({ length: digits }, (_, at) => letters[Math.floor(number / 32 ** (digits - 1 - at)) % 32]).join('')

const hexOf = (id: string) => createHash('sha256').update(id).digest('hex')

/** The 7 characters of an id: the first 35 bits of its hash. */
export const charactersOf = (id: string): string =>
  base32(Math.floor(Number.parseInt(hexOf(id).slice(0, 9), 16) / 2), 7)

/** The key of the value that is read for a person. */
export const keyFor = (person: string): string => `x${hexOf(person).slice(0, 3)}`

/**
 * Whether a shard's value refuses a token: written anew after the format alone, as functions/edge/viewer.js is, so that
 * composing and reading cannot share a fault.
 */
export const refuses = (value: string, { person, session, issuedAt }: Issued): boolean => {
  const made = base32(issuedAt - 1_767_225_600, 6)
  const entries = value.match(/.{13}/g) ?? []
  return [person, session].some(id =>
    entries.some(entry => entry.slice(0, 7) === charactersOf(id) && entry.slice(7) >= made),
  )
}

/** Whether a school's mark refuses a token at a second: once it is older than 15 minutes. */
export const isMarked = (mark: string | undefined, issuedAt: number, now: number): boolean =>
  mark !== undefined && issuedAt <= Number(mark) && issuedAt + 15 * 60 <= now
