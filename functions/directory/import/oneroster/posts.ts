import { cut } from '../../../../shared/kernel/text.ts'
import { personId } from '../../identity.ts'
import type { Period } from '../../record.ts'
import { isDated } from '../people/dated.ts'
import type { DatedRole, Posts, Term } from '../people/posts.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import { openFileFindings } from './file-findings.ts'
import { periodOf } from './periods.ts'
import { type Meaning, meaningOf } from './roles.ts'
import type { Schools } from './schools.ts'
import { statusOf } from './status.ts'
import { rowsOf } from './table.ts'

/** What somebody is in one school. `uai` is '' for a guardian or a nobody who is said to be in none. */
export type Post = { readonly meaning: Meaning; readonly uai: string } & Period

/** `period`: a Period as JSON. */
type StagedRole = { readonly org: string; readonly role: string; readonly gone: number; readonly period: string }

/** Stages roles.csv (1.2), which says who is what and where: users.csv is read with it. */
export const readRoles = async (file: BundleFile, bundle: Bundle): Promise<void> => {
  const { staging, strict } = bundle
  const findings = openFileFindings(staging, file.name, strict)
  for await (const row of rowsOf(file, ['userSourcedId', 'orgSourcedId', 'role'], bundle, findings)) {
    const user = row.get('userSourcedId')
    const status = statusOf(row, row.get('sourcedId') || user, file, findings)
    if (status === 'refused' || (status === 'gone' && !file.delta)) continue
    const gone = status === 'gone' ? 1 : 0
    const period = JSON.stringify(periodOf(row, row.get('sourcedId') || user, findings))
    const values = [user, row.get('orgSourcedId'), row.get('role'), gone, period, file.name, row.line]
    staging.run('INSERT OR IGNORE INTO feed_role VALUES (?, ?, ?, ?, ?, ?, ?, 0)', ...values)
  }
  findings.close()
}

/** The posts that roles in organizations come to; `leftOut` is called for each that comes to none, with the reason. */
export const postsOf = (
  given: readonly { readonly org: string; readonly role: string; readonly period?: string }[],
  schools: Schools,
  leftOut: (reason: string) => void,
): Post[] =>
  given.flatMap(({ org, role, period: dates }): Post[] => {
    const period = (dates === undefined ? {} : JSON.parse(dates)) as Period
    const meaning = meaningOf(role)
    const school = schools(org)
    // Guardians are usually said to be in no school: their schools are their children's.
    if (meaning === 'guardian') return [{ meaning, uai: school?.uai ?? '', ...period }]
    // Whether or not they are said to be in a school: a relative has no custody.
    if (meaning === 'nobody') return [{ meaning, uai: school?.uai ?? '' }]
    if (meaning && school) return [{ meaning, uai: school.uai, ...period }]
    if (!meaning) leftOut(`its role ${JSON.stringify(cut(role, 40))} is not known`)
    else
      leftOut(
        org === '' ? `it names no school to be ${role} in` : `${role} in ${org}, which is no school the feed describes`,
      )
    return []
  })

/** The schools of posts that count on all days. */
export const schoolsOf = (posts: readonly Post[], meanings: readonly Meaning[]): string[] => [
  ...new Set(posts.filter(post => meanings.includes(post.meaning) && !isDated(post)).map(post => post.uai)),
]

const datesOf = ({ from, to }: Period): Period => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
})

/** The schools somebody is a pupil of from one day to another. */
export const termsOf = (posts: readonly Post[]): Term[] =>
  posts.filter(post => post.meaning === 'pupil' && isDated(post)).map(post => ({ uai: post.uai, ...datesOf(post) }))

/** When somebody is a guardian; none if that is so on all days. */
export const guardianTermsOf = (posts: readonly Post[]): Period[] => {
  const of = posts.filter(post => post.meaning === 'guardian')
  return of.every(isDated) ? of.map(datesOf) : []
}

/** The roles of staff among posts. */
export const staffRoles = (posts: readonly Post[]): DatedRole[] =>
  posts.flatMap(({ meaning, uai, ...period }) =>
    meaning === 'teacher' || meaning === 'head' || meaning === 'staff'
      ? [{ uai, role: meaning, ...datesOf(period) }]
      : [],
  )

const byFacet = (posts: readonly Post[]): Posts => ({
  pupil: posts.filter(post => post.meaning === 'pupil').map(post => ({ uai: post.uai, ...datesOf(post) })),
  staff: staffRoles(posts),
  guardian: posts.some(post => post.meaning === 'guardian'),
  guardianTerms: guardianTermsOf(posts),
})

/**
 * The roles staged of a user, marked as taken. Those not taken at the end are of users that users.csv does not
 * describe.
 */
export const takeRoles = ({ staging }: Bundle, user: string): StagedRole[] => {
  const roles = staging.all<StagedRole>('SELECT org, role, gone, period FROM feed_role WHERE user = ?', user)
  if (roles.length > 0) staging.run('UPDATE feed_role SET taken = 1 WHERE user = ?', user)
  return roles
}

/** What a delta's roles give to a person, and what they take. */
export const movesOf = (roles: readonly StagedRole[], schools: Schools, leftOut: (reason: string) => void) => {
  const of = (gone: number) =>
    byFacet(
      postsOf(
        roles.filter(one => one.gone === gone),
        schools,
        leftOut,
      ),
    )
  return { gain: of(0), lose: of(1) }
}

/** Roles of users that users.csv does not describe: in a delta those of people who are known, else a mistake. */
export const readRolesAlone = async (bundle: Bundle, schools: Schools): Promise<void> => {
  const { staging, source, delta, apply } = bundle
  for (let after = ''; ; ) {
    const first: { user: string; file: string; line: number } | undefined = staging.get(
      'SELECT user, file, line FROM feed_role WHERE taken = 0 AND user > ? ORDER BY user LIMIT 1',
      after,
    )
    if (!first) return
    const { user, file, line } = first
    after = user
    const roles = takeRoles(bundle, user)
    const found = (kind: 'refused' | 'left-out', reason: string) =>
      staging.found({ kind, file, line, id: user, reason })
    if (!delta) found('refused', 'a role of a user that users.csv does not describe')
    else
      await apply({
        action: 'merge',
        facet: undefined,
        id: personId(source, user),
        key: user,
        file,
        line,
        patch: movesOf(roles, schools, reason => found('left-out', reason)),
      })
  }
}
