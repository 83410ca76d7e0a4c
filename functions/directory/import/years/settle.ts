import { groupId, nextGroupId } from '../../identity.ts'
import type { GroupRef, Period, PersonRecord } from '../../record.ts'
import type { Staging } from '../staging.ts'
import type { Groups } from './groups.ts'

/**
 * Whether the groups of a complete delivery are those of before: a class is its pupils, whatever it is called. Decided
 * once all people are read, from the pupils who were and are in each group; the staged records are changed to it.
 */

type Given = {
  readonly id: string
  readonly uai: string
  readonly kind: GroupRef['kind']
  readonly key: string
  readonly year: number
  readonly own: number
}

const givenIn = (staging: Staging, uai: string): Given[] =>
  staging.all<Given>('SELECT id, uai, kind, key, year, own FROM given_grp WHERE uai = ? ORDER BY id', uai)

const knownIn = (staging: Staging, uai: string): (Omit<Given, 'own' | 'key'> & { readonly replaced: number })[] =>
  staging.all('SELECT id, uai, kind, year, replaced FROM known_grp WHERE uai = ? ORDER BY id', uai)

/** Stages the pupils of each group, as the delivery has them. */
export const stagePresent = (staging: Staging) =>
  staging.run(
    `INSERT OR IGNORE INTO present_pupil SELECT json_extract(grp.value, '$.id'), person.id
     FROM person, json_each(person.body, '$.pupil.groups') AS grp`,
  )

/**
 * Whether a school's delivery between two years has the classes of the next one: most of the pupils who stay in it are in
 * other classes than before. Where nobody stays, it has.
 */
const hasNewClasses = (staging: Staging, uai: string): boolean => {
  const found = staging.get<{ stay: number; same: number }>(
    `SELECT COUNT(*) AS stay, SUM(same) AS same FROM (
       SELECT former.id, MAX(former.grp = present.grp) AS same
       FROM former_pupil AS former JOIN known_grp ON known_grp.id = former.grp AND known_grp.kind = 'class'
       JOIN present_pupil AS present ON present.id = former.id
       JOIN given_grp ON given_grp.id = present.grp AND given_grp.kind = 'class' AND given_grp.uai = known_grp.uai
       WHERE known_grp.uai = ? GROUP BY former.id)`,
    uai,
  )
  return (found?.same ?? 0) * 2 <= (found?.stay ?? 0)
}

type Overlap = { readonly former: string; readonly present: string; readonly both: number }

/** How many pupils of a group were in which group before; `stay`: who is in any group of the school still. */
const overlapsIn = (staging: Staging, uai: string) => {
  const counts = (sql: string) =>
    new Map(staging.all<{ id: string; count: number }>(sql, uai).map(({ id, count }) => [id, count]))
  return {
    both: staging.all<Overlap>(
      `SELECT former.grp AS former, present.grp AS present, COUNT(*) AS both
       FROM given_grp JOIN present_pupil AS present ON present.grp = given_grp.id
       JOIN former_pupil AS former ON former.id = present.id
       JOIN known_grp ON known_grp.id = former.grp AND known_grp.uai = given_grp.uai AND known_grp.kind = given_grp.kind
         AND known_grp.year = given_grp.year
       WHERE given_grp.uai = ? GROUP BY former.grp, present.grp`,
      uai,
    ),
    former: counts(
      `SELECT known_grp.id AS id, COUNT(*) AS count FROM known_grp JOIN former_pupil ON former_pupil.grp = known_grp.id
       WHERE known_grp.uai = ? GROUP BY known_grp.id`,
    ),
    stay: counts(
      `SELECT known_grp.id AS id, COUNT(*) AS count FROM known_grp JOIN former_pupil ON former_pupil.grp = known_grp.id
       WHERE known_grp.uai = ? AND former_pupil.id IN (SELECT present_pupil.id FROM present_pupil JOIN given_grp
         ON given_grp.id = present_pupil.grp AND given_grp.uai = known_grp.uai)
       GROUP BY known_grp.id`,
    ),
    present: counts(
      `SELECT given_grp.id AS id, COUNT(*) AS count FROM given_grp JOIN present_pupil ON present_pupil.grp = given_grp.id
       WHERE given_grp.uai = ? GROUP BY given_grp.id`,
    ),
  }
}

/** Groups of this school whose id is another one than that under which they were staged, by that. */
const movedIn = (staging: Staging, uai: string, source: string): Map<string, string> => {
  const known = knownIn(staging, uai).filter(one => !one.replaced)
  const given = givenIn(staging, uai)
  const stored = new Set(known.map(one => one.id))
  const { both, former, stay, present } = overlapsIn(staging, uai)
  const kept = (id: string) => both.find(one => one.former === id && one.present === id)?.both ?? 0

  /** Its key has gone to others: few of those who were in it are, and few of those who are in it were. */
  const isOthers = ({ id }: Given): boolean =>
    stored.has(id) &&
    (former.get(id) ?? 0) > 0 &&
    (present.get(id) ?? 0) > 0 &&
    kept(id) * 2 < (present.get(id) ?? 0) &&
    ((stay.get(id) ?? 0) === 0 || kept(id) * 2 < (stay.get(id) ?? 0))

  const replaced = new Set(given.filter(isOthers).map(one => one.id))
  const named = new Set(given.map(one => one.id))
  const free = new Set(known.filter(one => !named.has(one.id) || replaced.has(one.id)).map(one => one.id))
  const moved = new Map<string, string>()
  const begun: string[] = []
  for (const one of given) {
    if (stored.has(one.id) && !replaced.has(one.id)) continue
    const same = both.find(
      overlap =>
        overlap.present === one.id &&
        overlap.former !== one.id &&
        free.has(overlap.former) &&
        overlap.both * 2 > (present.get(one.id) ?? 0) &&
        overlap.both * 2 > (stay.get(overlap.former) ?? 0),
    )
    if (same) {
      moved.set(one.id, same.former)
      free.delete(same.former)
    } else if (replaced.has(one.id)) {
      moved.set(one.id, nextGroupId(source, one, one.year, one.id))
      begun.push(one.id)
    }
  }
  // One that goes on under the key of another is not replaced: it is what the delivery names by that key.
  const goesOn = new Set(moved.values())
  for (const id of begun) if (!goesOn.has(id)) staging.run('UPDATE known_grp SET replaced = 1 WHERE id = ?', id)
  return moved
}

type Body = GroupRef & { period?: Period }

const next = (staging: Staging, id: string): string | undefined =>
  staging.get<{ next: string }>('SELECT next FROM moved_grp WHERE id = ?', id)?.next

const movedGroups = (staging: Staging, groups: readonly GroupRef[]): GroupRef[] =>
  groups.map(group => ({ ...group, id: next(staging, group.id) ?? group.id }))

const movedRecord = (staging: Staging, record: PersonRecord): PersonRecord => {
  const { pupil, staff } = record
  return {
    ...record,
    ...(pupil && { pupil: { ...pupil, groups: movedGroups(staging, pupil.groups) } }),
    ...(staff && { staff: { ...staff, groups: movedGroups(staging, staff.groups) } }),
  }
}

/** Gives groups their other ids wherever they are staged. */
export const applyMoves = (staging: Staging) => {
  const groups = staging.all<{ body: string }>('SELECT body FROM grp WHERE id IN (SELECT id FROM moved_grp)')
  const given = staging.all<Given>('SELECT * FROM given_grp WHERE id IN (SELECT id FROM moved_grp)')
  staging.transaction(() => {
    staging.run('DELETE FROM grp WHERE id IN (SELECT id FROM moved_grp)')
    staging.run('DELETE FROM given_grp WHERE id IN (SELECT id FROM moved_grp)')
    for (const { id, uai, kind, key, year, own } of given)
      staging.run(
        'INSERT OR REPLACE INTO given_grp VALUES (?, ?, ?, ?, ?, ?)',
        next(staging, id) ?? id,
        uai,
        kind,
        key,
        year,
        own,
      )
    for (const { body } of groups) {
      const { period, ...group } = JSON.parse(body) as Body
      staging.addGroup({ ...group, id: next(staging, group.id) ?? group.id }, period)
    }
  })
  for (const people of staging.people('person'))
    staging.transaction(() => {
      for (const { id, person } of people) {
        if (!person) continue
        const record = movedRecord(staging, person.record)
        if (JSON.stringify(record) !== JSON.stringify(person.record)) staging.setPerson(id, { ...person, record })
      }
    })
}

/**
 * Decides the year of schools whose classes had to tell it, and which groups are those of before under another name, or
 * others under the same: of a complete delivery, once its people and the rosters of its schools are staged.
 */
export const settleGroups = (staging: Staging, groups: Groups, source: string): void => {
  if (!staging.get('SELECT 1 FROM former_pupil LIMIT 1')) return
  stagePresent(staging)
  for (const { uai } of staging.schools()) {
    const year = groups.yearOf(uai)
    const isNew = year.isOpen && givenIn(staging, uai).some(one => one.kind === 'class') && hasNewClasses(staging, uai)
    if (isNew) groups.decide(uai, { ...year, year: year.year + 1, isOpen: false })
    const moved = isNew
      ? new Map(
          givenIn(staging, uai)
            .filter(one => one.own === 0)
            .map(one => [one.id, groupId(source, one, one.year + 1)]),
        )
      : movedIn(staging, uai, source)
    for (const [id, to] of moved) staging.run('INSERT OR REPLACE INTO moved_grp VALUES (?, ?)', id, to)
    if (isNew) staging.run('UPDATE given_grp SET year = year + 1 WHERE uai = ? AND own = 0', uai)
  }
  if (staging.get('SELECT 1 FROM moved_grp LIMIT 1')) applyMoves(staging)
}
