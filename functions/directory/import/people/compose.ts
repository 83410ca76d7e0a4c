import { sortName } from '../../../../shared/kernel/names.ts'
import type { Role, SchoolRole, TerritoryRole } from '../../../../shared/kernel/role.ts'
import { put } from '../../../platform/operation.ts'
import { type ArgsOf, keyOf } from '../../../platform/pattern.ts'
import { directoryPatterns, type PersonItem, type RosterItem } from '../../audiences.ts'
import { fingerprint } from '../../identity.ts'
import { importPatterns, type SourceItem } from '../../patterns.ts'
import type { GroupRef, PersonRecord } from '../../record.ts'
import { contactRows } from '../joined/contacts.ts'
import { keyText } from '../keys.ts'
import type { Put } from '../platform.ts'
import type { StagedSchool } from '../staging.ts'
import { audiencesOf, type ChildIn, eachOnce } from './audiences.ts'
import { formerSearchRows } from './former-search-rows.ts'
import { printOf } from './print.ts'
import { foremostFirst, isOfStaff, ownRoles } from './roles.ts'

/** What a person's items are made of. */
export type Subject = {
  readonly id: string
  readonly source: string
  /** What their record says of today. */
  readonly record: PersonRecord
  /** All that their record says. */
  readonly stored: PersonRecord
  /** The row by which the clock finds them when something of it begins or ends. */
  readonly changing: readonly Put[]
  /** Those of the legal guardians named by their record who are in the directory. */
  readonly guardians: readonly string[]
  /** The pupils whose guardian they are, by their record or by an administrator's decision. */
  readonly children: readonly { readonly id: string; readonly record: PersonRecord }[]
  /** Those of them, by id, who are in a school on some day. */
  readonly kin: readonly string[]
  /** The schools that the operator made them an administrator of. */
  readonly administers: readonly string[]
  /** The roles of the territory that the operator granted them. */
  readonly territoryRoles: readonly TerritoryRole[]
  readonly school: (uai: string) => StagedSchool | undefined
}

/**
 * A person as items. `members`: their rows in their schools' rosters and among those kept without access, written last;
 * `rows`: all other rows; `person` is undefined for somebody who never was in a school;
 * `source` lacks what follows from a comparison with the stored rows (changeOf).
 */
export type Composed = {
  readonly id: string
  readonly roles: readonly SchoolRole[]
  readonly person: Put | undefined
  /** What `person` writes. */
  readonly item: PersonItem | undefined
  readonly rows: readonly Put[]
  readonly members: readonly Put[]
  readonly source: Omit<SourceItem, 'leaving' | 'parted'>
  /** The print of somebody who is the same, as releases gave it that wrote further rows; made where it is asked for. */
  readonly formerPrint: () => string
}

/** A row of a school's roster before it holds what an import compares. */
export type Member = { readonly args: ArgsOf<typeof importPatterns.member>; readonly fields: RosterItem }

const inSchool = (groups: readonly GroupRef[], uai: string) => groups.filter(group => group.uai === uai)

/** Classes first, then by name, so that the order of a feed does not matter. */
const sorted = (groups: Iterable<GroupRef>): GroupRef[] =>
  [...new Map([...groups].map(group => [group.id, group])).values()].sort(
    (a, b) => a.kind.localeCompare(b.kind) || (a.name < b.name ? -1 : 1),
  )

const labels = (groups: Iterable<GroupRef>) => sorted(groups).map(({ id, name, kind }) => ({ id, name, kind }))

const childSchools = (record: PersonRecord): string[] =>
  [...ownRoles(record)].flatMap(([uai, rolesThere]) => (rolesThere.includes('pupil') ? [uai] : []))

/** The roles of a person by school, the foremost first. */
export const rolesOf = ({
  record,
  children,
  administers,
}: Pick<Subject, 'record' | 'children' | 'administers'>): Map<string, Role[]> => {
  const roles = ownRoles(record)
  const add = (uai: string, role: Role) => roles.set(uai, [...(roles.get(uai) ?? []), role])
  for (const child of children) for (const uai of childSchools(child.record)) add(uai, 'guardian')
  // A grant is void while its person has no other role in the school.
  for (const uai of administers) if (roles.has(uai)) add(uai, 'administrator')
  return new Map(
    [...roles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([uai, rolesThere]) => [uai, foremostFirst(rolesThere)]),
  )
}

/**
 * Joins a person's rows with their fingerprints, by which a later import knows which of them changed.
 * @param rest `former`: rows that releases before wrote besides, which are left where they are until the person changes
 * @param kept whether their record is kept for deltas to refer to, although they are in no school
 */
export const composed = (
  { id, source, record }: Pick<Subject, 'id' | 'source' | 'record'>,
  item: PersonItem | undefined,
  rows: readonly Put[],
  members: readonly Member[],
  { former = () => [], ...rest }: Pick<SourceItem, 'children' | 'left'> & { readonly former?: () => readonly Put[] },
  kept = false,
): Composed => {
  const person = item && put('person', directoryPatterns.person, { person: id }, item)
  const keptAs = { source, person: id }
  const plain = members.map(({ args, fields }) => ({ args, fields: { ...fields, source } }))
  const prints = Object.fromEntries([
    ...[...(person ? [person] : []), ...rows].map(row => [keyText(row.key), printOf(row.fields)]),
    ...plain.map(({ args, fields }) => [keyText(keyOf(importPatterns.member, args)), printOf(fields)]),
    ...(kept ? [[keyText(keyOf(importPatterns.kept, keptAs)), 'kept']] : []),
  ])
  const body = { id, source, record, ...rest }
  const print = printOf([body, prints])
  const formerPrints = () => former().map(row => [keyText(row.key), printOf(row.fields)])
  return {
    id,
    roles: item?.roles ?? [],
    person,
    item,
    rows,
    members: [
      ...plain.map(({ args, fields }) => put('member', importPatterns.member, args, { ...fields, print })),
      ...(kept ? [put('kept', importPatterns.kept, keptAs, { person: id, print })] : []),
    ],
    source: { ...body, rows: prints, print },
    formerPrint: () => printOf([body, { ...prints, ...Object.fromEntries(formerPrints()) }]),
  }
}

const groupRows = (subject: Subject, roles: Map<string, Role[]>, children: (uai: string) => ChildIn[]): Put[] => {
  const { id, record } = subject
  const { givenName, familyName } = record
  const name = sortName(record)
  const rows: Put[] = []
  const row = (group: GroupRef, role: Role, classes: Iterable<GroupRef>, pupils?: string[]) =>
    rows.push(
      put(
        'group-member',
        importPatterns.groupMember,
        { group: group.id, role, name, person: id },
        { person: id, givenName, familyName, role, classes: labels(classes), ...(pupils && { pupils }) },
      ),
    )
  for (const [uai, rolesThere] of roles) {
    const own = inSchool(record.pupil?.groups ?? [], uai)
    if (rolesThere.includes('pupil')) for (const group of own) row(group, 'pupil', own)
    if (rolesThere.includes('teacher'))
      for (const group of inSchool(record.staff?.groups ?? [], uai)) row(group, 'teacher', [group])
    if (!rolesThere.includes('guardian')) continue
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

const awaitedRows = ({ id, record, guardians }: Subject): Put[] =>
  (record.pupil?.guardians ?? [])
    .filter(guardian => !guardians.includes(guardian))
    .map(guardian => put('awaited', importPatterns.awaited, { guardian, pupil: id }, { pupil: id }))

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

  const flat: SchoolRole[] = [...roles].flatMap(([uai, rolesThere]) => rolesThere.map(role => ({ uai, role })))
  // Pupils and guardians have none: a grant ends when its person no longer works in the territory.
  const territoryRoles = isOfStaff(flat) ? [...subject.territoryRoles].sort() : []
  const audiences = eachOnce(
    flat.flatMap(({ uai, role }) => audiencesOf(role, uai, label(uai), taughtOrAttended(role, uai), childrenIn(uai))),
  )
  const person: PersonItem = {
    id,
    givenName,
    familyName,
    status: 'active',
    source,
    roles: flat,
    ...(territoryRoles.length > 0 && { territoryRoles }),
    schools: [...roles.keys()].map(uai => {
      const town = subject.school(uai)?.town
      return { uai, name: label(uai), ...(town && { town }) }
    }),
    audiences,
    children: inOrder.flatMap(child =>
      childSchools(child.record).map(uai => {
        const groups = sorted(inSchool(child.record.pupil?.groups ?? [], uai))
        const className = groups.find(group => group.kind === 'class')?.name
        return {
          id: child.id,
          givenName: child.record.givenName,
          familyName: child.record.familyName,
          uai,
          ...(className !== undefined && { className }),
          groups: groups.map(group => group.id),
        }
      }),
    ),
    guardians: [...subject.guardians].sort(),
    groups: own.map(({ id: group, name, uai, kind, head }) => ({ id: group, name, uai, kind, ...(head && { head }) })),
    access: fingerprint(['active', flat, territoryRoles, audiences.map(audience => audience.id)]),
  }

  const rosterRow = (uai: string, role: Role): RosterItem => {
    const children = childrenIn(uai)
    const groups = role === 'guardian' ? children.flatMap(child => child.groups) : taughtOrAttended(role, uai)
    const pupils = role === 'guardian' ? { pupils: children.map(child => child.id) } : {}
    return { person: id, givenName, familyName, role, classes: labels(groups), ...pupils }
  }
  const name = sortName(record)
  const members = flat.map(
    ({ uai, role }): Member => ({ args: { uai, role, name, person: id }, fields: rosterRow(uai, role) }),
  )
  const former = () =>
    [...roles].flatMap(([uai, [foremost = 'staff']]) => formerSearchRows(uai, rosterRow(uai, foremost)))
  const rows = [
    ...groupRows(subject, roles, childrenIn),
    ...awaitedRows(subject),
    ...contactRows(id, source, subject.stored),
    ...subject.changing,
  ]
  const rest = { children: [...subject.kin].sort(), former }
  return composed({ id, source, record: subject.stored }, person, rows, members, rest)
}
