import { holdsGuardians } from '../../shared/news/rules.ts'
import type { NewsItem } from '../news/items.ts'
import { audienceMembers, type RosterItem } from './items.ts'
import { sortName } from './name.ts'

/** A list of people as the directory keeps it: the role's members in a school, or in a class or group. */
export type Roster = { readonly of: 'school' | 'group'; readonly id: string; readonly role: string }

type Audiences = readonly Pick<NewsItem['audiences'][number], 'kind' | 'group'>[]

const rosterKey = (roster: Roster): string => `${roster.of}#${roster.id}#${roster.role}`

const distinct = (rosters: readonly Roster[]): Roster[] => [
  ...new Map(rosters.map(roster => [rosterKey(roster), roster])).values(),
]

/** Without the rosters that stand whole in another: a group's, where the school's of the same role is there. */
const withoutCovered = (rosters: readonly Roster[], by: readonly Roster[] = rosters): Roster[] => {
  const whole = new Set(by.filter(one => one.of === 'school').map(one => one.role))
  return distinct(rosters).filter(one => one.of === 'school' || !whole.has(one.role))
}

const rosterOf = (uai: string, group: string | undefined, role: string): Roster =>
  group === undefined ? { of: 'school', id: uai, role } : { of: 'group', id: group, role }

/**
 * The rosters to read for the audiences of one school, none twice. `people`: of those who are addressed.
 * `pupils`: further ones, of the pupils whose guardians are addressed, where a notice once per pupil needs names.
 */
export const rostersOf = (uai: string, audiences: Audiences): { people: Roster[]; pupils: Roster[] } => {
  const people = withoutCovered(
    audiences.flatMap(audience =>
      audienceMembers({ ...audience, uai }).prefixes.map(prefix =>
        rosterOf(uai, audience.group, prefix.split('#')[1] ?? ''),
      ),
    ),
  )
  const pupils = audiences
    .filter(audience => holdsGuardians(audience.kind))
    .map(({ group }) => rosterOf(uai, group, 'pupil'))
  const read = new Set(people.map(rosterKey))
  return {
    people,
    pupils: withoutCovered(pupils, [...people, ...pupils]).filter(roster => !read.has(rosterKey(roster))),
  }
}

/** One who is addressed, or a pupil a notice is signed for. */
export type Addressee = {
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly role: RosterItem['role']
  readonly classes: RosterItem['classes']
  /** Addressed as a guardian, for the sake of these pupils. */
  readonly guardian: boolean
  readonly pupils: readonly string[]
  /** Family name, given name, id: the order of lists. */
  readonly order: string
}

/** People of several rosters, each once, by name. Who stands in two rosters is shown in the first one's role. */
export const addressees = (rows: readonly RosterItem[]): Addressee[] => {
  const found = new Map<string, Addressee>()
  for (const row of rows) {
    if (row.suspended) continue
    const known = found.get(row.person)
    const classes = new Map([...(known?.classes ?? []), ...row.classes].map(one => [one.id, one]))
    found.set(row.person, {
      id: row.person,
      givenName: row.givenName,
      familyName: row.familyName,
      role: known?.role ?? row.role,
      classes: [...classes.values()],
      guardian: known?.guardian || row.role === 'guardian',
      pupils: [...new Set([...(known?.pupils ?? []), ...(row.role === 'guardian' ? (row.pupils ?? []) : [])])],
      order: `${sortName(row)}#${row.person}`,
    })
  }
  return [...found.values()].sort((a, b) => (a.order < b.order ? -1 : 1))
}

/** Whom a news item addresses, and the pupils for whom a notice once per pupil is signed. */
export type Addressed = { readonly people: readonly Addressee[]; readonly pupils: readonly Addressee[] }

/** The pupils, among those on `rows`, for whose sake one of `people` is addressed. */
export const pupilsSignedFor = (people: readonly Addressee[], rows: readonly RosterItem[]): Addressee[] => {
  const concerned = new Set(people.flatMap(person => person.pupils))
  return addressees(rows.filter(row => row.role === 'pupil' && concerned.has(row.person)))
}

/** How many signatures a notice asks for. */
export const signersOf = (addressed: Addressed, notice: NewsItem['notice']): number => {
  if (notice === 'pupil') return addressed.pupils.length
  return notice === 'guardian' ? addressed.people.filter(person => person.guardian).length : 0
}
