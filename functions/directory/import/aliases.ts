import { put, remove } from '../../platform/operation.ts'
import { importPatterns } from '../patterns.ts'
import type { Facet } from './feed/operation.ts'
import type { ImportTable, Write, Writer, Written } from './platform.ts'
import type { Staging } from './staging.ts'
import { consistent } from './stored.ts'

/** Rows written at one time. */
const pageSize = 500

/** Stages under which identifiers earlier deliveries of the source described people of other keys. */
export const loadAliases = async (staging: Staging, table: ImportTable, source: string): Promise<void> => {
  for await (const page of table.pages(importPatterns.aliases, { source }, consistent))
    staging.transaction(() => {
      for (const { item } of page)
        staging.run('INSERT INTO alias VALUES (?, ?, NULL, ?)', item.facet, item.identifier, item.key)
    })
}

/** Notes that a record of this identifier is of the person of `key`. */
export const noteAlias = (staging: Staging, facet: Facet, identifier: string, key: string): void => {
  staging.run(
    `INSERT INTO alias VALUES (?, ?, ?, NULL)
     ON CONFLICT (facet, identifier) DO UPDATE SET key = excluded.key`,
    facet,
    identifier,
    key,
  )
}

/** The key of the person whom records of this identifier are about; undefined where it is the identifier. */
export const keyOf = (staging: Staging, facet: Facet, identifier: string): string | undefined =>
  staging.get<{ key: string }>(
    'SELECT COALESCE(key, stored) AS key FROM alias WHERE facet = ? AND identifier = ?',
    facet,
    identifier,
  )?.key

/** The keys of all whom records of this identifier may be about, whatever they are. */
export const keysOf = (staging: Staging, identifier: string): string[] => [
  identifier,
  ...staging
    .all<{ key: string }>('SELECT COALESCE(key, stored) AS key FROM alias WHERE identifier = ?', identifier)
    .map(({ key }) => key),
]

type Row = { facet: string; identifier: string; key: string | null; stored: string | null }

const changeOf = (source: string, { facet, identifier, key, stored }: Row, forget: boolean): Write<Written>[] => {
  const row = { source, facet, identifier }
  // One that is its own key again needs none.
  if (key === identifier || (key === null && forget))
    return stored === null ? [] : [remove('alias', importPatterns.alias, row)]
  if (key === null || key === stored) return []
  return [put('alias', importPatterns.alias, row, { facet, identifier, key })]
}

/** Writes what differs. `forget`: those that the delivery does not state are taken away. */
export const writeAliases = async (
  staging: Staging,
  writer: Writer,
  source: string,
  forget: boolean,
): Promise<void> => {
  let changes: Write<Written>[] = []
  for (const row of staging.each<Row>('SELECT facet, identifier, key, stored FROM alias')) {
    changes.push(...changeOf(source, row, forget))
    if (changes.length < pageSize) continue
    await writer.write(changes)
    changes = []
  }
  await writer.write(changes)
}
