import { roles as possible, type SchoolRole } from '../../../shared/kernel/role.ts'
import { argsOf } from '../../platform/pattern.ts'
import { importPatterns, type SourceItem } from '../patterns.ts'
import { type Candidate, type Kept, openCandidates } from './candidate.ts'
import { type Change, changeOf, forgetting, isUnchanged } from './change.ts'
import { isJoined, isJoining } from './handed.ts'
import { loadSeveral, type Several } from './joined/parts.ts'
import { keyOfText } from './keys.ts'
import { isKeptAlone, isReferable } from './people/kept.ts'
import { suspended } from './people/suspend.ts'
import type { PeopleTable, Write } from './platform.ts'
import type { Counts } from './report.ts'
import type { Staged, StagedSchool, Staging, Todo } from './staging.ts'
import { loadRows, loadSources } from './stored.ts'
import { openClosing } from './years/close.ts'
import { countPerson } from './years/report.ts'

/** The roles of somebody who leaves, by the rosters they are in. */
const rolesBefore = ({ rows, left }: SourceItem): SchoolRole[] => {
  if (left) return left.roles
  const roles = Object.keys(rows).flatMap((text): SchoolRole[] => {
    const args = argsOf(importPatterns.member, keyOfText(text))
    const role = possible.find(one => one === args?.role)
    return args && role ? [{ uai: args.uai, role }] : []
  })
  // A role that the operator granted ends with the person's own roles in the school.
  const own = roles.filter(one => one.role !== 'administrator')
  return own.length > 0 ? own : roles
}

/** True of somebody who is in a school's list of those who left. */
const isListed = ({ rows }: SourceItem): boolean =>
  Object.keys(rows).some(text => keyOfText(text).sk.startsWith('M#suspended#'))

/** False for somebody whom a held school has again: they are among the others. */
const isKept = ({ person }: Staged): boolean => person === undefined

/** What an undo gives back to somebody who had left before. */
const formerLeft = (staging: Staging, id: string): SourceItem['left'] => {
  const row = staging.get<{ body: string }>('SELECT body FROM former_left WHERE id = ?', id)
  return row && (JSON.parse(row.body) as SourceItem['left'])
}

/**
 * Those who are stored, with access or kept without, and not in the feed, a few hundred at a time; but for those whose key
 * is somebody else's.
 */
function* absent(staging: Staging): Generator<Staged[]> {
  for (let after = ''; ; ) {
    const rows = staging.all<{ id: string }>(
      `SELECT DISTINCT id FROM stored
       WHERE (suspended = 0 OR uai = '') AND id > ? AND id NOT IN (SELECT id FROM person)
         AND id NOT IN (SELECT id FROM kept) AND id NOT IN (SELECT id FROM ended) ORDER BY id LIMIT 500`,
      after,
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ id }) => ({ id, person: undefined }))
    after = last.id
  }
}

/** What people are compared by. */
export type Comparing = {
  readonly source: string
  readonly delta: boolean
  /** Whether those who are absent are suspended. */
  readonly whole: boolean
  readonly now: Date
  readonly counts: Counts
  /** The schools that begin a year. */
  readonly rolled?: ReadonlySet<string>
  /** Of a school that changes its source: those who stay who they are, and are written by the import of the other one. */
  readonly isMoving?: (id: string) => boolean
  /** Only to find out who changes: what is stored of those who are in a school is not read. The changes cannot be written. */
  readonly planning?: boolean
}

/**
 * Somebody who changes. `rows`: theirs in schools, as they are stored. `closed`: what keeps for them the closed groups that
 * the change takes them out of.
 */
export type Changed = Pick<Candidate, 'id' | 'next' | 'rows'> & {
  readonly change: Change
  readonly closed: readonly Write[]
}

const nowhere: ReadonlySet<string> = new Set()
const nobody = () => false

/** The parts in which people are written, one after the other. */
const partsOf = (delta: boolean, whole: boolean): Todo[] =>
  delta
    ? ['todo_arrived', 'todo_staged']
    : ['todo_staged', 'todo_kept', 'todo_ended', ...(whole ? (['todo_absent'] as const) : [])]

/** Compares people, one part after the other, with what is stored. `schoolsOf`: those somebody is in by the feed, today. */
export const openComparison = (staging: Staging, table: PeopleTable, options: Comparing) => {
  const { source, delta, whole, now, counts, rolled = nowhere, isMoving = nobody, planning = false } = options
  const schools = new Map<string, StagedSchool>(staging.schools().map(one => [one.uai, one]))
  const school = (uai: string) => schools.get(uai)
  const { candidatesOf, schoolsOf } = openCandidates(staging, source, school)
  const closedOf = openClosing(staging, table, staging.day, school)

  const hasEnded = (id: string) => staging.get('SELECT 1 FROM ended WHERE id = ?', id) !== undefined

  /** Somebody without access. `kept`: what the feed says of them all the same. */
  const leaving = (
    id: string,
    old: SourceItem | undefined,
    rows: Candidate['rows'],
    several: Several | undefined,
    kept?: Kept,
  ): Change | undefined => {
    const known = old ?? (kept && { id, source, record: kept.record })
    if (!known) return undefined
    const before = formerLeft(staging, id) ?? old?.left ?? { at: now.toISOString(), roles: old ? rolesBefore(old) : [] }
    // Who left before another source gave them access stays in the lists of those who did.
    const elsewhere = old?.left ? !isListed(old) : several?.elsewhere || isMoving(id)
    const left = suspended(known, before, school, kept, elsewhere)
    if (isUnchanged(left, rows)) {
      if (kept && !kept.alone) counts.people.unchanged++
      return undefined
    }
    if (!old) counts.people.added++
    if (rows.some(row => row.suspended === 0)) {
      if (isMoving(id)) return changeOf(left, old, rows, several)
      if (several?.elsewhere) counts.people.changed++
      else counts.people.suspended++
    }
    return changeOf(left, old, rows, several)
  }

  const changeOfOne = (
    { id, next, kept, rows }: Candidate,
    old: SourceItem | undefined,
    isStaged: boolean,
    several: Several | undefined,
  ): Change | undefined => {
    if (next) {
      if (isUnchanged(next, rows)) {
        counts.people.unchanged++
        return undefined
      }
      if (isMoving(id)) return changeOf(next, old, rows, several)
      if (rows.some(row => row.uai !== '') || isJoining(staging, id)) counts.people.changed++
      else counts.people.added++
      return changeOf(next, old, rows, several)
    }
    const wasThere = old && !isKeptAlone(old) ? old : undefined
    // Custody that ended has ended, also where the feed lacks something else.
    if (kept?.alone && !wasThere)
      return isUnchanged(kept.alone, rows) ? undefined : changeOf(kept.alone, old, rows, several)
    if (kept) return leaving(id, old, rows, several, kept)
    // Who is in the feed and is nothing today is no longer what they were, whatever else the feed lacks.
    if (isStaged) reportOver(id)
    else if (!delta && !whole && !hasEnded(id)) return undefined
    if (wasThere) return leaving(id, wasThere, rows, several)
    return old || rows.some(row => row.uai === '') ? forgetting(id, source, several) : undefined
  }

  /** Somebody of the feed is nothing on any day from today on. */
  const reportOver = (id: string) => {
    const { record, file, line, key } = staging.person(id) ?? {}
    if (record && isReferable(record) && file)
      staging.found({
        kind: 'left-out',
        file,
        line,
        ...(key && { id: key }),
        reason: 'all that it says of them is over',
      })
  }

  const compare = async (people: readonly Staged[]): Promise<Changed[]> => {
    const ids = people.map(one => one.id)
    const found = delta ? await loadSources(table, ids, source) : []
    if (delta) await loadRows(staging, table, found)
    const candidates = candidatesOf(people)
    if (rolled.size > 0)
      for (const { next, rows } of candidates) {
        const before = rows.flatMap(row => (row.suspended === 0 ? row.uai : []))
        countPerson(before, next?.roles.map(({ uai }) => uai) ?? [], rolled, counts.newYear)
      }
    const isSame = ({ next, kept, rows }: Candidate) => {
      const wanted = next ?? kept?.alone
      return wanted !== undefined && isUnchanged(wanted, rows)
    }
    const differing = candidates.filter(one => !isSame(one) && !(planning && one.next)).map(({ id }) => id)
    const items = delta ? found : await loadSources(table, differing, source)
    const byId = new Map(items.map(item => [item.id, item]))
    const several = await loadSeveral(
      table,
      source,
      differing.filter(id => byId.has(id) || isJoined(staging, id)),
    )
    const changed = candidates.map(async (one, at): Promise<Changed[]> => {
      const old = byId.get(one.id)
      const change = changeOfOne(one, old, people[at]?.person !== undefined, several.get(one.id))
      if (!change) return []
      return [
        { ...one, change, closed: old && !planning ? await closedOf(old, change.rows, now, several.has(one.id)) : [] },
      ]
    })
    return (await Promise.all(changed)).flat()
  }

  /** Everybody of a part, a few hundred at a time. */
  const people = (part: Todo): Iterable<Staged[]> => {
    switch (part) {
      case 'todo_arrived':
        return staging.people('arrived')
      case 'todo_staged':
        // New guardians are written before the pupils that waited for them: if the import stops in between, the next
        // one finds those pupils again by their awaited rows.
        if (delta) staging.run('DELETE FROM affected WHERE id IN (SELECT id FROM arrived)')
        return staging.people(delta ? 'affected' : 'person')
      case 'todo_kept':
        return staging.people('kept')
      case 'todo_ended':
        return staging.people('ended')
      case 'todo_absent':
        return absent(staging)
    }
  }

  return {
    parts: partsOf(delta, whole),
    people,
    schoolsOf,
    compare: (part: Todo, page: readonly Staged[]) => compare(part === 'todo_kept' ? page.filter(isKept) : page),
  }
}
