import { personId } from '../../../shared/directory/identity.ts'
import type { SchoolRole } from '../../../shared/kernel/role.ts'
import { tidy } from '../aaf/values.ts'
import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import type { Facet } from '../feed/operation.ts'
import type { Patch } from '../people/record.ts'
import { type Findings, openFindings } from './findings.ts'
import { type Meaning, meaningOf } from './roles.ts'
import type { Schools } from './schools.ts'
import { statusOf } from './status.ts'
import { type Row, rowsOf } from './table.ts'

const several = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map(one => one.trim())
    .filter(Boolean)

/** Stages roles.csv (1.2), which says who is what and where: users.csv is read with it. */
export const readRoles = async (file: FeedFile, delivery: Delivery, delta: boolean): Promise<void> => {
  const { staging, strict } = delivery
  const findings = openFindings(staging, file.name, strict)
  for await (const row of rowsOf(file, ['userSourcedId', 'orgSourcedId', 'role'], delivery, findings)) {
    const user = row.get('userSourcedId')
    if (statusOf(row, user, delta, findings) !== 'active') continue
    staging.run('INSERT OR IGNORE INTO feed_role VALUES (?, ?, ?)', user, row.get('orgSourcedId'), row.get('role'))
  }
  findings.close()
}

/** Stages relationships.csv (School Data Sync): whose guardian is who. */
export const readRelationships = async (file: FeedFile, delivery: Delivery): Promise<void> => {
  const { staging, source, strict } = delivery
  const findings = openFindings(staging, file.name, strict)
  const needed = ['userSourcedId', 'relationshipUserSourcedId', 'relationshipRole']
  for await (const row of rowsOf(file, needed, delivery, findings)) {
    const agent = row.get('relationshipUserSourcedId')
    const role = row.get('relationshipRole')
    if (meaningOf(role) === 'guardian')
      staging.run('INSERT OR IGNORE INTO feed_relation VALUES (?, ?)', row.get('userSourcedId'), agent)
    else {
      staging.run('INSERT OR IGNORE INTO other VALUES (?)', personId(source, agent))
      findings.leftOut(row.line, agent, `${role} of a pupil is no legal guardian`)
    }
  }
  findings.close()
}

type Post = { readonly meaning: Meaning; readonly uai: string }

const postsOf = (row: Row, key: string, { staging }: Delivery, schools: Schools, findings: Findings): Post[] => {
  const staged = staging.all<{ org: string; role: string }>('SELECT org, role FROM feed_role WHERE user = ?', key)
  const inline = row.get('role')
  const given =
    staged.length > 0 || inline === '' ? staged : several(row.get('orgSourcedIds')).map(org => ({ org, role: inline }))
  const posts = given.flatMap(({ org, role }): Post[] => {
    const meaning = meaningOf(role)
    const school = schools(org)
    if (meaning && school) return [{ meaning, uai: school.uai }]
    if (!meaning) findings.leftOut(row.line, key, `its role ${JSON.stringify(role.slice(0, 40))} is not known`)
    else findings.leftOut(row.line, key, `${role} in ${org}, which is no school the feed describes`)
    return []
  })
  // Guardians are usually said to be in no school.
  return posts.length === 0 && meaningOf(inline) === 'guardian' ? [{ meaning: 'guardian', uai: '' }] : posts
}

type Given = Pick<Patch, 'givenName' | 'familyName'>

const facetsOf = (
  row: Row,
  key: string,
  names: Given,
  delivery: Delivery,
  posts: readonly Post[],
): [Facet, Patch][] => {
  const { staging, source } = delivery
  const uais = (meanings: readonly Meaning[]) => [
    ...new Set(posts.filter(post => meanings.includes(post.meaning)).map(post => post.uai)),
  ]
  const facets: [Facet, Patch][] = []
  const at = uais(['pupil'])
  if (at.length > 0) {
    const related = staging
      .all<{ agent: string }>('SELECT agent FROM feed_relation WHERE pupil = ?', key)
      .map(one => one.agent)
    const guardians = [...new Set([...several(row.get('agentSourcedIds')), ...related])].map(agent =>
      personId(source, agent),
    )
    facets.push(['pupil', { ...names, pupil: { at, classes: [], groups: [], guardians } }])
  }
  const roles = posts.flatMap(({ meaning, uai }): SchoolRole[] =>
    meaning === 'teacher' || meaning === 'head' || meaning === 'staff' ? [{ uai, role: meaning }] : [],
  )
  if (roles.length > 0)
    facets.push([
      'staff',
      { ...names, staff: { at: uais(['teacher', 'head', 'staff']), roles, classes: [], groups: [] } },
    ])
  const isGuardian =
    posts.some(post => post.meaning === 'guardian') || staging.get('SELECT 1 FROM feed_relation WHERE agent = ?', key)
  if (isGuardian) facets.push(['guardian', { ...names, guardian: true }])
  return facets
}

/** A delta describes a user anew, but not their classes: those stay. */
const keepingClasses = (patch: Patch): Patch => {
  const { pupil, staff } = patch
  const kept = <Part extends { classes?: unknown; groups?: unknown }>({ classes: _, groups: __, ...rest }: Part) => rest
  return { ...patch, ...(pupil && { pupil: kept(pupil) }), ...(staff && { staff: kept(staff) }) }
}

/** Reads users.csv: who is a pupil, a guardian, or works in a school. */
export const readUsers = async (
  file: FeedFile,
  delivery: Delivery,
  schools: Schools,
  delta: boolean,
): Promise<void> => {
  const { staging, source, strict, apply } = delivery
  const findings = openFindings(staging, file.name, strict)
  for await (const row of rowsOf(file, ['sourcedId', 'givenName', 'familyName'], delivery, findings)) {
    const key = row.get('sourcedId')
    if (key === '') {
      findings.refused(row.line, '', 'it has no sourcedId')
      continue
    }
    const id = personId(source, key)
    const at = { id, key, file: file.name, line: row.line }
    const status = statusOf(row, key, delta, findings)
    const disabled = row.get('enabledUser').toLowerCase() === 'false'
    if (status === 'refused') staging.keep(id)
    else if (status === 'gone' || disabled) {
      if (delta) await apply({ action: 'delete', facet: undefined, ...at, patch: {} })
      else findings.leftOut(row.line, key, disabled ? 'its enabledUser is false' : 'its status says it is gone')
    } else {
      const names = { givenName: tidy(row.get('givenName')), familyName: tidy(row.get('familyName')) }
      const facets = facetsOf(row, key, names, delivery, postsOf(row, key, delivery, schools, findings))
      if (facets.length === 0)
        await apply({
          action: 'add',
          facet: undefined,
          ...at,
          patch: {},
          refused: 'it has no role in a school that the feed describes',
        })
      for (const [facet, patch] of facets)
        await apply({ action: delta ? 'set' : 'add', facet, ...at, patch: delta ? keepingClasses(patch) : patch })
    }
  }
  findings.close()
}
