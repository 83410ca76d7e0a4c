import { personId } from '../../identity.ts'
import type { Patch } from '../people/record.ts'
import { groupsOf, type Referenced, type SchoolsByKey } from './groups.ts'
import type { LegalLinks } from './guardianship.ts'
import type { AafRecord } from './parse.ts'
import { firstOf, namesOf, valuesOf } from './values.ts'

export type Context = {
  readonly source: string
  readonly schools: SchoolsByKey
  readonly legal: LegalLinks
}

/** What a record says, or why it is refused; and what of it is left out. */
export type Mapped = { readonly patch: Patch; readonly leftOut: readonly string[] } | { readonly refused: string }

const unknownSchools = (what: string, unknown: readonly string[]) =>
  unknown.length > 0 ? [`${what} of a school the feed does not describe: ${unknown.slice(0, 3).join(', ')}`] : []

const schoolsAt = (record: AafRecord, { schools }: Context) => {
  const keys = valuesOf(record, 'ENTPersonStructRattach')
  if (!keys) return undefined
  return {
    at: keys.flatMap(key => schools.get(key)?.uai ?? []),
    unknown: keys.filter(key => !schools.has(key)),
  }
}

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
  for (const relation of relations ?? []) {
    const [key = '', , , link = ''] = relation.split('$').map(part => part.trim())
    if (key !== '') (legal.has(link) ? guardians : others).add(personId(source, key))
  }
  // Parental authority alone decides only where there are no links: newer feeds no longer maintain that list.
  if (!relations || relations.length === 0)
    for (const key of authority ?? []) guardians.add(personId(source, key.split('$')[0]?.trim() ?? ''))
  return { guardians: [...guardians], others: [...others].filter(id => !guardians.has(id)) }
}

/** What an Eleve record says. A class of an unknown school refuses the whole record. */
export const pupilOf = (record: AafRecord, context: Context): Mapped => {
  const inClasses = valuesOf(record, 'ENTEleveClasses')
  const in1D = valuesOf(record, 'ENTPersonClasses')
  const given = inClasses ?? in1D
  const classes = given && groupsOf(given, 'class', context.schools, inClasses ? 'school$name' : '1D')
  const inGroups = valuesOf(record, 'ENTEleveGroupes', 'ENTPersonGroupes')
  const groups = inGroups && groupsOf(inGroups, 'group', context.schools)
  const at = schoolsAt(record, context)
  const [refused] = [
    ...unknownSchools('a class', classes?.unknown ?? []),
    ...(at ? unknownSchools('a pupil', at.unknown) : []),
  ]
  if (refused) return { refused }
  return {
    patch: {
      ...namesOf(record),
      pupil: {
        ...(at && { at: at.at }),
        ...(classes && { classes: classes.groups }),
        ...(groups && { groups: groups.groups }),
        ...guardiansOf(record, context),
      },
    },
    leftOut: unknownSchools('a group', groups?.unknown ?? []),
  }
}

/** What a PersRelEleve record says: a name. Who their children are is said by the pupils. */
export const guardianOf = (record: AafRecord): Mapped => ({
  patch: { ...namesOf(record), guardian: true },
  leftOut: [],
})

const preferred = (record: AafRecord, first: string, second: string) => {
  const values = valuesOf(record, first)
  return values && values.length > 0 ? values : (valuesOf(record, second) ?? values)
}

/** What a PersEducNat record says. Posts shared with schools of other feeds are usual: those are left out. */
export const staffOf = (record: AafRecord, context: Context): Mapped => {
  const refer = (values: readonly string[] | undefined, kind: 'class' | 'group'): Referenced | undefined =>
    values && groupsOf(values, kind, context.schools)
  const in1D = valuesOf(record, 'ENTPersonClasses')
  const classes =
    refer(preferred(record, 'ENTAuxEnsClassesMatieres', 'ENTAuxEnsClasses'), 'class') ??
    (in1D && groupsOf(in1D, 'class', context.schools, '1D'))
  const groups = refer(
    preferred(record, 'ENTAuxEnsGroupesMatieres', 'ENTAuxEnsGroupes') ?? valuesOf(record, 'ENTPersonGroupes'),
    'group',
  )
  const heads = refer(valuesOf(record, 'ENTAuxEnsClassesPrincipal'), 'class')
  const at = schoolsAt(record, context)
  const posts = valuesOf(record, 'ENTPersonFonctions')?.map(value => value.split('$').map(part => part.trim()))
  const functions = posts?.flatMap(([school = '', code = '']) => {
    const known = context.schools.get(school)
    return known && code !== '' ? [`${known.uai}$${code.toUpperCase()}`] : []
  })
  const elsewhere = [
    ...(posts ?? []).flatMap(([school = '']) => (school === '' || context.schools.has(school) ? [] : [school])),
    ...(at?.unknown ?? []),
  ]
  const category = firstOf(record, 'ENTPersonCategorieEnseignant')
  const presence = firstOf(record, 'PersEducNatPresenceDevantEleves')
  return {
    patch: {
      ...namesOf(record),
      staff: {
        ...(at && { at: at.at }),
        ...(functions && { functions: [...new Set(functions)].sort() }),
        ...(category !== undefined && { category: category !== '' }),
        ...(presence !== undefined && { presence: presence.toUpperCase() === 'O' }),
        ...(classes && { classes: classes.groups }),
        ...(groups && { groups: groups.groups }),
        ...(heads && { heads: heads.groups }),
      },
    },
    leftOut: [
      ...unknownSchools('a post', [...new Set(elsewhere)]),
      ...unknownSchools('a class', classes?.unknown ?? []),
      ...unknownSchools('a group', groups?.unknown ?? []),
    ],
  }
}
