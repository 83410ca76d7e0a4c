import { personId } from '../../identity.ts'
import type { ContactHashes, ContactKind } from '../joined/contacts.ts'
import type { Patch } from '../people/record.ts'
import type { Groups } from '../years/groups.ts'
import { groupsOf, type SchoolsByKey } from './groups.ts'
import type { AafRecord } from './parse.ts'
import { namesOf, valuesOf } from './values.ts'
import type { Legal } from './versions.ts'

export type Context = {
  readonly source: string
  readonly schools: SchoolsByKey
  readonly groups: Pick<Groups, 'ref'>
  readonly legal: Legal
  readonly contacts: ContactHashes
}

/** What a record says and what of it is left out. `unsure`: what its legal links mean is not known. */
export type Mapped = { readonly patch: Patch; readonly leftOut: readonly string[]; readonly unsure?: boolean }

export const unknownSchools = (what: string, unknown: readonly string[]) =>
  unknown.length > 0
    ? [`${what} of a school the feed does not describe: ${[...new Set(unknown)].slice(0, 3).join(', ')}`]
    : []

/** The schools a person belongs to. Undefined if the record says nothing of it. */
export const schoolsAt = (record: AafRecord, { schools }: Context) => {
  const keys = valuesOf(record, 'ENTPersonStructRattach')?.map(key => key.trim())
  if (!keys) return undefined
  return {
    at: keys.flatMap(key => schools.get(key)?.uai ?? []),
    unknown: keys.filter(key => !schools.has(key)),
  }
}

/** What a legal link may be: none, or one of those that versions read differently. */
const links: ReadonlySet<string> = new Set(['0', '1', '2'])

/**
 * Pupil to guardians: `person$link$financial$legal$contact$payment`; older feeds also list those with parental
 * authority. Undefined if the record says nothing of it.
 */
const guardiansOf = (record: AafRecord, { source, legal }: Context) => {
  const relations = valuesOf(record, 'ENTElevePersRelEleve')
  const authority = valuesOf(record, 'ENTEleveAutoriteParentale')
  if (!relations && !authority) return undefined
  const guardians = new Set<string>()
  const others = new Set<string>()
  const notRead: string[] = []
  let unsure = false
  for (const relation of relations ?? []) {
    const [key = '', , , link = ''] = relation.split('$').map(part => part.trim())
    if (key === '') continue
    const id = personId(source, key)
    if (legal.links.has(link)) guardians.add(id)
    else others.add(id)
    if (!links.has(link))
      notRead.push(`its legal link to ${key} is ${JSON.stringify(link)}, not 0, 1 or 2: ${key} is no guardian by it`)
    if (!legal.known && link === '2') unsure = true
  }
  // Parental authority alone decides only where there are no links: newer feeds no longer maintain that list.
  if (!relations || relations.length === 0)
    for (const value of authority ?? []) {
      const key = value.split('$')[0]?.trim() ?? ''
      if (key !== '') guardians.add(personId(source, key))
    }
  // Who is listed twice, once without custody, has none: what grants less counts.
  const named = [...guardians].filter(id => !others.has(id))
  return { said: { guardians: named, others: [...others] }, notRead, unsure }
}

/** Where feeds tell contacts of adults. A phone at home is a household's, and no person's. */
export const ofAdults = { mail: ['mail'], mobile: ['mobile', 'ENTPersonMobileSMS'] } as const

/** Hashes of what a record tells of contacts; of a kind of which it says nothing, none. */
export const contactsOf = (
  record: AafRecord,
  { contacts: { hash } }: Pick<Context, 'contacts'>,
  attributes: Readonly<Partial<Record<ContactKind, readonly string[]>>>,
): Pick<Patch, 'contacts'> => {
  const told = Object.entries(attributes).flatMap(([kind, names]) => {
    const values = names.flatMap(name => record.changes.get(name) ?? [])
    const isTold = names.some(name => record.changes.has(name))
    return isTold ? [[kind, hash(kind as ContactKind, values)] as const] : []
  })
  return told.length > 0 ? { contacts: Object.fromEntries(told) } : {}
}

/** What an Eleve record says. What lies in schools that the feed does not describe is left out. */
export const pupilOf = (record: AafRecord, context: Context): Mapped => {
  const inClasses = valuesOf(record, 'ENTEleveClasses')
  const in1D = valuesOf(record, 'ENTPersonClasses')
  const given = inClasses ?? in1D
  const classes = given && groupsOf(given, 'class', context, inClasses ? 'school$name' : '1D')
  const inGroups = valuesOf(record, 'ENTEleveGroupes')
  const groups1D = valuesOf(record, 'ENTPersonGroupes')
  const givenGroups = inGroups ?? groups1D
  const groups = givenGroups && groupsOf(givenGroups, 'group', context, inGroups ? 'school$name' : '1D')
  const at = schoolsAt(record, context)
  const guardians = guardiansOf(record, context)
  return {
    patch: {
      ...namesOf(record),
      ...contactsOf(record, context, { ine: ['ENTEleveINE'] }),
      pupil: {
        ...(at && { at: at.at }),
        ...(classes && { classes: classes.groups }),
        ...(groups && { groups: groups.groups }),
        ...guardians?.said,
      },
    },
    leftOut: [
      ...unknownSchools('a pupil', at?.unknown ?? []),
      ...unknownSchools('a class', classes?.unknown ?? []),
      ...unknownSchools('a group', groups?.unknown ?? []),
      ...(guardians?.notRead ?? []),
    ],
    unsure: guardians?.unsure ?? false,
  }
}

/** What a PersRelEleve record says: a name. Who their children are is said by the pupils. */
export const guardianOf = (record: AafRecord, context: Context): Mapped => ({
  patch: { ...namesOf(record), ...contactsOf(record, context, ofAdults), guardian: true },
  leftOut: [],
})
