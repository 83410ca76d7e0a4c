import { schoolYearMeant } from '../../../../shared/kernel/school-year.ts'
import { put } from '../../../platform/operation.ts'
import { argsOf } from '../../../platform/pattern.ts'
import { type ClosedGroup, type ClosedItem, closedPatterns } from '../../closed-groups.ts'
import { importPatterns, type SchoolGroupItem, type SourceItem } from '../../patterns.ts'
import type { PeopleTable, Write } from '../platform.ts'
import type { Staging } from '../staging.ts'
import { consistent } from '../stored.ts'
import type { Groups } from './groups.ts'

/**
 * What people keep of groups that are closed: those of a year or of terms that are over, and those that a complete
 * delivery no longer names. Who is in one until then goes on reading what was written to it so far.
 */

/** Stages the groups that a delivery closes, but for those of schools held back. */
export const stageClosing = (staging: Staging, groups: Groups, whole: boolean): void => {
  for (const [uai, { year }] of groups.years()) {
    if (staging.get('SELECT 1 FROM held_back WHERE uai = ?', uai)) continue
    staging.run(
      `INSERT OR IGNORE INTO closing SELECT id, year FROM known_grp
       WHERE uai = ? AND (replaced = 1 OR year < ? OR (? AND id NOT IN (SELECT id FROM grp))
         OR id IN (SELECT id FROM grp WHERE uai = ? AND json_extract(body, '$.period.to') <= ?))`,
      uai,
      year,
      whole ? 1 : 0,
      uai,
      staging.day,
    )
  }
}

type Left = { readonly group: string; readonly as: ClosedGroup['as'] }

/** The groups whose rosters a change takes somebody out of. */
const leftBy = (rows: readonly Write[]): Left[] =>
  rows.flatMap(({ verb, key }) => {
    const args = verb === 'remove' ? argsOf(importPatterns.groupMember, key) : undefined
    return args && (args.role === 'pupil' || args.role === 'teacher') ? [{ group: args.group, as: args.role }] : []
  })

/** The adults who read for a pupil: those whom the feed names, and what was decided of them. */
const guardiansOf = (staging: Staging, { id, record }: SourceItem): string[] => {
  const decided = staging.all<{ adult: string; kind: string }>('SELECT adult, kind FROM decision WHERE child = ?', id)
  const guardians = new Set(record.pupil?.guardians)
  for (const { adult, kind } of decided) guardians[kind === 'granted' ? 'add' : 'delete'](adult)
  return [...guardians].sort()
}

type School = { readonly name: string }

/** Groups that people leave, as far as they are closed, each read once. */
export const openClosing = (
  staging: Staging,
  table: Pick<PeopleTable, 'get' | 'getMany'>,
  day: string,
  school: (uai: string) => School | undefined,
) => {
  const ended = new Map<string, Promise<SchoolGroupItem | undefined>>()

  /** A group whose terms are over: people leave it on a day, without a delivery. */
  const endedGroup = (uai: string, group: string): Promise<SchoolGroupItem | undefined> => {
    const known = ended.get(group)
    if (known) return known
    const read = table
      .get(importPatterns.schoolGroup, { uai, group }, consistent)
      .then(item => (item?.to !== undefined && item.to <= day ? item : undefined))
    ended.set(group, read)
    return read
  }

  const closedGroup = async (old: SourceItem, { group, as }: Left): Promise<ClosedGroup[]> => {
    const row = staging.get<{ year: number; body: string }>(
      'SELECT closing.year AS year, body FROM closing JOIN known_grp ON known_grp.id = closing.id WHERE closing.id = ?',
      group,
    )
    const { pupil, staff } = old.record
    const ref = [...(pupil?.groups ?? []), ...(staff?.groups ?? [])].find(one => one.id === group)
    const item = row
      ? (JSON.parse(row.body) as SchoolGroupItem)
      : ref?.to !== undefined && ref.to <= day
        ? await endedGroup(ref.uai, group)
        : undefined
    if (!item) return []
    const { uai, name, kind } = item
    const year = row?.year ?? item.year ?? schoolYearMeant(item.from ?? item.to ?? day)
    return [{ group, uai, school: school(uai)?.name ?? uai, name, kind, year, as }]
  }

  /**
   * The rows that keep for somebody the groups which a change takes them out of.
   * @param rows what the change writes and removes
   * @param isOfSeveral whether several sources describe them: another one may have closed groups at the same time
   */
  return async (old: SourceItem, rows: readonly Write[], now: Date, isOfSeveral = false): Promise<Write[]> => {
    const groups = (await Promise.all(leftBy(rows).map(left => closedGroup(old, left)))).flat()
    if (groups.length === 0) return []
    const at = now.toISOString()
    const guardians = groups.some(({ as }) => as === 'pupil') ? guardiansOf(staging, old) : []
    const key = { person: old.id, at }
    const [other] = isOfSeveral ? await table.getMany(closedPatterns.closedAt, [key], consistent) : []
    const all = [...new Set([...(other?.guardians ?? []), ...guardians])].sort()
    const others = other?.groups.filter(one => !groups.some(({ group }) => group === one.group)) ?? []
    const item: ClosedItem = { at, ...(all.length > 0 && { guardians: all }), groups: [...others, ...groups] }
    return [put('closed', closedPatterns.closedAt, key, item)]
  }
}
