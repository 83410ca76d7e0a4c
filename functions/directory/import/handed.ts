import { put, remove } from '../../platform/operation.ts'
import { nextPersonId, ownPersonId } from '../identity.ts'
import { type HandedItem, importPatterns, type SourceItem } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import { keyOfText } from './keys.ts'
import { printOf } from './people/print.ts'
import type { ImportTable, Write, Writer, Written } from './platform.ts'
import { renameReferences } from './references.ts'
import type { Named } from './same-person.ts'
import type { Staging } from './staging.ts'
import { consistent } from './stored.ts'

/**
 * Keys of a feed that were given to somebody else (a key is not enough to know who somebody is). The new person has an id
 * of their own, so that nothing of the former one is theirs: no account, session, child, mark or signature.
 */

/** A key whose new person waits for an answer. */
export type HeldKey = HandedItem & { readonly held: NonNullable<HandedItem['held']> }

type Row = { body: string | null }

const parsed = (row: Row | undefined): HandedItem | undefined =>
  row?.body ? (JSON.parse(row.body) as HandedItem) : undefined

export const isHeld = (item: HandedItem | undefined): item is HeldKey => item?.held !== undefined

export const setHanded = (staging: Staging, item: HandedItem): void => {
  staging.run(
    `INSERT INTO handed (first, person, body) VALUES (?, ?, ?)
     ON CONFLICT (first) DO UPDATE SET person = excluded.person, body = excluded.body`,
    item.first,
    item.person,
    JSON.stringify(item),
  )
}

/** Stages the keys of a source that mean somebody else than at first. */
export const loadHanded = async (staging: Staging, table: ImportTable, source: string): Promise<void> => {
  const items = await table.all(importPatterns.handedKeys, { source }, consistent)
  staging.transaction(() => {
    for (const item of items) {
      setHanded(staging, item)
      staging.run('UPDATE handed SET stored = ? WHERE first = ?', printOf(item), item.first)
    }
  })
}

/** What became of the key that first meant a person. */
export const handedOf = (staging: Staging, first: string): HandedItem | undefined =>
  parsed(staging.get<Row>('SELECT body FROM handed WHERE first = ?', first))

/** True of a key whose person is who another source says they are. */
export const isJoinedKey = ({ first, nth, person }: HandedItem): boolean => person !== ownPersonId(first, nth)

/** True of somebody whom this source joined to a person of another one, now or before. */
export const isJoined = (staging: Staging, person: string): boolean => {
  const item = handedTo(staging, person)
  return item !== undefined && isJoinedKey(item)
}

/** True of somebody whom the delivery joins to a person of another source. */
export const isJoining = (staging: Staging, person: string): boolean =>
  staging.get('SELECT 1 FROM joining WHERE id = ?', person) !== undefined

/**
 * A stored record whose keys mean people whom their own source joined to somebody since. Of keys that were given to
 * somebody else it speaks of whom they meant.
 */
export const meansJoined = (staging: Staging, record: PersonRecord): PersonRecord =>
  (anyHanded(staging) &&
    renameReferences(record, id => {
      const item = handedOf(staging, id)
      return item?.nth === 1 && isJoinedKey(item) ? item.person : id
    })) ||
  record

/** The key that means a person who was not the first to have it. */
export const handedTo = (staging: Staging, person: string): HandedItem | undefined =>
  parsed(staging.get<Row>('SELECT body FROM handed WHERE person = ? AND body IS NOT NULL', person))

export const anyHanded = (staging: Staging): boolean => staging.get('SELECT 1 FROM handed LIMIT 1') !== undefined

/** All keys whose new person waits. */
export const heldKeys = (staging: Staging): HeldKey[] =>
  staging
    .all<Row>('SELECT body FROM handed WHERE body LIKE \'%"held":%\' ORDER BY first')
    .flatMap(row => parsed(row) ?? [])
    .filter(isHeld)

/** Where somebody stands in a roster, or did when they left. */
export const schoolsOf = ({ rows, left }: SourceItem): string[] => {
  const rosters = Object.keys(rows).map(keyOfText)
  const uais = left
    ? left.roles.map(one => one.uai)
    : rosters.flatMap(({ pk, sk }) => (pk.startsWith('S#') && sk.startsWith('M#') ? [pk.slice(2)] : []))
  return [...new Set(uais)].sort()
}

/** Forgets that a key was given to somebody else by this delivery. */
export const undoHanded = (staging: Staging, first: string): void => {
  const item = handedOf(staging, first)
  if (!item) return
  if (item.nth > 1) setHanded(staging, { ...item, person: ownPersonId(first, item.nth) })
  else staging.run('UPDATE handed SET person = first, body = NULL WHERE first = ?', first)
}

/** The account of a person whose key is somebody else's ends, whatever else the delivery is without. */
export const end = (staging: Staging, id: string): void => {
  staging.run('INSERT OR IGNORE INTO ended VALUES (?)', id)
  staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
}

/** Gives the key of somebody stored to another person, who is held until it is confirmed that they are one. */
export const handOver = (staging: Staging, known: SourceItem, key: string, was: Named): HeldKey => {
  const before = handedTo(staging, known.id)
  const first = before?.first ?? known.id
  const nth = (before?.nth ?? 1) + 1
  const { givenName, familyName } = was
  const named = { givenName, familyName }
  const held = { record: named, former: known.id, was: named, at: schoolsOf(known) }
  const apart = before?.apart
  const item = { first, key: before?.key || key, person: nextPersonId(first, nth), nth, held, ...(apart && { apart }) }
  setHanded(staging, item)
  end(staging, known.id)
  staging.run('INSERT OR REPLACE INTO renamed VALUES (?, ?)', known.id, item.person)
  return item
}

/** The key means whom it meant before. */
export const takeBack = (staging: Staging, { first, key, nth, held, apart }: HeldKey): void => {
  const { former } = held
  if (apart) setHanded(staging, { first, key, person: former, nth: nth - 1, apart })
  else if (former === first) staging.run('UPDATE handed SET person = first, body = NULL WHERE first = ?', first)
  else setHanded(staging, { first, key, person: former, nth: nth - 1 })
}

/** As the feed corrects itself: what it said of the held person is said of the former one. */
export const restore = (staging: Staging, item: HeldKey): void => {
  const { former } = item.held
  takeBack(staging, item)
  staging.run('DELETE FROM ended WHERE id = ?', former)
  staging.run('DELETE FROM renamed WHERE was = ?', former)
  staging.run('INSERT OR REPLACE INTO renamed VALUES (?, ?)', item.person, former)
}

/** Writes which keys mean somebody else now. */
export const writeHanded = async (staging: Staging, writer: Writer, source: string): Promise<void> => {
  const rows = staging.all<{ first: string; body: string | null; stored: string | null }>(
    'SELECT first, body, stored FROM handed',
  )
  await writer.write(
    rows.flatMap((row): Write<Written>[] => {
      const { first } = row
      const item = parsed(row)
      if (!item) return row.stored === null ? [] : [remove('handed-key', importPatterns.handedKey, { source, first })]
      return printOf(item) === row.stored ? [] : [put('handed-key', importPatterns.handedKey, { source, first }, item)]
    }),
  )
}
