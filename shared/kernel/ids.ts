import * as z from 'zod/mini'

/** Crockford base 32, lower case: no i, l, o, u, so that an id read aloud or typed stays unambiguous. */
export const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** `length` characters of base 32, five bits each, taken from `bytes`. Throws if there are too few bytes. */
export const base32 = (bytes: Uint8Array, length: number): string => {
  if (bytes.length * 8 < length * 5)
    throw new RangeError(`base32() needs ${Math.ceil((length * 5) / 8)} bytes, got ${bytes.length}`)
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < length) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
      held &= (1 << bits) - 1
    }
  }
  return text
}

/** A random id of `length` characters (5 bits each). Works in browsers, Lambda and Node alike. */
export const randomId = (length = 20): string =>
  base32(crypto.getRandomValues(new Uint8Array(Math.ceil((length * 5) / 8))), length)

/**
 * An id that sorts by time: 10 characters of milliseconds since 1970, then 12 random ones.
 * Two ids of one millisecond sort at random.
 */
export const timeId = (at: Date): string => {
  let left = at.getTime()
  let text = ''
  for (let index = 0; index < 10; index++) {
    text = alphabet[left % 32] + text
    left = Math.floor(left / 32)
  }
  return text + randomId(12)
}

const base32Id = (length: number) => z.string().check(z.regex(new RegExp(`^[0-9a-hjkmnp-tv-z]{${length}}$`)))

/** A person: 16 characters, derived from the directory's own key so that every import finds the same one. */
export const PersonId = base32Id(16)
/** An audience: 12 characters, opaque, derived from what it stands for. */
export const AudienceId = base32Id(12)
/** A class or teaching group: 12 characters. */
export const GroupId = base32Id(12)
/** Anything whose id sorts by time, as {@link timeId} makes it: 22 characters. */
export const TimeId = base32Id(22)
/**
 * A school's UAI. The ministry's are 7 digits and a letter; test feeds and other countries' have other forms,
 * so what is refused here is only what could not stand in a key or a path.
 */
export const Uai = z.string().check(z.regex(/^[0-9A-Za-z][0-9A-Za-z_.-]{0,35}$/))
