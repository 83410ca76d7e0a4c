import { groupsOf } from './groups.ts'
import type { AafRecord } from './parse.ts'
import { type Context, contactsOf, type Mapped, ofAdults, schoolsAt, unknownSchools } from './people.ts'
import { firstOf, namesOf, valuesOf } from './values.ts'

const schoolOf = (value: string): string => value.split('$')[0]?.trim() ?? ''

/** The values of `first` and, for schools it says nothing of, those of `second`, which older feeds and posts have. */
const preferred = (record: AafRecord, first: string, second: string): readonly string[] | undefined => {
  const values = valuesOf(record, first)
  const others = valuesOf(record, second)
  if (!values || !others) return values ?? others
  const covered = new Set(values.map(schoolOf))
  return [...values, ...others.filter(value => !covered.has(schoolOf(value)))]
}

/** The attributes of 2D, else the one of 1D, which has other parts. */
const groupsIn = (record: AafRecord, kind: 'class' | 'group', names: [string, string, string], context: Context) => {
  const values = preferred(record, names[0], names[1])
  const in1D = valuesOf(record, names[2])
  if (values && (values.length > 0 || !in1D)) return groupsOf(values, kind, context)
  return in1D && groupsOf(in1D, kind, context, '1D')
}

/** Codes of functions that are taught by, whatever the category says. */
const teaching: ReadonlySet<string> = new Set(['ENS', 'DOC', 'DIR'])

/** `school$code$label$discipline$discipline label`. A head of a primary school teaches there, as `DIRECTION`. */
const functionsOf = (record: AafRecord, { schools }: Context) => {
  const posts = valuesOf(record, 'ENTPersonFonctions')?.map(value => value.split('$').map(part => part.trim()))
  if (!posts) return undefined
  const functions = posts.flatMap(([school = '', code = '', ...more]) => {
    const uai = schools.get(school)?.uai
    if (uai === undefined || code === '') return []
    return [`${uai}$${code.toUpperCase()}`, ...(more.at(-1)?.toUpperCase() === 'DIRECTION' ? [`${uai}$DIR`] : [])]
  })
  return {
    functions: [...new Set(functions)].sort(),
    codes: posts.map(([, code = '']) => code.toUpperCase()),
    unknown: posts.flatMap(([school = '']) => (school === '' || schools.has(school) ? [] : [school])),
  }
}

/** The schools that a teacher of 1D is the head of. */
const headOf = (record: AafRecord, { schools }: Context): string[] | undefined =>
  valuesOf(record, 'ENTEnsFonctionDir')?.flatMap(value => schools.get(schoolOf(value))?.uai ?? [])

/** O or N. Undefined if the record says nothing; what is neither counts as N. */
const flag = (record: AafRecord, name: string): boolean | undefined => {
  const value = firstOf(record, name)
  return value === undefined ? undefined : value.toUpperCase() === 'O'
}

/** What a PersEducNat record says. Posts shared with schools of other feeds are usual: those are left out. */
export const staffOf = (record: AafRecord, context: Context): Mapped => {
  const classes = groupsIn(
    record,
    'class',
    ['ENTAuxEnsClassesMatieres', 'ENTAuxEnsClasses', 'ENTPersonClasses'],
    context,
  )
  const groups = groupsIn(
    record,
    'group',
    ['ENTAuxEnsGroupesMatieres', 'ENTAuxEnsGroupes', 'ENTPersonGroupes'],
    context,
  )
  const principal = valuesOf(record, 'ENTAuxEnsClassesPrincipal')
  const heads = principal && groupsOf(principal, 'class', context)
  const at = schoolsAt(record, context)
  const posts = functionsOf(record, context)
  const directs = headOf(record, context)
  const category = flag(record, 'ENTPersonCategorieEnseignant')
  const presence = flag(record, 'PersEducNatPresenceDevantEleves')
  // Classes of a psychologist or an assistant are those they look after.
  const isNoTeacher =
    category === false && presence !== true && posts !== undefined && !posts.codes.some(code => teaching.has(code))
  const taught = <Value>(values: readonly Value[]): readonly Value[] => (isNoTeacher ? [] : values)
  const given = (classes?.groups.length ?? 0) + (groups?.groups.length ?? 0) + (heads?.groups.length ?? 0)
  return {
    patch: {
      ...namesOf(record),
      ...contactsOf(record, context, ofAdults),
      staff: {
        ...(at && { at: at.at }),
        ...(posts && { functions: posts.functions }),
        ...(directs && { directs }),
        ...(category !== undefined && { category }),
        ...(presence !== undefined && { presence }),
        ...(classes && { classes: taught(classes.groups) }),
        ...(groups && { groups: taught(groups.groups) }),
        ...(heads && { heads: taught(heads.groups) }),
      },
    },
    leftOut: [
      ...unknownSchools('a post', [...(posts?.unknown ?? []), ...(at?.unknown ?? [])]),
      ...unknownSchools('a class', classes?.unknown ?? []),
      ...unknownSchools('a group', groups?.unknown ?? []),
      ...(isNoTeacher && given > 0 ? ['by category and function it is no teacher: its classes are left out'] : []),
    ],
  }
}
