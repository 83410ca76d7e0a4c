import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { Event } from './http.ts'
import type { KeysItem } from './patterns.ts'
import type { Keys } from './platform.ts'

/**
 * Cursors of private lists are sealed where they leave, and opened where they come back: a cursor is the last sort key that
 * was read (functions/platform/pattern.ts), in which lists of people hold a name, and it stands in an address. Those of shared
 * reads, which hold ids and days, are not: boards and the edge's copies name them.
 */

/** Bytes of AES-GCM's nonce and tag (NIST SP 800-38D). */
const [nonceLength, tagLength] = [12, 16]

const derived = ({ boards }: Pick<KeysItem, 'boards'>, purpose: string): Buffer => {
  if (boards === undefined) throw new Error('the territory has no secret for boards yet: it was not deployed')
  return createHmac('sha256', boards).update(purpose).digest()
}

/** A cursor as clients get it: encrypted by AES-256-GCM. The nonce is an HMAC of it, so that a page keeps its cursor. */
export const sealCursor = (cursor: string, keys: Pick<KeysItem, 'boards'>): string => {
  const sortKey = Buffer.from(cursor, 'base64url')
  const nonce = createHmac('sha256', derived(keys, 'nonces of cursors'))
    .update(sortKey)
    .digest()
    .subarray(0, nonceLength)
  const cipher = createCipheriv('aes-256-gcm', derived(keys, 'cursors'), nonce)
  const sealed = Buffer.concat([cipher.update(sortKey), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/**
 * The cursor that was sealed. Any other text is returned as it is, such as a cursor of the release before, which a client has
 * still: what it may say is checked by the list, and it opens nothing that the list does not.
 */
export const openCursor = (text: string, keys: Pick<KeysItem, 'boards'>): string => {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length <= nonceLength + tagLength) return text
  const decipher = createDecipheriv('aes-256-gcm', derived(keys, 'cursors'), bytes.subarray(0, nonceLength)).setAuthTag(
    bytes.subarray(nonceLength, nonceLength + tagLength),
  )
  try {
    const sortKey = Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()])
    return sortKey.toString('base64url')
  } catch {
    return text
  }
}

/** A request for a page of a private list, with its cursor opened if it has one. */
export const withOpenCursor = async (event: Event, keys: Keys): Promise<Event> => {
  const { queryStringParameters: query } = event
  if (query?.cursor === undefined) return event
  const cursor = openCursor(query.cursor, await keys.current())
  return { ...event, queryStringParameters: { ...query, cursor } }
}

/** A page of a private list, with the cursor of the next one sealed if there is one. */
export const withSealedCursor = async (page: unknown, keys: Keys): Promise<unknown> => {
  const { next } = page as { readonly next?: string }
  return next === undefined ? page : { ...(page as object), next: sealCursor(next, await keys.current()) }
}
