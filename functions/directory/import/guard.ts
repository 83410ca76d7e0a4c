import type { Staging } from './staging.ts'

/** The share of a school's people that a complete feed suspends without being asked twice. */
const mostLeaving = 0.1

/** A school that is held back, because a feed would empty it: nothing of it is written until that is confirmed. */
export type HeldBack = { readonly uai: string; readonly members: number; readonly leaving: number }

/** Finds the schools of which more than a tenth would leave, and holds them back. */
export const holdBack = (staging: Staging): HeldBack[] => {
  const found = staging.all<HeldBack>(
    `SELECT uai, COUNT(DISTINCT id) AS members,
            COUNT(DISTINCT CASE WHEN id NOT IN (SELECT id FROM person) THEN id END) AS leaving
     FROM stored WHERE suspended = 0 GROUP BY uai HAVING leaving > members * ${mostLeaving} ORDER BY uai`,
  )
  for (const { uai, members, leaving } of found)
    staging.run('INSERT OR REPLACE INTO held_back VALUES (?, ?, ?)', uai, members, leaving)
  return found.map(one => ({ ...one }))
}
