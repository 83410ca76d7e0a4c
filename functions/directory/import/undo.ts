import type { Table } from '../../platform/table.ts'
import type { unattendedAccess } from '../access.ts'
import type { SourceItem } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import { changePatterns } from './change-patterns.ts'
import { stateOf } from './changes.ts'
import { ImportRefused } from './feed/finding.ts'
import { merged, partIn } from './hold.ts'
import { printOf } from './people/print.ts'
import type { Prepared } from './prepare.ts'
import { relate } from './relate.ts'
import type { Undo } from './runs.ts'
import type { Staging } from './staging.ts'
import { consistent, loadGrants, loadSchools, loadSources } from './stored.ts'

type UndoTable = Table<typeof unattendedAccess>

const gone = 'what was there before this import is kept for 30 days: it can no longer be undone'

/** What a person is once a school has them as before, and others as they are now. */
const restored = (
  now: PersonRecord | undefined,
  former: PersonRecord | undefined,
  uai: string,
): PersonRecord | undefined => {
  const elsewhere = (record: PersonRecord | undefined) => record && partIn(record, one => one !== uai)
  if (former && (!now || printOf(elsewhere(now)) === printOf(elsewhere(former)))) return former
  const here = new Set([uai])
  return merged(now, former, { uais: here, keepsGuardians: here })
}

/**
 * Stages what undoes a run in a school: each of its people whom the run changed, as their record was before. Their items
 * are made of it as an import makes them, so that what was decided since of an adult's access holds. Whom a later import
 * changed stays as they are.
 */
export const prepareUndo = async (
  staging: Staging,
  table: UndoTable,
  { uai, run }: Undo,
): Promise<{ readonly prepared: Prepared; readonly changedSince: number }> => {
  const school = await table.get(changePatterns.formerSchool, { uai, run }, consistent)
  if (!school) throw new ImportRefused(gone)
  const { source } = school
  await loadSchools(staging, table, source)
  const described = staging.school(uai)
  if (described) staging.addSchool(described)
  for (const { group: id, name, kind, key = null, year = null, ...period } of school.groups) {
    staging.addGroup({ id, uai, name, kind }, period)
    staging.run('INSERT OR IGNORE INTO given_grp VALUES (?, ?, ?, ?, ?, 1)', id, uai, kind, key, year)
  }

  // What the last delivery of a run left is what must be there still.
  const changed = new Map<string, { kind: string; after: string }>()
  for (const { kind, people } of await table.all(changePatterns.ofRun, { uai, run }, consistent))
    if (kind !== 'losing') for (const { person, after } of people) changed.set(person, { kind, after })

  let changedSince = 0
  const ids = [...changed.keys()]
  const leave = (id: string) => {
    staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
    staging.run('INSERT OR IGNORE INTO ended VALUES (?)', id)
  }
  const stage = (item: SourceItem, was: { record: PersonRecord; left?: SourceItem['left'] } | undefined) => {
    const { id } = item
    const record = restored(item.left ? undefined : item.record, was?.left ? undefined : was?.record, uai)
    if (was?.left && !record) {
      leave(id)
      staging.run('INSERT OR REPLACE INTO former_left VALUES (?, ?)', id, JSON.stringify(was.left))
      if (was.record.pupil || was.record.staff || was.record.guardian) staging.keep(id, was.record)
      return
    }
    const hasOthers = item.children.some(child => changed.get(child)?.kind !== 'arrived')
    const isNobody = !record || (!was && !record.pupil && !record.staff && !hasOthers)
    if (isNobody) return leave(id)
    staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
    staging.setPerson(id, { record, facets: [], file: '', line: 0, key: '' })
    for (const child of item.children) staging.link(id, child)
  }
  for (let from = 0; from < ids.length; from += 100) {
    const page = ids.slice(from, from + 100)
    const items = new Map((await loadSources(table, page, source)).map(item => [item.id, item]))
    const keys = page.map(person => ({ person, run }))
    const former = await table.getMany(changePatterns.former, keys, consistent)
    staging.transaction(() => {
      for (const [at, id] of page.entries()) {
        const item = items.get(id)
        if (
          !item ||
          item.source !== source ||
          stateOf(item.record, item.left !== undefined) !== changed.get(id)?.after
        ) {
          changedSince++
          continue
        }
        stage(item, former[at])
      }
    })
  }
  await relate(staging, table, true)
  await loadGrants(staging, table)
  const prepared: Prepared = {
    mode: 'delta',
    source,
    delta: true,
    held: [],
    whole: true,
    empty: false,
    suspends: false,
    takenOver: [],
    renamed: [],
    years: [],
    schoolYears: school.year === undefined ? {} : { [uai]: school.year },
    undoes: true,
    rolled: [],
  }
  return { prepared, changedSince }
}
