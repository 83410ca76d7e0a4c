import type { Staging } from '../staging.ts'
import { type Loss, standingsOf } from '../standing.ts'

/**
 * What a new year may take from a school without anybody being asked. All change their classes, and what was in these
 * stays theirs. The oldest leave and others come instead: what counts is by how much the school shrinks, in pupils,
 * guardians and staff each, as long as half of its people stay. Custody and roles are weighed as ever.
 */

type Kind = 'pupil' | 'guardian' | 'staff'
type Sizes = Record<Kind, number>

const kindOf = (role: string): Kind => (role === 'pupil' || role === 'guardian' ? role : 'staff')

/** By how many people schools that begin a year shrink, of each kind. */
export const shrinking = (staging: Staging, rolled: ReadonlySet<string>): ((uai: string) => number) => {
  const sizes = new Map<string, Sizes>([...rolled].map(uai => [uai, { pupil: 0, guardian: 0, staff: 0 }]))
  if (rolled.size > 0)
    for (const people of staging.people('person'))
      for (const { id, person } of people)
        for (const [uai, { roles }] of standingsOf(id, person, staging)) {
          const school = sizes.get(uai)
          for (const kind of new Set([...roles].map(kindOf))) if (school) school[kind] += 1
        }
  return uai => {
    const now = sizes.get(uai)
    const had = staging.all<{ kind: Kind; count: number }>(
      `SELECT kind, COUNT(*) AS count FROM (
         SELECT DISTINCT id, CASE WHEN sk LIKE 'M#pupil#%' THEN 'pupil' WHEN sk LIKE 'M#guardian#%' THEN 'guardian'
           ELSE 'staff' END AS kind FROM stored WHERE suspended = 0 AND uai = ?) GROUP BY kind`,
      uai,
    )
    return had.reduce((sum, { kind, count }) => sum + Math.max(0, count - (now?.[kind] ?? 0)), 0)
  }
}

/** The losses of a school that count at the beginning of a year. `shrunk`: by how many people. */
export const inNewYear = (losses: readonly Loss[], shrunk: number): Loss[] =>
  losses.flatMap(loss => {
    if (loss.what === 'classes') return []
    const isRenewed = loss.what === 'people' && (loss.had - loss.lost) * 2 >= loss.had
    return isRenewed ? { ...loss, lost: Math.min(loss.lost, shrunk) } : loss
  })
