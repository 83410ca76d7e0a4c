import { isBetweenYears, schoolYearMeant, schoolYearOn } from '../../../../shared/kernel/school-year.ts'
import { forEachConcurrent } from '../../../platform/concurrent.ts'
import { type GroupKey, groupId, nextGroupId, undatedGroupId } from '../../identity.ts'
import { importPatterns, type SchoolGroupItem } from '../../patterns.ts'
import type { GroupRef, Period } from '../../record.ts'
import type { ImportTable } from '../platform.ts'
import type { Staging } from '../staging.ts'
import { consistent } from '../stored.ts'

/** What a delivery's school year follows from. */
export type YearSetting = {
  readonly source: string
  readonly delta: boolean
  /** The delivery's day, or that of the import where the delivery tells none. ISO 8601. */
  readonly day: string
  /** Month and day on which a year begins in this territory: `09-01`. */
  readonly begins: string
  /** The year as the operator gave it. */
  readonly given?: number
  /** The year of groups that were stored without one. */
  readonly undated: number
}

/** `classes`: the delivery's classes hold the pupils they held before, or others. */
export type YearReason = 'given' | 'day' | 'classes'

/**
 * The year of a school in a delivery. `before`: that of its last complete one. `isOpen`: its classes are still to tell.
 */
export type SchoolYear = {
  readonly before?: number
  readonly year: number
  readonly from: YearReason
  readonly isOpen: boolean
}

/** A group as a feed names it. `year`: where the feed tells it of the group itself, by its terms. */
export type GivenGroup = GroupKey & { readonly name: string; readonly year?: number }

const yearIn = (before: number | undefined, { delta, day, begins, given }: YearSetting): SchoolYear => {
  const known = before !== undefined && { before }
  if (given !== undefined) return { ...known, year: given, from: 'given', isOpen: false }
  const meant = schoolYearMeant(day, begins)
  const running = schoolYearOn(day, begins)
  if (!isBetweenYears(day, begins) || before === undefined || before < running)
    return { ...known, year: meant, from: 'day', isOpen: false }
  // The school's classes are those of the next year already.
  if (before > running) return { ...known, year: before, from: 'classes', isOpen: false }
  // A delta does not tell whether classes have changed: whoever enters one is not to read what was written to another.
  if (delta) return { ...known, year: meant, from: 'day', isOpen: false }
  return { ...known, year: running, from: 'classes', isOpen: true }
}

/** Schools whose groups are read at one time. */
const schoolsAtOnce = 8

type Known = { id: string; body: string }

const refOf = ({ group: id, uai, name, kind, from, to }: SchoolGroupItem): GroupRef & Period => ({
  id,
  uai,
  name,
  kind,
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
})

/**
 * Finds the groups that a delivery names: those that are stored under the same key and of the same year, else new ones.
 * All that is known of groups is staged, so that a feed of any size takes the same memory.
 */
export const openGroups = (staging: Staging, table: Pick<ImportTable, 'get' | 'all'>, setting: YearSetting) => {
  const { source } = setting
  const years = new Map<string, SchoolYear>()

  const loadSchool = async (uai: string) => {
    const [school, groups] = await Promise.all([
      table.get(importPatterns.school, { uai }, consistent),
      table.all(importPatterns.schoolGroups, { uai }, consistent),
    ])
    const before = school?.year ?? (groups.length > 0 ? setting.undated : undefined)
    years.set(uai, yearIn(before, setting))
    staging.transaction(() => {
      for (const item of groups)
        staging.run(
          'INSERT OR REPLACE INTO known_grp VALUES (?, ?, ?, ?, ?, ?, ?)',
          item.group,
          uai,
          item.kind,
          item.key ?? null,
          item.year ?? before ?? setting.undated,
          item.replaced ? 1 : 0,
          JSON.stringify(item),
        )
    })
  }

  /** Reads what is stored of these schools, but for those that are known already. */
  const load = (uais: Iterable<string>): Promise<void> =>
    forEachConcurrent(
      [...new Set(uais)].filter(uai => !years.has(uai)),
      loadSchool,
      schoolsAtOnce,
    )

  const yearOf = (uai: string): SchoolYear => years.get(uai) ?? yearIn(undefined, setting)

  /** The id of a group that is not stored: not that of one that goes on under another key than it began with. */
  const freshId = (given: GivenGroup, year: number): string => {
    const isTaken = (id: string) => staging.get('SELECT 1 FROM known_grp WHERE id = ? AND key <> ?', id, given.key)
    let id = groupId(source, given, year)
    while (isTaken(id)) id = nextGroupId(source, given, year, id)
    return id
  }

  /** The group that a delivery names. Its school must have been loaded. */
  const ref = (given: GivenGroup): GroupRef => {
    const { uai, kind, key, name } = given
    const year = given.year ?? yearOf(uai).year
    const known = staging.get<{ id: string }>(
      'SELECT id FROM known_grp WHERE uai = ? AND kind = ? AND year = ? AND replaced = 0 AND (key = ? OR (key IS NULL AND id = ?))',
      uai,
      kind,
      year,
      key,
      undatedGroupId(given),
    )
    const id = known?.id ?? freshId(given, year)
    staging.run(
      'INSERT OR IGNORE INTO given_grp VALUES (?, ?, ?, ?, ?, ?)',
      id,
      uai,
      kind,
      key,
      year,
      given.year === undefined ? 0 : 1,
    )
    return { id, uai, name, kind }
  }

  const stored = (id: string): SchoolGroupItem | undefined => {
    const row = staging.get<Known>('SELECT id, body FROM known_grp WHERE id = ?', id)
    return row && (JSON.parse(row.body) as SchoolGroupItem)
  }

  return {
    load,
    ref,
    yearOf,
    years: (): ReadonlyMap<string, SchoolYear> => years,
    decide: (uai: string, year: SchoolYear) => void years.set(uai, year),
    /** A stored group, by its id. */
    stored: (id: string): (GroupRef & Period) | undefined => {
      const item = stored(id)
      return item && refOf(item)
    },
    /**
     * A stored group, by its key alone: what a delta names without describing it. One of a year that is over, as of
     * this one.
     */
    named: (uai: string, key: string): (GroupRef & Period) | undefined => {
      const row = staging.get<Known & { year: number }>(
        `SELECT id, year, body FROM known_grp WHERE uai = ? AND replaced = 0
         AND (key = ? OR (key IS NULL AND id IN (?, ?))) ORDER BY year DESC, kind`,
        uai,
        key,
        undatedGroupId({ uai, kind: 'class', key }),
        undatedGroupId({ uai, kind: 'group', key }),
      )
      if (!row) return undefined
      const item = JSON.parse(row.body) as SchoolGroupItem
      const isDated = item.from !== undefined || item.to !== undefined
      if (row.year >= yearOf(uai).year || isDated) return refOf(item)
      return ref({ uai, kind: item.kind, key, name: item.name })
    },
  }
}

export type Groups = ReturnType<typeof openGroups>
