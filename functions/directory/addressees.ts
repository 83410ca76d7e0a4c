import type { AudienceKind } from '../../shared/kernel/audience.ts'
import { sortName } from '../../shared/kernel/names.ts'
import type { Role } from '../../shared/kernel/role.ts'
import { uses } from '../platform/access.ts'
import type { Table } from '../platform/table.ts'
import { directoryPatterns, type RosterItem, rolesIn } from './audiences.ts'

type Named = { readonly kind: AudienceKind; readonly group?: string | undefined }

/** A list of people as the directory keeps it: a role's members in a school, or in a class or group. */
export type Roster = { readonly of: 'school' | 'group'; readonly id: string; readonly role: string }

const rosterKey = (roster: Roster): string => `${roster.of}#${roster.id}#${roster.role}`

/** Each roster once, without a group's where the school's of the same role is among `all`. */
const distinct = (rosters: readonly Roster[], all: readonly Roster[] = rosters): Roster[] => {
  const whole = new Set(all.filter(roster => roster.of === 'school').map(roster => roster.role))
  const found = new Map(rosters.map(roster => [rosterKey(roster), roster]))
  return [...found.values()].filter(roster => roster.of === 'school' || !whole.has(roster.role))
}

const rosterOf = (uai: string, group: string | undefined, role: string): Roster =>
  group === undefined ? { of: 'school', id: uai, role } : { of: 'group', id: group, role }

/** True for kinds of audience that hold guardians for the sake of their children. */
const holdsGuardians = (kind: AudienceKind): boolean => rolesIn(kind).includes('guardian')

/**
 * The rosters to read for the audiences of one school, none twice. `people`: of those who are addressed.
 * `pupils`: further ones, of the pupils whose guardians are addressed. `concerned`: of all these pupils.
 */
export const rostersOf = (
  uai: string,
  audiences: readonly Named[],
): { people: Roster[]; pupils: Roster[]; concerned: Roster[] } => {
  const people = distinct(audiences.flatMap(({ kind, group }) => rolesIn(kind).map(role => rosterOf(uai, group, role))))
  const pupils = audiences.filter(({ kind }) => holdsGuardians(kind)).map(({ group }) => rosterOf(uai, group, 'pupil'))
  const read = new Set(people.map(rosterKey))
  return {
    people,
    pupils: distinct(pupils, [...people, ...pupils]).filter(roster => !read.has(rosterKey(roster))),
    concerned: distinct(pupils),
  }
}

/** One who is addressed, or a pupil for whose sake one is. */
export type Addressee = {
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly role: Role
  readonly classes: RosterItem['classes']
  /** A teacher of a class that is addressed, who reads along: nobody to reach, to count or to remind. */
  readonly follows: boolean
  /** Addressed as a guardian, for the sake of these pupils. */
  readonly guardian: boolean
  readonly pupils: readonly string[]
  /** Family name, given name, id: the order of lists. */
  readonly order: string
}

/** A row of a roster. `along`: of the teachers of a class or group, who are addressed for its pupils' sake. */
export type Listed = RosterItem & { readonly along?: boolean }

/** People of several rosters, each once, by name. Who stands in two rosters is shown in the first one's role. */
export const addressees = (rows: readonly Listed[]): Addressee[] => {
  const found = new Map<string, Addressee>()
  for (const row of rows) {
    if (row.suspended) continue
    const known = found.get(row.person)
    const classes = new Map([...(known?.classes ?? []), ...row.classes].map(group => [group.id, group]))
    found.set(row.person, {
      id: row.person,
      givenName: row.givenName,
      familyName: row.familyName,
      role: known?.role ?? row.role,
      classes: [...classes.values()],
      follows: (known?.follows ?? true) && row.along === true,
      guardian: known?.guardian || row.role === 'guardian',
      pupils: [...new Set([...(known?.pupils ?? []), ...(row.role === 'guardian' ? (row.pupils ?? []) : [])])],
      order: `${sortName(row)}#${row.person}`,
    })
  }
  return [...found.values()].sort((a, b) => (a.order < b.order ? -1 : 1))
}

/**
 * Whom audiences hold, the pupils of whom guardians are among them, or would be if the directory named any, and the teachers who read along with a class or
 * with its guardians.
 */
export type Addressed = {
  readonly people: readonly Addressee[]
  readonly pupils: readonly Addressee[]
  readonly followers: readonly Addressee[]
}

/**
 * The pupils, among those on `rows`, whose guardians are addressed: also those of whom the directory names no guardian, since
 * their families are awaited like others, and answer on paper.
 * @param concerned their rosters
 */
export const pupilsConcerned = (concerned: readonly Roster[], rows: readonly Listed[]): Addressee[] => {
  const isOf = (row: Listed) =>
    concerned.some(({ of, id }) => of === 'school' || row.classes.some(group => group.id === id))
  return addressees(rows.filter(row => row.role === 'pupil' && isOf(row)))
}

export const audienceAccess = uses({ query: [directoryPatterns.schoolMembers, directoryPatterns.groupMembers] })

/** True for the roster of a class's or group's teachers: they are in its audiences to read along. */
export const isAlong = ({ of, role }: Roster): boolean => of === 'group' && role === 'teacher'

const readRosters = async (table: Table<typeof audienceAccess>, rosters: readonly Roster[]): Promise<Listed[]> => {
  const { schoolMembers, groupMembers } = directoryPatterns
  const rows = rosters.map(async (roster): Promise<Listed[]> => {
    const { of, id, role } = roster
    if (of === 'school') return table.all(schoolMembers, { uai: id, role })
    const found = await table.all(groupMembers, { group: id, role })
    return isAlong(roster) ? found.map(row => ({ ...row, along: true })) : found
  })
  return (await Promise.all(rows)).flat()
}

/**
 * Whom audiences of a school hold, as the directory is now, each person once. Queries side by side, by the number of
 * audiences and never by the number of people: one a role of the school, two or three a class.
 * @param withPupils also the pupils for whose sake guardians are addressed; else `pupils` is empty.
 */
export const readAddressed = async (
  table: Table<typeof audienceAccess>,
  { uai, audiences }: { readonly uai: string; readonly audiences: readonly Named[] },
  withPupils: boolean,
): Promise<Addressed> => {
  const rosters = rostersOf(uai, audiences)
  const [rows, more] = await Promise.all([
    readRosters(table, rosters.people),
    withPupils ? readRosters(table, rosters.pupils) : [],
  ])
  const all = addressees(rows)
  const people = all.filter(one => !one.follows)
  const pupils = withPupils ? pupilsConcerned(rosters.concerned, [...rows, ...more]) : []
  return { people, pupils, followers: all.filter(one => one.follows) }
}
