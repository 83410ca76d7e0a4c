import { type HandedItem, importPatterns, type SourceItem } from '../../patterns.ts'
import { handedOf, handedTo, loadHanded, setHanded, writeHanded } from '../handed.ts'
import { describedRecord } from '../people/kept.ts'
import { type ImportPlatform, openWriter } from '../platform.ts'
import { renameReferences } from '../references.ts'
import { relate } from '../relate.ts'
import { Staging } from '../staging.ts'
import { consistent, loadGrants, loadSchools, loadSources } from '../stored.ts'
import { writeAffected } from '../write-affected.ts'
import { writeJoined } from './write-joined.ts'

/**
 * Who has what a source says of somebody, and who is to have it. `apart`: it is not to be joined to anybody by an
 * import.
 */
type Move = { readonly source: string; readonly from: string; readonly to: string; readonly apart?: true }

/** The key that means somebody in a source; one that no item tells is their own. */
const keyOf = (staging: Staging, from: string, to: string): HandedItem => {
  const begun = handedOf(staging, from)
  const item = handedTo(staging, from) ?? (begun?.person === to ? begun : undefined)
  return item ?? { first: from, key: '', person: from, nth: 1 }
}

/** The people whose records may name somebody: their children and guardians, and pupils who wait for them. */
const kinOf = async (
  { table }: Pick<ImportPlatform, 'table'>,
  { source, from }: Move,
  item: SourceItem | undefined,
): Promise<SourceItem[]> => {
  const awaiting = await table.all(importPatterns.awaiting, { guardian: from }, consistent)
  const record = item?.record
  const ids = new Set([
    ...(item?.children ?? []),
    ...(item?.parted ?? []),
    ...(record?.pupils ?? []),
    ...(record?.pupil?.guardians ?? []),
    ...awaiting.map(({ pupil }) => pupil),
  ])
  ids.delete(from)
  return loadSources(table, [...ids], source)
}

/**
 * Has a source's key mean somebody else: what it says of the one is said of the other, their children and guardians are
 * the other's, and the one has left it. A move that was interrupted is done again.
 */
export const movePart = async (
  { table, now, timeZone }: Pick<ImportPlatform, 'table' | 'now' | 'timeZone'>,
  move: Move,
): Promise<void> => {
  const { source, from, to, apart } = move
  const staging = new Staging(() => {}, now(), timeZone)
  const writer = openWriter(table, false)
  try {
    await loadSchools(staging, table, source)
    await loadHanded(staging, table, source)
    const { first, key, nth } = keyOf(staging, from, to)
    const [item] = await loadSources(table, [from], source)
    const kin = await kinOf({ table }, move, item)
    const mean = (id: string) => (id === from ? to : id)
    const record = item && describedRecord(item)
    const unsaid = { facets: [], file: '', line: 0, key: '' }
    staging.transaction(() => {
      setHanded(staging, { first, key, person: to, nth, ...(apart && { apart }) })
      if (record) staging.setPerson(to, { ...unsaid, record: renameReferences(record, mean) ?? record })
      for (const other of kin) {
        const said = describedRecord(other)
        if (said) staging.setPerson(other.id, { ...unsaid, record: renameReferences(said, mean) ?? said })
      }
      for (const id of [from, to, ...kin.map(other => other.id)])
        staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
      if (record?.guardian) staging.run('INSERT OR IGNORE INTO arrived VALUES (?)', to)
      // Nobody left a school: they are in no list of those who did.
      staging.run('INSERT INTO ended VALUES (?)', from)
      const left = JSON.stringify({ at: now().toISOString(), roles: [] })
      staging.run('INSERT INTO former_left VALUES (?, ?)', from, left)
    })
    await relate(staging, table, true)
    await loadGrants(staging, table)
    await writeJoined(table, writer, source, [to])
    await writeHanded(staging, writer, source)
    await writeAffected(staging, table, { source, writer, now: now() })
  } finally {
    staging.close()
  }
}
