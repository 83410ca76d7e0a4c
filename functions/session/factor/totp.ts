import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * One-time codes by time: TOTP (RFC 6238) on HOTP (RFC 4226), with what authenticator apps take by default: SHA-1, six
 * digits, periods of 30 seconds.
 */

const digits = 6
/** Seconds of a period. */
const period = 30
/** Periods before and after the present one whose codes are taken (RFC 6238, 5.2): for clocks that differ. */
const skew = 1

/** Bytes of a secret (RFC 4226, 4: 160 bits are recommended). */
export const secretLength = 20

/** The code of a counter (RFC 4226, 5.3). */
export const hotp = (secret: Uint8Array, counter: number, length = digits): string => {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const hash = createHmac('sha1', secret).update(message).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** length).padStart(length, '0')
}

/** The period of an instant. */
export const periodOf = (now: Date): number => Math.floor(now.getTime() / 1000 / period)

/**
 * The period whose code was typed, among those around `now` that come after `last`; undefined if it is none.
 * @param last the period of the last code that was used.
 */
export const periodOfCode = (
  secret: Uint8Array,
  typed: string,
  now: Date,
  last: number | undefined,
): number | undefined => {
  const given = Buffer.from(typed.replaceAll(' ', ''))
  const present = periodOf(now)
  let found: number | undefined
  for (let at = present - skew; at <= present + skew; at++) {
    const code = Buffer.from(hotp(secret, at))
    if (given.length === code.length && timingSafeEqual(given, code) && at > (last ?? -1)) found ??= at
  }
  return found
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base 32 without padding (RFC 4648, 6), as apps take secrets. */
export const base32Of = (bytes: Uint8Array): string => {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map(five => letters[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/**
 * The address that a QR code tells an app.
 * Source: Google Authenticator, "Key Uri Format", which the apps follow.
 */
export const addressOf = (secret: Uint8Array, { issuer, login }: { readonly issuer: string; readonly login: string }) =>
  `otpauth://totp/${encodeURIComponent(`${issuer}:${login}`)}?secret=${base32Of(secret)}&issuer=${encodeURIComponent(issuer)}`
