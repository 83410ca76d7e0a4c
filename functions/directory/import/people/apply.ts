import { sortName } from '../../../../shared/kernel/names.ts'
import type { SourceItem } from '../../patterns.ts'
import type { PersonRecord } from '../../record.ts'
import type { Facet, Operation } from '../feed/operation.ts'
import { anyHanded, handedOf, isHeld, meansJoined } from '../handed.ts'
import { kinOf } from '../keys.ts'
import type { ImportTable } from '../platform.ts'
import type { StagedPerson, Staging } from '../staging.ts'
import { loadSources } from '../stored.ts'
import { recordEver } from './dated.ts'
import { joined } from './joined.ts'
import { describedRecord } from './kept.ts'
import { namesIn, openMeaning } from './meant.ts'
import { noteNamed } from './named.ts'
import { joinedStaff, patched } from './record.ts'
import { ownRoles } from './roles.ts'

/** Records collected before they are staged. */
const pageSize = 500

const without = (record: PersonRecord, facet: Facet | undefined): PersonRecord => {
  const { givenName, familyName, contacts } = record
  if (!facet) return { givenName, familyName, ...(contacts && { contacts }) }
  const { [facet]: _, pupils, guardianTerms, ...rest } = record
  return facet === 'guardian' ? rest : { ...rest, ...(pupils && { pupils }), ...(guardianTerms && { guardianTerms }) }
}

const isSameName = (one: PersonRecord, other: PersonRecord) => sortName(one) === sortName(other)

const names: Readonly<Record<Facet, string>> = { pupil: 'a pupil', guardian: 'a guardian', staff: 'staff' }

const refusedBefore = 'the person’s own record is refused: they stay as they were'
const nobody = 'nobody is known by its key: there is nothing to change or to take away'

const isInNoSchool = (record: PersonRecord): boolean => !record.guardian && ownRoles(recordEver(record)).size === 0

const inNoSchool = 'it is in no school that the feed describes'

/** Why a record cannot be imported; undefined if it can. */
const fault = (record: PersonRecord, keep = false): string | undefined => {
  if (record.familyName === '' && record.givenName === '') return 'it has no name'
  if (!keep && isInNoSchool(record)) return inNoSchool
  return undefined
}

/** Stages a feed's records about people; those of a delta are applied to what is stored. */
export const openPeople = (staging: Staging, table: ImportTable, delta: boolean) => {
  const { meant, meetHeld, somebodyElse } = openMeaning(staging, delta)
  let waiting: Operation[] = []
  const refuse = ({ file, line, key, id }: Operation, reason: string) => {
    staging.found({ kind: 'refused', file, line, id: key, reason })
    staging.retain(id)
  }

  const isRetained = (id: string) => staging.get('SELECT 1 FROM retained WHERE id = ?', id) !== undefined

  /** What the table holds of people a delta names and that are not staged yet, by id. */
  const stored = async (operations: readonly Operation[]): Promise<Map<string, SourceItem>> => {
    if (!delta) return new Map()
    const named = operations.map(one => one.id)
    const held = named.map(id => handedOf(staging, id)).filter(isHeld)
    const renaming = new Set(operations.filter(namesIn).map(one => staging.meant(one.id)))
    const ids = new Set([...named.map(id => staging.meant(id)), ...held.map(one => one.held.former)])
    const items = await loadSources(
      table,
      [...ids].filter(id => !staging.person(id) || renaming.has(id)),
      staging.source,
    )
    return new Map(items.map(item => [item.id, { ...item, record: meansJoined(staging, item.record) }]))
  }

  const stage = (
    operation: Operation,
    record: PersonRecord,
    known: StagedPerson | undefined,
    before: PersonRecord | undefined,
  ) => {
    const { id, facet, file, line, key, patch } = operation
    const facets = facet ? [...new Set([...(known?.facets ?? []), facet])] : (known?.facets ?? [])
    staging.setPerson(id, {
      record,
      facets,
      file: known?.file ?? file,
      line: known?.line ?? line,
      key: known?.key ?? key,
    })
    noteNamed(staging, operation, before?.pupils ?? [], record.pupils ?? [])
    if (delta) staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
    if (delta && (patch.pupil?.guardians || patch.guardians))
      staging.run('INSERT OR IGNORE INTO restated VALUES (?)', id)
    for (const other of patch.pupil?.others ?? []) staging.run('INSERT OR IGNORE INTO other VALUES (?)', other)
  }

  /** Another row of a person who is described in one row a school. */
  const joinRow = (operation: Operation, before: PersonRecord, known: StagedPerson, row: PersonRecord) => {
    const next = joined(before, row)
    const { file, line, key } = operation
    const where = `${known.file}, line ${known.line}`
    const same = JSON.stringify(before) === JSON.stringify(next)
    const reason = same
      ? `it stands in ${where} already, word for word`
      : `it is one more row of the person of ${where}: both are read`
    staging.found({ kind: 'deviation', file, line, id: key, reason })
    stage(operation, next, known, before)
  }

  const twice = (operation: Operation, known: StagedPerson, next: PersonRecord) => {
    const { file, line, key, facet = 'staff' } = operation
    const where = `${known.file}, line ${known.line}`
    if (JSON.stringify(known.record) === JSON.stringify(next))
      staging.found({ kind: 'deviation', file, line, id: key, reason: `it stands in ${where} already, word for word` })
    else if (known.record.staff && next.staff && facet === 'staff' && isSameName(known.record, next)) {
      const staff = joinedStaff(known.record.staff, next.staff)
      stage(operation, { ...next, staff }, known, known.record)
      const reason = `it stands in ${where} already, with other posts or classes: both are imported`
      staging.found({ kind: 'deviation', file, line, id: key, reason })
    } else {
      const reason = `another record of ${names[facet]} has its key (${where}): the first one is imported`
      staging.found({ kind: 'refused', file, line, id: key, reason })
    }
  }

  /** A person who gave up their last post is staged too, so that they are suspended. */
  const merge = (operation: Operation, before: PersonRecord | undefined, known: StagedPerson | undefined) => {
    const next = patched(before, operation.patch)
    const reason = fault(next)
    if (!before && operation.patch.givenName === undefined) return refuse(operation, nobody)
    if (reason && !(before && operation.patch.lose)) return refuse(operation, reason)
    for (const facet of ['pupil', 'guardian', 'staff'] as const)
      if (next[facet]) stage({ ...operation, facet }, next, staging.person(operation.id), before)
    if (reason) stage(operation, next, known, before)
  }

  /** A guardian's own record names a pupil. Of one whom the feed does not describe there is nothing to change. */
  const nameGuardian = (operation: Operation, before: PersonRecord | undefined, known: StagedPerson | undefined) => {
    const { patch, file, line, key } = operation
    if (before?.pupil) return stage({ ...operation, facet: undefined }, patched(before, patch), known, before)
    if (patch.namedBy?.gone) return
    const reason = 'it names as its child somebody who is no pupil of the feed: they get no access to them'
    staging.found({ kind: 'left-out', file, line, id: key, reason })
  }

  const stageUnlessFaulty = (
    operation: Operation,
    next: PersonRecord,
    known: StagedPerson | undefined,
    before: PersonRecord | undefined,
  ) => {
    const reason = fault(next, operation.keep)
    if (reason) return refuse(operation, reason)
    const { file, line, key } = operation
    if (isInNoSchool(next))
      staging.found({ kind: 'left-out', file, line, id: key, reason: `${inNoSchool}: it is kept without access` })
    stage(operation, next, known, before)
  }

  const applyOne = (operation: Operation, item: SourceItem | undefined) => {
    const { facet, id, patch, refused } = operation
    if (refused) return refuse(operation, refused)
    const known = staging.person(id)
    const before = known?.record ?? (item && describedRecord(item))
    if (patch.namedBy) return nameGuardian(operation, before, known)
    // Of somebody who left, the names are known still: a role that they take up again needs no other row.
    if (operation.action === 'merge') return merge(operation, before ?? item?.record, known)
    const row = patched(undefined, patch)
    if (operation.rowPerSchool && known && facet && before?.[facet] && known.facets.includes(facet))
      return isSameName(before, row) ? joinRow(operation, before, known, row) : twice(operation, known, row)
    const action =
      operation.action !== 'set' ? operation.action : facet && before?.[facet] !== undefined ? 'modify' : 'add'
    if (action === 'add') {
      const next = patched(before && without(before, facet), patch)
      if (known && facet && !delta && (known.facets.includes(facet) || !isSameName(known.record, next)))
        return twice(operation, known, next)
      return stageUnlessFaulty(operation, next, known, before)
    }
    if (!before || (facet && before[facet] === undefined)) {
      // Deleted before: a delta that is imported again repeats its deletions.
      if (action === 'delete' && item) return
      return refuse(operation, isRetained(id) ? refusedBefore : (operation.unknown ?? nobody))
    }
    if (action === 'delete') return stage(operation, without(before, facet), known, before)
    return stageUnlessFaulty(operation, patched(before, patch), known, before)
  }

  const flush = async (): Promise<void> => {
    const operations = waiting
    waiting = []
    const items = await stored(operations)
    staging.transaction(() => {
      // An import that was interrupted may have left people of this delta and their kin half written: all of them are
      // compared again, whatever the delta says of them. What is stored names their kin before and after that import.
      for (const item of items.values()) {
        for (const child of item.children) staging.link(item.id, child)
        for (const id of [item.id, ...kinOf(item), ...item.parted])
          staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
      }
      for (const said of operations) {
        const handed = anyHanded(staging)
        if (handed) meetHeld(said)
        const operation = handed ? meant(said) : said
        const other = somebodyElse(operation, items.get(operation.id))
        const { id } = other ? { id: other } : operation
        const item = items.get(id)
        applyOne({ ...operation, id }, item)
        const wasGuardian = !item?.left && item?.record.guardian
        if (delta && !wasGuardian && staging.person(id)?.record.guardian)
          staging.run('INSERT OR IGNORE INTO arrived VALUES (?)', id)
      }
    })
  }

  return {
    /** Takes a record. Gives a promise to await when a page of records is full. */
    apply: (operation: Operation): void | Promise<void> => {
      waiting.push(operation)
      if (waiting.length >= pageSize) return flush()
    },
    flush,
  }
}
