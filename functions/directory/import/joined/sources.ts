import { isDeepStrictEqual } from 'node:util'
import { put } from '../../../platform/operation.ts'
import { importPatterns, type SourceOfTerritory } from '../../patterns.ts'
import type { Format } from '../feed/chosen.ts'
import type { ImportTable, Writer } from '../platform.ts'
import type { Staging } from '../staging.ts'
import { consistent } from '../stored.ts'

/** Notes the académie that a school states. */
export const noteAcademy = (staging: Staging, academy: string): void => {
  if (academy !== '') staging.run('INSERT OR IGNORE INTO academy VALUES (?)', academy)
}

const academiesIn = (staging: Staging): string[] =>
  staging.all<{ name: string }>('SELECT name FROM academy ORDER BY name').map(({ name }) => name)

/**
 * The other sources of the territory. `sameKeys`: those whose keys mean the same people as those of a delivery, which is
 * AAF where neither states another académie.
 */
export const otherSources = async (
  staging: Staging,
  table: ImportTable,
  format: Format,
): Promise<{ readonly all: readonly string[]; readonly sameKeys: readonly string[] }> => {
  const all = await table.all(importPatterns.territorySources, {}, consistent)
  const own = all.find(one => one.source === staging.source)?.academies ?? []
  const academies = new Set([...own, ...academiesIn(staging)])
  const others = all.filter(one => one.source !== staging.source)
  const sameKeys = others
    .filter(one => format === 'aaf' && one.format === 'aaf')
    .filter(
      one => academies.size === 0 || one.academies.length === 0 || one.academies.some(name => academies.has(name)),
    )
    .map(one => one.source)
  return { all: others.map(one => one.source), sameKeys }
}

/** Notes the source among those of the territory. What a delta does not describe stays as it was known. */
export const writeSource = async (
  staging: Staging,
  table: ImportTable,
  writer: Writer,
  { source, format, delta }: { readonly source: string; readonly format?: Format; readonly delta: boolean },
): Promise<void> => {
  if (!format) return
  const all = await table.all(importPatterns.territorySources, {}, consistent)
  const before = all.find(one => one.source === source)
  const academies = [...new Set([...(delta ? (before?.academies ?? []) : []), ...academiesIn(staging)])].sort()
  const item: SourceOfTerritory = { source, format, academies }
  if (!isDeepStrictEqual(before, item))
    await writer.write([put('territory-source', importPatterns.territorySource, { source }, item)])
}
