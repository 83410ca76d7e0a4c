import { personId } from '../../identity.ts'
import type { Facet } from '../feed/operation.ts'
import { tidy } from '../feed/tidy.ts'
import { type ContactHashes, mobileAmong, openContacts } from '../joined/contacts.ts'
import type { Patch } from '../people/record.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import { openFileFindings } from './file-findings.ts'
import { guardianTermsOf, movesOf, type Post, postsOf, schoolsOf, staffRoles, takeRoles, termsOf } from './posts.ts'
import type { Schools } from './schools.ts'
import { several } from './several.ts'
import { statusOf } from './status.ts'
import { type Row, rowsOf } from './table.ts'

type Names = Pick<Patch, 'givenName' | 'familyName'>

/** Ids of those a row's `agentSourcedIds` name: a pupil's guardians or, on the guardian's own row, the pupils. */
const agentsOf = (row: Row, { source }: Bundle): string[] => [
  ...new Set(several(row.get('agentSourcedIds')).map(agent => personId(source, agent))),
]

/** Ids of a pupil's guardians: `agentSourcedIds`, and what relationships.csv says. */
const guardiansOf = (row: Row, key: string, bundle: Bundle): string[] => {
  const related = bundle.staging.all<{ agent: string }>('SELECT agent FROM feed_relation WHERE pupil = ?', key)
  return [...new Set([...agentsOf(row, bundle), ...related.map(({ agent }) => personId(bundle.source, agent))])]
}

/** Contacts of an adult. The standard's `phone` may be a household's: only mobile numbers count. */
const contactsOf = (row: Row, { hash }: ContactHashes) => ({
  mail: hash('mail', [row.get('email')]),
  mobile: hash('mobile', [row.get('sms'), mobileAmong(row.get('phone'))]),
})

const facetsOf = (
  row: Row,
  key: string,
  names: Names,
  bundle: Bundle,
  posts: readonly Post[],
  hashes: ContactHashes,
): [Facet, Patch][] => {
  const facets: [Facet, Patch][] = []
  const at = schoolsOf(posts, ['pupil'])
  const terms = termsOf(posts)
  if (at.length + terms.length > 0) {
    const guardians = guardiansOf(row, key, bundle)
    facets.push(['pupil', { ...names, pupil: { at, terms, classes: [], groups: [], guardians } }])
  }
  const roles = staffRoles(posts)
  if (roles.length > 0) {
    const schools = schoolsOf(posts, ['teacher', 'head', 'staff'])
    facets.push([
      'staff',
      { ...names, contacts: contactsOf(row, hashes), staff: { at: schools, roles, classes: [], groups: [] } },
    ])
  }
  const related = bundle.staging.get('SELECT 1 FROM feed_relation WHERE agent = ?', key)
  const isGuardian = related || posts.some(post => post.meaning === 'guardian')
  if (isGuardian)
    facets.push([
      'guardian',
      {
        ...names,
        contacts: contactsOf(row, hashes),
        guardian: true,
        guardianTerms: related ? [] : guardianTermsOf(posts),
        pupils: agentsOf(row, bundle),
      },
    ])
  return facets
}

/** A patch that leaves a person's classes as they are: a delta of users says nothing of classes. */
const withoutClasses = (patch: Patch): Patch => {
  const { pupil, staff } = patch
  const rest = <Part extends { classes?: unknown; groups?: unknown }>({ classes: _, groups: __, ...others }: Part) =>
    others
  return { ...patch, ...(pupil && { pupil: rest(pupil) }), ...(staff && { staff: rest(staff) }) }
}

/** Reads users.csv: who is a pupil, a guardian, or works in a school. */
export const readUsers = async (file: BundleFile, bundle: Bundle, schools: Schools): Promise<void> => {
  const { staging, source, strict, delta, apply } = bundle
  const findings = openFileFindings(staging, file.name, strict)
  const hashes = openContacts(staging)
  // A person whose record cannot be read stays as they are stored. If it is not known whose it is, nobody is suspended.
  const incomplete = (key?: string) => (key ? staging.retain(personId(source, key)) : bundle.incomplete())
  const needed = ['sourcedId', 'givenName', 'familyName']
  for await (const row of rowsOf(file, needed, { ...bundle, incomplete }, findings)) {
    const key = row.get('sourcedId')
    if (key === '') {
      findings.refused(row.line, undefined, 'it has no sourcedId')
      bundle.incomplete()
      continue
    }
    const id = personId(source, key)
    const at = { id, key, file: file.name, line: row.line }
    const leftOut = (reason: string) => findings.leftOut(row.line, key, reason)
    const status = statusOf(row, key, file, findings)
    const staged = takeRoles(bundle, key)
    const disabled = row.get('enabledUser').toLowerCase() === 'false'
    if (status === 'refused') {
      staging.retain(id)
      continue
    }
    if (status === 'gone' || disabled) {
      if (delta) await apply({ action: 'delete', facet: undefined, ...at, patch: {} })
      else leftOut(disabled ? 'its enabledUser is false' : 'its status says it is gone')
      continue
    }
    const names = { givenName: tidy(row.get('givenName')), familyName: tidy(row.get('familyName')) }
    const inline = row.get('role')
    if (delta && (staged.length > 0 || inline === '')) {
      // 1.2: roles.csv says which roles changed; those it does not name stay.
      const guardians = guardiansOf(row, key, bundle)
      const moves = staged.length > 0 && movesOf(staged, schools, leftOut)
      await apply({
        action: 'merge',
        facet: undefined,
        ...at,
        patch: { ...names, guardians, pupils: agentsOf(row, bundle), ...moves },
      })
      continue
    }
    const orgs = several(row.get('orgSourcedIds'))
    const given =
      staged.length > 0 || inline === '' ? staged : (orgs.length > 0 ? orgs : ['']).map(org => ({ org, role: inline }))
    const posts = postsOf(given, schools, leftOut)
    const facets = facetsOf(row, key, names, bundle, posts, hashes)
    if (facets.length === 0 && posts.length > 0) {
      staging.run('INSERT OR IGNORE INTO other VALUES (?)', id)
      leftOut(`a ${given[0]?.role} has access to nothing: not imported`)
    } else if (facets.length === 0 && !staging.get('SELECT 1 FROM other WHERE id = ?', id)) {
      const refused = 'it has no role in a school that the feed describes'
      await apply({ action: 'add', facet: undefined, ...at, patch: {}, refused })
    }
    for (const [facet, patch] of facets)
      await apply({
        action: delta ? 'set' : 'add',
        facet,
        ...at,
        patch: delta ? withoutClasses(patch) : patch,
        rowPerSchool: true,
      })
  }
  findings.close()
}
