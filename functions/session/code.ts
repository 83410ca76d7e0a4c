import { createHash } from 'node:crypto'
import { day } from '../../shared/kernel/dates.ts'
import { alphabet, base32 } from '../../shared/kernel/ids.ts'

/** How long an activation code waits to be used, in seconds: a school year's start, with its latecomers. */
export const codeLifetime = 60 * day

/** An activation code made of 60 random bits or more, in three groups of four: `k7pq-2m9x-w4td`. */
export const activationCode = (random: Uint8Array): string => {
  const text = base32(random, 12)
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}

/** A code as typed: capitals, spaces and hyphens do not matter, nor do the letters that base 32 leaves out (o, i, l). */
export const normalizedCode = (typed: string): string =>
  [...typed.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1')]
    .filter(letter => alphabet.includes(letter))
    .join('')

/**
 * What is stored of a code. A code holds 60 random bits, so a plain salted hash suffices where a password's
 * would not; the person is the salt.
 */
export const codeHash = (person: string, code: string): string =>
  createHash('sha256')
    .update(`code|${person}|${normalizedCode(code)}`)
    .digest('base64url')
