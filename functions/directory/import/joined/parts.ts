import { put } from '../../../platform/operation.ts'
import { directoryPatterns, type PersonItem } from '../../audiences.ts'
import { importPatterns } from '../../patterns.ts'
import { mergeParts } from '../people/merge-parts.ts'
import { printOf } from '../people/print.ts'
import type { PeopleTable, PeopleWriter } from '../platform.ts'
import { consistent } from '../stored.ts'

/**
 * Somebody whom several sources describe. Each source has an item of its own of what it says (SOURCE, SOURCE#source) and
 * of who they are by it alone (PART#source); rows in schools and groups are those of the source that describes the
 * school. Their item as a person is made of all parts.
 */
export type Several = {
  /** The first is that of their item SOURCE. */
  readonly sources: readonly string[]
  /** Whether another source than the one that is imported gives them access. */
  readonly elsewhere: boolean
}

type Keyed = { readonly person: string; readonly source: string }

/** Those of some people whom several sources describe, by id. */
export const loadSeveral = async (
  table: PeopleTable,
  source: string,
  ids: readonly string[],
): Promise<Map<string, Several>> => {
  const keys = ids.map(person => ({ person }))
  const items = await table.getMany(importPatterns.joined, keys, consistent)
  const joined = ids.flatMap((id, at) => {
    const sources = items[at]?.sources
    return sources ? [{ id, sources }] : []
  })
  const others = joined.flatMap(({ id, sources }) =>
    sources.filter(one => one !== source).map((one): Keyed => ({ person: id, source: one })),
  )
  const parts = await table.getMany(importPatterns.part, others, consistent)
  const active = new Set(others.flatMap(({ person }, at) => (parts[at]?.status === 'active' ? person : [])))
  return new Map(joined.map(({ id, sources }) => [id, { sources, elsewhere: active.has(id) }]))
}

const partsOf = async (
  table: PeopleTable,
  people: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, PersonItem[]>> => {
  const keys = [...people].flatMap(([person, sources]) => sources.map((source): Keyed => ({ person, source })))
  const parts = await table.getMany(importPatterns.part, keys, consistent)
  const found = new Map<string, PersonItem[]>()
  for (const [at, { person }] of keys.entries()) {
    const part = parts[at]
    if (part) found.set(person, [...(found.get(person) ?? []), part])
  }
  return found
}

/**
 * Writes people of their parts, which are stored already. Two sources may be imported at a time: where a part has changed
 * while its person was written, they are written again.
 * @param people the sources of each, by id
 */
export const writeMerged = async (
  table: PeopleTable,
  writer: PeopleWriter,
  people: ReadonlyMap<string, readonly string[]>,
): Promise<void> => {
  if (writer.dryRun) return
  const written = new Map<string, string>()
  for (let left = people; left.size > 0; ) {
    const found = await partsOf(table, left)
    const merged = [...found].flatMap(([id, [first, ...more]]) =>
      first ? [[id, mergeParts([first, ...more])] as const] : [],
    )
    const changed = merged.filter(([id, person]) => written.get(id) !== printOf(person))
    await writer.write(changed.map(([id, person]) => put('person', directoryPatterns.person, { person: id }, person)))
    for (const [id, person] of changed) written.set(id, printOf(person))
    left = new Map(changed.map(([id]) => [id, people.get(id) ?? []]))
  }
}
