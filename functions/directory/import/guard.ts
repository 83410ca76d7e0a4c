import type { Role } from '../../../shared/kernel/role.ts'
import type { Staging } from './staging.ts'
import { type Loss, standingsOf } from './standing.ts'
import { inNewYear, shrinking } from './years/weigh.ts'

/** A school that is held back: nothing of it is written until a person confirms it. */
export type HeldBack = {
  readonly uai: string
  readonly name: string
  /** `loses-access`: what the feed would take away. `another-source`: `holder` is the source that described it so far. */
  readonly reason: 'loses-access' | 'another-source'
  readonly losses: readonly Loss[]
  readonly holder?: string
  /** How many people of it belong to other schools too. */
  readonly alsoElsewhere: number
}

/** A school has lost this much before anybody is asked: a family of five, but no more than a third of a small school. */
const fewLeaving = 5
const shareOfSmall = 1 / 3
/** Of a larger school, this share. */
const shareOfLarge = 0.1

/** True if so much access is lost that somebody is to be asked. */
export const isTooMuch = ({ what, had, lost }: Loss): boolean => {
  // Each of them is asked by itself: only so many at a time that somebody can answer.
  if (what === 'keys') return lost > Math.max(fewLeaving, had * shareOfLarge)
  // One person may always leave, unless nobody would be left, or no pupil would have a guardian any more.
  const allowed = Math.max(1, had * shareOfLarge, Math.min(fewLeaving, had * shareOfSmall))
  return lost > allowed || (lost > 0 && lost === had && (what === 'people' || what === 'guardian links'))
}

type Row = { id: string; uai: string; sk: string; groups: number; pupils: string | null }

const roleOf = (sk: string): string => sk.split('#')[1] ?? ''

/** Counts had and lost by school and what it is. */
const openTally = () => {
  const tally = new Map<string, Map<Loss['what'], { had: number; lost: number }>>()
  return {
    count: (uai: string, what: Loss['what'], lost: boolean | number, had = 1) => {
      const school = tally.get(uai) ?? new Map<Loss['what'], { had: number; lost: number }>()
      const counted = school.get(what) ?? { had: 0, lost: 0 }
      tally.set(uai, school.set(what, { had: counted.had + had, lost: counted.lost + Number(lost) }))
    },
    of: (uai: string): Loss[] => [...(tally.get(uai) ?? [])].map(([what, counted]) => ({ what, ...counted })),
    schools: () => [...tally.keys()].sort(),
  }
}

type Tally = ReturnType<typeof openTally>

/** Rows of those who stay in a school; `stays` collects its pupils. */
const countPerson = (
  id: string,
  rows: readonly Row[],
  staging: Staging,
  tally: Tally,
  stays: (uai: string) => void,
) => {
  if (staging.get('SELECT 1 FROM ended WHERE id = ?', id)) {
    for (const uai of new Set(rows.map(row => row.uai))) tally.count(uai, 'keys', true)
    return
  }
  const next = standingsOf(id, staging.person(id), staging)
  for (const [uai, there] of Map.groupBy(rows, row => row.uai)) {
    const standing = next.get(uai)
    tally.count(uai, 'people', !standing)
    if (!standing) staging.run("INSERT OR IGNORE INTO change VALUES (?, ?, 'losing')", uai, id)
    tally.count(uai, 'keys', false)
    for (const { sk, groups, pupils } of there) {
      const role = roleOf(sk)
      if (role === 'guardian')
        for (const pupil of JSON.parse(pupils ?? '[]') as string[])
          staging.run('INSERT OR IGNORE INTO former_link VALUES (?, ?, ?)', uai, pupil, id)
      if (!standing || role === 'guardian' || role === 'administrator') continue
      tally.count(uai, role as Role, !standing.roles.has(role))
      if (groups > 0 && standing.roles.has(role)) tally.count(uai, 'classes', !standing.inClass.has(role))
    }
    if (standing?.roles.has('pupil')) stays(uai)
  }
}

/** A pupil who stays may have other guardians than before; lost is what they have less. */
const countLinks = (staging: Staging, tally: Tally) => {
  const links = staging.all<{ uai: string; had: number; lost: number }>(
    `SELECT uai, SUM(had) AS had, SUM(MAX(0, had - has)) AS lost FROM (
       SELECT former_link.uai AS uai, COUNT(*) AS had,
              (SELECT COUNT(*) FROM link WHERE link.pupil = former_link.pupil) AS has
       FROM former_link JOIN staying ON staying.uai = former_link.uai AND staying.id = former_link.pupil
       GROUP BY former_link.uai, former_link.pupil) GROUP BY uai`,
  )
  for (const { uai, had, lost } of links) tally.count(uai, 'guardian links', lost, had)
}

/**
 * Weighs what a complete feed would take from the people of each school: that they are in it, their classes, their
 * children, their roles. `renamed`: schools whose people the feed describes under another UAI. `rolled`: schools that
 * begin a year with it.
 */
export const weigh = (
  staging: Staging,
  renamed: ReadonlySet<string>,
  rolled: ReadonlySet<string>,
): { uai: string; losses: Loss[] }[] => {
  const tally = openTally()
  let rows: Row[] = []
  const finish = () => {
    const [first] = rows
    if (first)
      countPerson(first.id, rows, staging, tally, uai =>
        staging.run('INSERT OR IGNORE INTO staying VALUES (?, ?)', uai, first.id),
      )
    rows = []
  }
  staging.transaction(() => {
    for (const row of staging.each<Row>(
      'SELECT id, uai, sk, groups, pupils FROM stored WHERE suspended = 0 ORDER BY id',
    )) {
      if (rows[0] && rows[0].id !== row.id) finish()
      rows.push({ ...row })
    }
    finish()
  })
  countLinks(staging, tally)
  const shrunk = shrinking(staging, rolled)
  return tally
    .schools()
    .filter(uai => !renamed.has(uai))
    .map(uai => {
      const losses = tally.of(uai)
      return { uai, losses: (rolled.has(uai) ? inNewYear(losses, shrunk(uai)) : losses).filter(isTooMuch) }
    })
    .filter(({ losses }) => losses.length > 0)
}
