import type { Staging } from './staging.ts'

/** The share of a school's people that a complete feed suspends without being asked twice. */
const mostLeaving = 0.1

/** A school a feed would empty: nothing of it is written until that is confirmed. */
export type Held = { readonly uai: string; readonly members: number; readonly leaving: number }

/** Finds the schools of which more than a tenth would leave, and holds them back. */
export const holdBack = (staging: Staging): Held[] => {
  const held = staging.all<Held>(
    `SELECT uai, COUNT(DISTINCT id) AS members,
            COUNT(DISTINCT CASE WHEN id NOT IN (SELECT id FROM person) THEN id END) AS leaving
     FROM stored WHERE suspended = 0 GROUP BY uai HAVING leaving > members * ${mostLeaving} ORDER BY uai`,
  )
  for (const { uai, members, leaving } of held)
    staging.run('INSERT OR REPLACE INTO held VALUES (?, ?, ?)', uai, members, leaving)
  return held.map(one => ({ ...one }))
}
