import { roles as possible, type SchoolRole } from '../../../shared/kernel/role.ts'
import { type Candidate, openCandidates } from './candidate.ts'
import { type Change, changeOf, isUnchanged } from './change.ts'
import { importKeys, keyOfText, type SourceItem } from './items.ts'
import { suspended } from './people/suspend.ts'
import type { noCounts } from './report.ts'
import type { Staged, StagedSchool, Staging } from './staging.ts'
import { loadRows } from './stored.ts'
import { spread, type Table } from './table.ts'

type Options = {
  readonly source: string
  readonly into: Table | undefined
  readonly delta: boolean
  /** Whether those who are absent are suspended. */
  readonly whole: boolean
  readonly now: Date
  readonly counts: ReturnType<typeof noCounts>
  readonly progress: (people: number) => void
}

const rolesBefore = ({ rows, left }: SourceItem): readonly SchoolRole[] => {
  if (left) return left.roles
  const roles = Object.keys(rows).flatMap((text): SchoolRole[] => {
    const { pk, sk } = keyOfText(text)
    const [, held] = /^M#([a-z-]+)#/.exec(sk) ?? []
    const role = possible.find(one => one === held)
    return pk.startsWith('S#') && role ? [{ uai: pk.slice('S#'.length), role }] : []
  })
  // The operator's word ends with the person's place in the school.
  const own = roles.filter(one => one.role !== 'administrator')
  return own.length > 0 ? own : roles
}

/** Writes the changes part by part: an import that stops between two of them finds the difference again. */
export const writeChanges = async (table: Table, changes: readonly Change[]): Promise<void> => {
  for (const part of ['source', 'rows', 'person', 'members'] as const)
    await table.write(changes.flatMap(change => change[part]))
}

/** Hundreds of people under way at one time: some are compared while others are written. */
const atOnce = 2

/** Those who are stored and not in the feed, a few hundred at a time. */
function* gone(staging: Staging): Generator<Staged[]> {
  for (let after = ''; ; ) {
    const rows = staging.all<{ id: string }>(
      `SELECT DISTINCT id FROM stored
       WHERE suspended = 0 AND id > ? AND id NOT IN (SELECT id FROM person) ORDER BY id LIMIT 500`,
      after,
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ id }) => ({ id, person: undefined }))
    after = last.id
  }
}

/** Brings people to what the feed says: only what differs is written. */
export const bringPeople = async (staging: Staging, table: Table, options: Options): Promise<void> => {
  const { source, into, delta, whole, now, counts } = options
  const schools = new Map<string, StagedSchool>(staging.schools().map(one => [one.uai, one]))
  const school = (uai: string) => schools.get(uai)
  const held = new Set(staging.all<{ uai: string }>('SELECT uai FROM held').map(row => row.uai))
  const candidatesOf = openCandidates(staging, source, school)

  const isHeld = ({ next, rows }: Candidate) =>
    held.size > 0 &&
    [...rows.map(row => row.uai), ...(next?.person.roles ?? []).map(one => one.uai)].some(uai => held.has(uai))

  const changeOfOne = ({ next, rows }: Candidate, old: SourceItem | undefined): Change | undefined => {
    if (next) {
      if (isUnchanged(next, rows)) {
        counts.people.unchanged++
        return undefined
      }
      if (rows.length > 0) counts.people.changed++
      else counts.people.added++
      return changeOf(next, old, rows)
    }
    if (!old || (!delta && !whole)) return undefined
    const left = suspended(old, old.left ?? { at: now.toISOString(), roles: rolesBefore(old) }, school)
    if (isUnchanged(left, rows)) return undefined
    if (rows.some(row => row.suspended === 0)) counts.people.suspended++
    return changeOf(left, old, rows)
  }

  const bring = async (people: readonly Staged[]): Promise<void> => {
    const ids = people.map(one => one.id)
    const found = delta ? await table.getMany<SourceItem>(ids.map(importKeys.source)) : []
    if (delta) await loadRows(staging, table, found)
    const candidates = candidatesOf(people).filter(one => !isHeld(one))
    const differing = candidates.filter(({ next, rows }) => !next || !isUnchanged(next, rows))
    const items = delta ? found : await table.getMany<SourceItem>(differing.map(({ id }) => importKeys.source(id)))
    const byId = new Map(items.map(item => [item.id, item]))
    const changes = candidates.flatMap(one => changeOfOne(one, byId.get(one.id)) ?? [])
    if (into) await writeChanges(into, changes)
    options.progress(ids.length)
  }

  if (delta) {
    // A guardian who comes is written whole before the pupils are that waited for them: until then they are found again.
    await spread(staging.people('arrived'), bring, atOnce)
    staging.run('DELETE FROM affected WHERE id IN (SELECT id FROM arrived)')
  }
  await spread(staging.people(delta ? 'affected' : 'person'), bring, atOnce)
  if (!delta && whole) await spread(gone(staging), bring, atOnce)
}
