import { forEachConcurrent } from '../../../platform/concurrent.ts'
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
  /** The source of their item SOURCE. */
  readonly first: string
  /** Whether another source than the one that is imported gives them access. */
  readonly elsewhere: boolean
}

/** The parts of some people, by id. */
const partsOf = async (table: PeopleTable, ids: Iterable<string>): Promise<Map<string, PersonItem[]>> => {
  const parts = new Map<string, PersonItem[]>()
  await forEachConcurrent(ids, async person => {
    parts.set(person, await table.all(importPatterns.parts, { person }, consistent))
  })
  return parts
}

/** Those of some people whom several sources describe, by id. */
export const loadSeveral = async (
  table: PeopleTable,
  source: string,
  ids: readonly string[],
): Promise<Map<string, Several>> => {
  const keys = ids.map(person => ({ person }))
  const items = await table.getMany(importPatterns.joined, keys, consistent)
  const firsts = new Map(ids.flatMap((id, at) => (items[at] ? [[id, items[at].first] as const] : [])))
  const parts = await partsOf(table, firsts.keys())
  const isElsewhere = (id: string) =>
    parts.get(id)?.some(part => part.source !== source && part.status === 'active') ?? false
  return new Map([...firsts].map(([id, first]) => [id, { first, elsewhere: isElsewhere(id) }]))
}

/**
 * Writes people of their parts, which are stored already. Two sources may be imported at a time: where a part has changed
 * while its person was written, they are written again.
 */
export const writeMerged = async (table: PeopleTable, writer: PeopleWriter, ids: readonly string[]): Promise<void> => {
  if (writer.dryRun) return
  const written = new Map<string, string>()
  for (let left = ids; left.length > 0; ) {
    const parts = await partsOf(table, left)
    const changed = [...parts].flatMap(([id, [first, ...more]]) => {
      const person = first && mergeParts([first, ...more])
      return person && written.get(id) !== printOf(person) ? { id, person } : []
    })
    await writer.write(changed.map(({ id, person }) => put('person', directoryPatterns.person, { person: id }, person)))
    for (const { id, person } of changed) written.set(id, printOf(person))
    left = changed.map(({ id }) => id)
  }
}
