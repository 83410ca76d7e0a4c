import type { Role, SchoolRole } from '../../../../shared/kernel/role.ts'
import { fingerprint } from '../../identity.ts'
import { directoryKeys, type PersonItem } from '../../items.ts'
import { fold, sortName } from '../../name.ts'
import { type AwaitedItem, type Item, importKeys, keyText, type SourceItem } from '../items.ts'
import type { StagedSchool } from '../staging.ts'
import { audiencesOf, type ChildIn, eachOnce } from './audiences.ts'
import { printOf } from './print.ts'
import type { GroupRef, PersonRecord } from './record.ts'
import { foremostFirst, ownRoles } from './roles.ts'

/** What a person's items are made of. */
export type Subject = {
  readonly id: string
  readonly source: string
  readonly record: PersonRecord
  /** The legal guardians they have: of those their record names, the ones there are. */
  readonly guardians: readonly string[]
  /** The pupils they are a legal guardian of. */
  readonly children: readonly { readonly id: string; readonly record: PersonRecord }[]
  /** The schools they administer by the operator's word. */
  readonly granted: readonly string[]
  readonly school: (uai: string) => StagedSchool | undefined
}

/**
 * A person as items. `members`: their rows in their schools' rosters, written last; `rows`: all other rows;
 * `source` lacks what only a comparison with the stored rows tells.
 */
export type Composed = {
  readonly id: string
  readonly person: PersonItem
  readonly rows: readonly Item[]
  readonly members: readonly Item[]
  readonly source: Omit<SourceItem, 'leaving' | 'parted'>
}

const inSchool = (groups: readonly GroupRef[], uai: string) => groups.filter(group => group.uai === uai)

/** Classes first, then by name, so that the order of a feed does not matter. */
const sorted = (groups: Iterable<GroupRef>): GroupRef[] =>
  [...new Map([...groups].map(group => [group.id, group])).values()].sort(
    (a, b) => a.kind.localeCompare(b.kind) || (a.name < b.name ? -1 : 1),
  )

const labels = (groups: Iterable<GroupRef>) => sorted(groups).map(({ id, name, kind }) => ({ id, name, kind }))

const childSchools = (record: PersonRecord): string[] =>
  [...ownRoles(record)].flatMap(([uai, roles]) => (roles.includes('pupil') ? [uai] : []))

const rolesOf = ({ record, children, granted }: Subject): Map<string, Role[]> => {
  const roles = ownRoles(record)
  const add = (uai: string, role: Role) => roles.set(uai, [...(roles.get(uai) ?? []), role])
  if (record.guardian) for (const child of children) for (const uai of childSchools(child.record)) add(uai, 'guardian')
  // A grant adds to what a person is in a school; alone it gives nothing to one who left it.
  for (const uai of granted) if (roles.has(uai)) add(uai, 'administrator')
  return new Map([...roles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([uai, held]) => [uai, foremostFirst(held)]))
}

/** Joins a person's rows with the fingerprints that tell what of them changed. */
export const composed = (
  subject: Pick<Subject, 'id' | 'source' | 'record'>,
  person: PersonItem,
  rows: readonly Item[],
  members: readonly Item[],
  rest: Pick<SourceItem, 'children' | 'left'>,
): Composed => {
  const { id, source, record } = subject
  const body = { ...importKeys.source(id), id, source, record, ...rest }
  const prints = Object.fromEntries([person, ...rows, ...members].map(row => [keyText(row), printOf(row)]))
  const print = printOf([body, prints])
  return {
    id,
    person,
    rows,
    members: members.map(row => ({ ...row, source, print })),
    source: { ...body, rows: prints, print },
  }
}

const groupRows = (subject: Subject, roles: Map<string, Role[]>, children: (uai: string) => ChildIn[]): Item[] => {
  const { id, record } = subject
  const { givenName, familyName } = record
  const rows: Item[] = []
  const row = (group: GroupRef, role: Role, classes: Iterable<GroupRef>, pupils?: readonly string[]) =>
    rows.push({
      ...directoryKeys.groupMember(group.id, role, sortName(record), id),
      ...{ person: id, givenName, familyName, role, classes: labels(classes) },
      ...(pupils && { pupils }),
    })
  for (const [uai, held] of roles) {
    const own = inSchool(record.pupil?.groups ?? [], uai)
    if (held.includes('pupil')) for (const group of own) row(group, 'pupil', own)
    if (held.includes('teacher'))
      for (const group of inSchool(record.staff?.groups ?? [], uai)) row(group, 'teacher', [group])
    if (!held.includes('guardian')) continue
    for (const group of sorted(children(uai).flatMap(child => child.groups))) {
      const concerned = children(uai).filter(child => child.groups.some(one => one.id === group.id))
      const classes = concerned.flatMap(child => child.groups)
      row(
        group,
        'guardian',
        classes,
        concerned.map(child => child.id),
      )
    }
  }
  return rows
}

const awaitedRows = ({ id, record, guardians }: Subject): AwaitedItem[] =>
  (record.pupil?.guardians ?? [])
    .filter(guardian => !guardians.includes(guardian))
    .map(guardian => ({ ...importKeys.awaited(guardian, id), pupil: id }))

/**
 * The items of a person who is in some school; undefined for one who is in none. The same subject gives the same items,
 * whatever the order of the feed.
 */
export const compose = (subject: Subject): Composed | undefined => {
  const { id, record, source } = subject
  const roles = rolesOf(subject)
  if (roles.size === 0) return undefined
  const { givenName, familyName } = record
  const inOrder = [...subject.children].sort((a, b) => (a.id < b.id ? -1 : 1))
  const childrenIn = (uai: string): ChildIn[] =>
    inOrder
      .filter(child => childSchools(child.record).includes(uai))
      .map(child => ({ id: child.id, groups: sorted(inSchool(child.record.pupil?.groups ?? [], uai)) }))
  const label = (uai: string) => subject.school(uai)?.name ?? uai
  const own = sorted([...(record.pupil?.groups ?? []), ...(record.staff?.groups ?? [])])
  const taughtOrAttended = (role: Role, uai: string) =>
    sorted(inSchool((role === 'pupil' ? record.pupil?.groups : record.staff?.groups) ?? [], uai))

  const flat: SchoolRole[] = [...roles].flatMap(([uai, held]) => held.map(role => ({ uai, role })))
  const audiences = eachOnce(
    flat.flatMap(({ uai, role }) => audiencesOf(role, uai, label(uai), taughtOrAttended(role, uai), childrenIn(uai))),
  )
  const person: PersonItem = {
    ...directoryKeys.person(id),
    ...{ id, givenName, familyName, status: 'active', source, roles: flat, audiences },
    schools: [...roles.keys()].map(uai => {
      const town = subject.school(uai)?.town
      return { uai, name: label(uai), ...(town && { town }) }
    }),
    children: record.guardian
      ? inOrder.flatMap(child =>
          childSchools(child.record).map(uai => {
            const groups = sorted(inSchool(child.record.pupil?.groups ?? [], uai))
            const className = groups.find(group => group.kind === 'class')?.name
            return {
              ...{ id: child.id, givenName: child.record.givenName, familyName: child.record.familyName, uai },
              ...(className !== undefined && { className }),
              groups: groups.map(group => group.id),
            }
          }),
        )
      : [],
    guardians: [...subject.guardians].sort(),
    groups: own.map(({ id: group, name, uai, kind, head }) => ({ id: group, name, uai, kind, ...(head && { head }) })),
    access: fingerprint(['active', flat, audiences.map(audience => audience.id)]),
  }

  const rosterRow = (uai: string, role: Role) => {
    const children = childrenIn(uai)
    const groups = role === 'guardian' ? children.flatMap(child => child.groups) : taughtOrAttended(role, uai)
    const pupils = role === 'guardian' ? { pupils: children.map(child => child.id) } : {}
    return { person: id, givenName, familyName, role, classes: labels(groups), ...pupils }
  }
  const members = flat.map(({ uai, role }) => ({
    ...directoryKeys.schoolMember(uai, role, sortName(record), id),
    ...rosterRow(uai, role),
  }))
  const search = [...roles].flatMap(([uai, [foremost = 'staff']]) => searchRows(uai, record, rosterRow(uai, foremost)))
  const rows = [...search, ...groupRows(subject, roles, childrenIn), ...awaitedRows(subject)]
  return composed(subject, person, rows, members, { children: record.guardian ? inOrder.map(child => child.id) : [] })
}

/** A person's two rows in the search of a school; one, if both names are folded alike. */
export const searchRows = (
  uai: string,
  { givenName, familyName }: Pick<PersonRecord, 'givenName' | 'familyName'>,
  row: { readonly person: string } & Record<string, unknown>,
): Item[] => {
  const names = new Set([fold(`${familyName} ${givenName}`), fold(`${givenName} ${familyName}`)])
  return [...names].map(name => ({ ...directoryKeys.schoolSearch(uai, name, row.person), ...row }))
}
