import { createHmac } from 'node:crypto'
import { epochSeconds, minute } from '../../shared/kernel/dates.ts'
import type { KeysItem } from './patterns.ts'

/**
 * Addresses under which the edge serves files: `/media/<audience>/<file>-<code>` to the members of an audience, and
 * `/media/own/<end>/<file>-<code>` to one person until an instant. The code is an HMAC under a secret of the territory, so
 * that an address can be had from the territory alone, and is good for this audience or person, file and name only. The
 * viewer function (functions/edge/viewer.js) checks it and asks the bucket for `/documents/<file>`. It does not end, but the
 * object moves to another name when the file is taken from one of several places (functions/documents/withdrawing.ts).
 * Decision: docs/decisions/0062-documents.md
 */

/** Under which name the edge's key-value store has the secret. */
export const mediaKey = 'media'

/** Seconds for which an address of one's own file is good, at least. */
const ownLifetime = 15 * minute
/** Seconds between two ends: who reads something again within them gets the same address, and fetches nothing anew. */
const ownStep = 5 * minute

/** Characters of a code: 132 bits. */
const codeLength = 22

/** The secret of the addresses: derived, so that it needs neither an item nor a renewal of its own. */
export const mediaSecret = ({ boards }: Pick<KeysItem, 'boards'>): string => {
  if (boards === undefined) throw new Error('the territory has no secret for boards yet: it was not deployed')
  return createHmac('sha256', boards).update('media').digest('base64url')
}

const codeOf = (secret: string, ...parts: readonly string[]): string =>
  createHmac('sha256', secret).update(parts.join('\n')).digest('base64url').slice(0, codeLength)

/** The name of a file's object, and how it is to be offered: the value of its Content-Disposition (RFC 6266). */
export type Offered = { readonly file: string; readonly disposition: string }

/** Encoded as the viewer function gets it and hands it on. */
const parameterOf = (disposition: string): string =>
  encodeURIComponent(disposition).replace(/[!'()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** The address of a file for the members of an audience. It is the same as long as the file and its name are. */
export const audienceMedia = (secret: string, audience: string, { file, disposition }: Offered): string => {
  const offer = parameterOf(disposition)
  return `/media/${audience}/${file}-${codeOf(secret, audience, file, offer)}?response-content-disposition=${offer}`
}

/** The address of a file for one person, for {@link ownLifetime}, and {@link ownStep} more at most. */
export const ownMedia = (secret: string, person: string, now: Date, { file, disposition }: Offered): string => {
  const offer = parameterOf(disposition)
  const ends = epochSeconds(now) + ownLifetime
  const end = (Math.ceil(ends / ownStep) * ownStep).toString(36)
  const code = codeOf(secret, person, end, file, offer)
  return `/media/own/${end}/${file}-${code}?response-content-disposition=${offer}`
}
