import { sortName } from '../../name.ts'
import type { Facet, Operation } from '../feed/operation.ts'
import { importKeys, kinOf, type SourceItem } from '../items.ts'
import type { StagedPerson, Staging } from '../staging.ts'
import type { Table } from '../table.ts'
import { type PersonRecord, patched } from './record.ts'
import { ownRoles } from './roles.ts'

/** Records held in memory before they are staged. */
const together = 500

const without = (record: PersonRecord, facet: Facet | undefined): PersonRecord => {
  const { givenName, familyName } = record
  if (!facet) return { givenName, familyName }
  const { [facet]: _, ...rest } = record
  return rest
}

const names: Readonly<Record<Facet, string>> = { pupil: 'a pupil', guardian: 'a guardian', staff: 'staff' }

const refusedBefore = 'the person’s own record is refused: they stay as they were'
const nobody = 'nobody is known by its key: there is nothing to change or to take away'

/** Why a record cannot stand as it is now. */
const fault = (record: PersonRecord): string | undefined => {
  if (record.familyName === '' && record.givenName === '') return 'it has no name'
  if (!record.guardian && ownRoles(record).size === 0) return 'it is in no school that the feed describes'
  return undefined
}

/** Stages a feed's records about people, onto what is stored where the feed is a delta. */
export const openPeople = (staging: Staging, table: Table, delta: boolean) => {
  let waiting: Operation[] = []
  const refuse = ({ file, line, key, id }: Operation, reason: string) => {
    staging.found({ kind: 'refused', file, line, id: key, reason })
    staging.keep(id)
  }

  const isKept = (id: string) => staging.get('SELECT 1 FROM kept WHERE id = ?', id) !== undefined

  /** What the table holds of people a delta names and that are not staged yet, by id. */
  const stored = async (operations: readonly Operation[]): Promise<Map<string, SourceItem>> => {
    if (!delta) return new Map()
    const ids = [...new Set(operations.map(one => one.id))].filter(id => !staging.person(id))
    const found = await table.getMany<SourceItem>(ids.map(importKeys.source))
    return new Map(found.map(item => [item.id, item]))
  }

  const stage = (operation: Operation, record: PersonRecord, known: StagedPerson | undefined) => {
    const { id, facet, file, line, key, patch } = operation
    const facets = facet ? [...new Set([...(known?.facets ?? []), facet])] : (known?.facets ?? [])
    staging.setPerson(id, { record, facets, file: known?.file ?? file, line: known?.line ?? line, key })
    if (delta) staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
    for (const other of patch.pupil?.others ?? []) staging.run('INSERT OR IGNORE INTO other VALUES (?)', other)
  }

  const twice = (operation: Operation, known: StagedPerson, next: PersonRecord) => {
    const { file, line, key, facet = 'staff' } = operation
    const place = `${known.file}, line ${known.line}`
    if (JSON.stringify(known.record) === JSON.stringify(next))
      staging.found({ kind: 'deviation', file, line, id: key, reason: `it stands in ${place} already, word for word` })
    else {
      const reason = `another record of ${names[facet]} has its key (${place}): the first one is imported`
      staging.found({ kind: 'refused', file, line, id: key, reason })
    }
  }

  /** Who gave up their last place is staged all the same: they leave. */
  const merge = (operation: Operation, held: PersonRecord | undefined, known: StagedPerson | undefined) => {
    const next = patched(held, operation.patch)
    const reason = fault(next)
    if (!held && operation.patch.givenName === undefined) return refuse(operation, nobody)
    if (reason && !(held && operation.patch.lose)) return refuse(operation, reason)
    for (const facet of ['pupil', 'guardian', 'staff'] as const)
      if (next[facet]) stage({ ...operation, facet }, next, staging.person(operation.id))
    if (reason) stage(operation, next, known)
  }

  const applyOne = (operation: Operation, item: SourceItem | undefined) => {
    const { facet, id, patch, refused } = operation
    if (refused) return refuse(operation, refused)
    const known = staging.person(id)
    const held = known?.record ?? (item?.left ? undefined : item?.record)
    if (operation.action === 'merge') return merge(operation, held, known)
    const action =
      operation.action !== 'set' ? operation.action : facet && held?.[facet] !== undefined ? 'modify' : 'add'
    if (action === 'add') {
      const next = patched(held && without(held, facet), patch)
      if (known && facet && !delta && (known.facets.includes(facet) || sortName(known.record) !== sortName(next)))
        return twice(operation, known, next)
      const reason = fault(next)
      return reason ? refuse(operation, reason) : stage(operation, next, known)
    }
    if (!held || (facet && held[facet] === undefined)) {
      // Taken away before: no fault of a delta that is imported again.
      if (action === 'delete' && item) return
      return refuse(operation, isKept(id) ? refusedBefore : (operation.unknown ?? nobody))
    }
    if (action === 'delete') return stage(operation, without(held, facet), known)
    const next = patched(held, patch)
    const reason = fault(next)
    return reason ? refuse(operation, reason) : stage(operation, next, known)
  }

  const flush = async (): Promise<void> => {
    const operations = waiting
    waiting = []
    const items = await stored(operations)
    staging.transaction(() => {
      // An import that was interrupted may have left anybody the delta names undone, and their kin, whatever is said of
      // them now. Kin before and after stand in what is stored.
      for (const item of items.values()) {
        for (const child of item.children) staging.link(item.id, child)
        for (const id of [item.id, ...kinOf(item), ...item.parted])
          staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
      }
      for (const operation of operations) {
        const item = items.get(operation.id)
        applyOne(operation, item)
        const wasGuardian = !item?.left && item?.record.guardian
        if (delta && !wasGuardian && staging.person(operation.id)?.record.guardian)
          staging.run('INSERT OR IGNORE INTO arrived VALUES (?)', operation.id)
      }
    })
  }

  return {
    /** Takes a record. Awaiting is needed only where a promise is given. */
    apply: (operation: Operation): void | Promise<void> => {
      waiting.push(operation)
      if (waiting.length >= together) return flush()
    },
    flush,
  }
}
