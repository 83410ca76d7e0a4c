import { directoryPatterns } from '../../audiences.ts'
import type { GroupRef, PersonRecord } from '../../record.ts'
import type { ImportTable } from '../platform.ts'
import type { Staging } from '../staging.ts'
import { consistent } from '../stored.ts'
import { applyMoves, stagePresent } from './settle.ts'

/**
 * A delta that calls a class otherwise changes its pupils one by one. The new class that they are in then is the stored
 * one, if most of its pupils come from that, most of that one's are in it, and the delta leaves nobody in that one: a
 * pupil may enter a class and stay in another.
 */

type Fresh = {
  readonly id: string
  readonly uai: string
  readonly kind: string
  readonly year: number
  readonly count: number
}

/** New groups that a delta puts pupils into. */
const freshGroups = (staging: Staging): Fresh[] =>
  staging.all<Fresh>(
    `SELECT given_grp.id AS id, uai, kind, year, COUNT(*) AS count
     FROM given_grp JOIN present_pupil ON present_pupil.grp = given_grp.id
     WHERE given_grp.id NOT IN (SELECT id FROM known_grp) GROUP BY given_grp.id ORDER BY given_grp.id`,
  )

/** The stored group that a new one is under another name. */
const formerOf = async (
  staging: Staging,
  table: Pick<ImportTable, 'all'>,
  { id, uai, kind, year, count }: Fresh,
): Promise<string | undefined> => {
  const known = staging.all<{ id: string }>(
    `SELECT id FROM known_grp WHERE uai = ? AND kind = ? AND year = ? AND replaced = 0
     AND id NOT IN (SELECT next FROM moved_grp) AND id NOT IN (SELECT grp FROM present_pupil) ORDER BY id`,
    uai,
    kind,
    year,
  )
  for (const { id: group } of known) {
    const members = await table.all(directoryPatterns.groupMembers, { group, role: 'pupil' }, consistent)
    // Somebody whom the delta does not name stays in it.
    if (members.some(({ person }) => !staging.get('SELECT 1 FROM affected WHERE id = ?', person))) continue
    const both = members.filter(({ person }) =>
      staging.get('SELECT 1 FROM present_pupil WHERE grp = ? AND id = ?', id, person),
    ).length
    if (both * 2 > count && both * 2 > members.length) return group
  }
  return undefined
}

/** The new names of stored groups, by their ids. */
type Names = ReadonlyMap<string, string>

/** Finds the groups that a delta calls otherwise, and adds all who are in them to those whom it touches. */
export const renameByDelta = async (staging: Staging, table: Pick<ImportTable, 'all'>): Promise<Names> => {
  const names = new Map<string, string>()
  stagePresent(staging)
  for (const fresh of freshGroups(staging)) {
    const former = await formerOf(staging, table, fresh)
    const row = staging.get<{ body: string }>('SELECT body FROM grp WHERE id = ?', fresh.id)
    if (former === undefined || !row) continue
    names.set(former, (JSON.parse(row.body) as GroupRef).name)
    staging.run('INSERT INTO moved_grp VALUES (?, ?)', fresh.id, former)
    for (const role of ['pupil', 'teacher'])
      for (const { person } of await table.all(directoryPatterns.groupMembers, { group: former, role }, consistent))
        staging.run('INSERT OR IGNORE INTO affected VALUES (?)', person)
  }
  if (names.size > 0) applyMoves(staging)
  return names
}

/** Gives groups their new names in the records of all who are in them, also of those whom the delta does not name. */
export const nameRenamed = (staging: Staging, names: Names): void => {
  if (names.size === 0) return
  const named = (groups: readonly GroupRef[]) =>
    groups.map(group => ({ ...group, name: names.get(group.id) ?? group.name }))
  const renamed = ({ pupil, staff, ...rest }: PersonRecord): PersonRecord => ({
    ...rest,
    ...(pupil && { pupil: { ...pupil, groups: named(pupil.groups) } }),
    ...(staff && { staff: { ...staff, groups: named(staff.groups) } }),
  })
  for (const people of staging.people('person'))
    staging.transaction(() => {
      for (const { id, person } of people)
        if (person) staging.setPerson(id, { ...person, record: renamed(person.record) })
    })
}
