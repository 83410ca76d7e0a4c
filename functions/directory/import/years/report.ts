import type { Staging } from '../staging.ts'
import type { Groups, YearReason, YearSetting } from './groups.ts'

/**
 * Which school year was taken for a delivery, and from what. `today`: the delivery tells no day. `terms`: the groups' own
 * dates; `groups` counts these, `schools` all others.
 */
export type YearTaken = {
  readonly source: string
  readonly year: number
  readonly from: YearReason | 'today' | 'terms'
  /** The day that told it, where one did. */
  readonly day?: string
  readonly schools?: number
  readonly groups?: number
}

/** What a new school year changes, in schools that begin one. */
export type NewYear = {
  /** The first of its two calendar years. */
  readonly year: number
  readonly schools: number
  /** Classes and groups. */
  readonly closed: number
  readonly opened: number
  /** People who go to another school, who leave all of them, and who come. */
  readonly moved: number
  readonly left: number
  readonly arrived: number
}

export const noNewYear = (): { -readonly [Name in keyof NewYear]: number } => ({
  year: 0,
  schools: 0,
  closed: 0,
  opened: 0,
  moved: 0,
  left: 0,
  arrived: 0,
})

/**
 * The schools that begin a year with a complete delivery: it has classes of a later year than theirs or, where an import
 * stopped after it had noted that year, than those in which some of their pupils still are.
 */
export const rolledSchools = (staging: Staging, groups: Groups): Set<string> => {
  const former = new Set(
    staging
      .all<{ uai: string; year: number }>(
        'SELECT DISTINCT uai, year FROM known_grp WHERE id IN (SELECT grp FROM former_pupil)',
      )
      .flatMap(({ uai, year }) => (year < groups.yearOf(uai).year ? [uai] : [])),
  )
  return new Set(
    [...groups.years()].flatMap(([uai, { before, year }]) =>
      before !== undefined &&
      (year > before || former.has(uai)) &&
      staging.get("SELECT 1 FROM given_grp WHERE uai = ? AND kind = 'class' AND year = ?", uai, year) !== undefined
        ? [uai]
        : [],
    ),
  )
}

/** The years of a delivery. `isDated`: it tells its own day. */
export const yearsTaken = (
  staging: Staging,
  groups: Groups,
  { source, day }: YearSetting,
  isDated: boolean,
): YearTaken[] => {
  const schools = [...groups.years()].filter(([uai]) =>
    staging.get('SELECT 1 FROM given_grp WHERE uai = ? AND own = 0', uai),
  )
  const bySchool = [...Map.groupBy(schools, ([, { year, from }]) => `${year} ${from}`).values()].flatMap(
    (those): YearTaken[] => {
      const [, first] = those[0] ?? []
      if (!first) return []
      const from = first.from === 'day' && !isDated ? 'today' : first.from
      return [{ source, year: first.year, from, ...(first.from === 'day' && { day }), schools: those.length }]
    },
  )
  const byTerms = staging
    .all<{ year: number; count: number }>(
      'SELECT year, COUNT(*) AS count FROM given_grp WHERE own = 1 GROUP BY year ORDER BY year',
    )
    .map(({ year, count }): YearTaken => ({ source, year, from: 'terms', groups: count }))
  return [...bySchool, ...byTerms]
}

/** Counts the groups that a delivery closes and opens in schools that begin a year. */
export const countGroups = (
  staging: Staging,
  {
    schoolYears,
    rolled,
  }: { readonly schoolYears: Readonly<Record<string, number>>; readonly rolled: readonly string[] },
  counts: ReturnType<typeof noNewYear>,
): void => {
  const countOf = (sql: string, uai: string) => staging.get<{ count: number }>(sql, uai)?.count ?? 0
  for (const uai of rolled) {
    if (staging.get('SELECT 1 FROM held_back WHERE uai = ?', uai)) continue
    counts.year = Math.max(counts.year, schoolYears[uai] ?? 0)
    counts.schools += 1
    counts.closed += countOf(
      'SELECT COUNT(*) AS count FROM closing JOIN known_grp ON known_grp.id = closing.id WHERE known_grp.uai = ?',
      uai,
    )
    counts.opened += countOf(
      'SELECT COUNT(*) AS count FROM grp WHERE uai = ? AND id NOT IN (SELECT id FROM known_grp)',
      uai,
    )
  }
}

/** Counts somebody whose schools change in a new year: `before` and `now` are the schools they were and are in. */
export const countPerson = (
  before: readonly string[],
  now: readonly string[],
  rolled: ReadonlySet<string>,
  counts: ReturnType<typeof noNewYear>,
): void => {
  const leaves = before.some(uai => rolled.has(uai) && !now.includes(uai))
  if (leaves && now.length === 0) counts.left += 1
  else if (leaves && now.some(uai => !before.includes(uai))) counts.moved += 1
  else if (before.length === 0 && now.some(uai => rolled.has(uai))) counts.arrived += 1
}
