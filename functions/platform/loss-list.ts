import { createHash } from 'node:crypto'
import { epochSeconds, hour } from '../../shared/kernel/dates.ts'
import { alphabet, base32, Uai } from '../../shared/kernel/ids.ts'

/**
 * The list of losses of access as the edge's key-value store holds it. A loss is an entry: nothing that was issued to
 * this person, or in this session, up to a second is good any more. Entries stand in 4,096 shards, by the person, so
 * that the viewer function (functions/edge/viewer.js) reads one value for a token. Decision: docs/decisions/0022-losing-access-at-the-edge.md
 */

/** Seconds for which a loss counts: as long as a token is good for boards and media. */
export const lossLifetime = 72 * hour

/** The second from which entries count time: 2026-01-01T00:00:00Z. */
const firstSecond = Date.UTC(2026, 0, 1) / 1000
/** Characters of the hash in an entry (35 bits), and of its time (30 bits: until 2060). */
const hashLength = 7
const timeLength = 6
const entryLength = hashLength + timeLength
/** Bytes of a value (CloudFront's quota). */
const largestValue = 1024
/** Entries of one shard: 78. */
export const mostEntries = Math.floor(largestValue / entryLength)

const digest = (id: string): Buffer => createHash('sha256').update(id).digest()

/** The shard of a person's entries, and of those of their sessions: three hexadecimal digits. */
export const shardOf = (person: string): string => digest(person).toString('hex').slice(0, 3)

/** The hash by which an entry names a person or a session. */
export const lossHash = (id: string): string => base32(digest(id), hashLength)

/** The key of a shard's value in the store. */
export const shardKey = (shard: string): string => `x${shard}`
/** The key of a school's mark in the store. */
export const markKey = (uai: string): string => `s${uai}`
/** Whether a key of the store is one of this list; the others are left alone. */
export const isLossKey = (key: string): boolean =>
  /^x[0-9a-f]{3}$/.test(key) || (key.startsWith('s') && Uai.safeParse(key.slice(1)).success)

/** A person or a session, by its hash, and the epoch second up to which what was issued is refused. */
export type Entry = { readonly hash: string; readonly at: number }

/** A loss to be listed. `left`: signed out on one's own device, which removed the cookie: listed if there is room. */
export type Listed = Entry & { readonly kind: 'lost' | 'left' }

const timeText = (at: number): string => {
  let left = Math.max(0, at - firstSecond)
  let text = ''
  for (let index = 0; index < timeLength; index++) {
    text = alphabet[left % 32] + text
    left = Math.floor(left / 32)
  }
  return text
}

const timeOf = (text: string): number =>
  firstSecond + [...text].reduce((seconds, letter) => seconds * 32 + alphabet.indexOf(letter), 0)

/** The entries of a shard's value. */
export const entriesOf = (value: string): Entry[] =>
  Array.from({ length: Math.floor(value.length / entryLength) }, (_, index) => {
    const entry = value.slice(index * entryLength, (index + 1) * entryLength)
    return { hash: entry.slice(0, hashLength), at: timeOf(entry.slice(hashLength)) }
  })

const order = (a: Listed, b: Listed): number =>
  Number(a.kind === 'left') - Number(b.kind === 'left') || b.at - a.at || (a.hash < b.hash ? -1 : 1)

/**
 * The value of a shard: losses before sign-outs, the newest first, without those older than {@link lossLifetime}.
 * `without`: the losses for which the value has no room.
 */
export const composeShard = <Loss extends Listed>(
  losses: readonly Loss[],
  now: Date,
): { readonly value: string; readonly without: readonly Loss[] } => {
  const oldest = epochSeconds(now) - lossLifetime
  const counting = losses.filter(one => one.at > oldest).sort(order)
  const value = counting
    .slice(0, mostEntries)
    .map(({ hash, at }) => hash + timeText(at))
    .join('')
  return { value, without: counting.slice(mostEntries).filter(one => one.kind === 'lost') }
}
