import type { Group } from '../../shared/directory/contract.ts'
import { byLabel, fold, sortName, squashed } from '../../shared/kernel/names.ts'
import type { Page } from '../../shared/kernel/page.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Role } from '../../shared/kernel/role.ts'
import { cursorOf, sortKeyOf } from '../platform/pattern.ts'
import { directoryPatterns, type PersonItem, type RosterItem } from './audiences.ts'
import type { DirectoryPlatform } from './relations.ts'
import { askedOf, groupsNamed } from './search-words.ts'

export type Search = {
  readonly uai: string
  readonly search: string
  readonly role: Role | 'suspended' | undefined
  readonly cursor: string | undefined
  /** People of a page. */
  readonly limit: number
}

/** What a search finds: rows of people, and on the first page the classes and groups it names. */
export type Found = Page<RosterItem> & { groups?: Group[] }

type Table = DirectoryPlatform['table']

/** What somebody who is several things is found as: the first of these. */
const rosters = ['head', 'pupil-life', 'teacher', 'staff', 'administrator', 'guardian', 'pupil', 'suspended'] as const

/** A row by the place at which it stands in what is found. */
type Placed = readonly [place: string, row: RosterItem]

const inPlaces = (rows: Iterable<Placed>): Placed[] => [...rows].sort(([a], [b]) => (a < b ? -1 : 1))

/** A page of them. `prefix`: how the cursors of the list begin. */
const pageOf = (
  placed: readonly Placed[],
  prefix: string,
  { cursor, limit }: Pick<Search, 'cursor' | 'limit'>,
): Result<Page<RosterItem>> => {
  const last = cursor === undefined ? '' : sortKeyOf(cursor, prefix)?.slice(prefix.length)
  if (last === undefined)
    return fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))
  const left = placed.filter(([place]) => place > last)
  const shown = left.slice(0, limit)
  const end = shown.at(-1)?.[0]
  const items = shown.map(([, row]) => row)
  return ok({ items, ...(left.length > limit && end !== undefined && { next: cursorOf(prefix + end) }) })
}

/** How the cursors of people found by their names begin. */
const namePlace = 'F#'

/**
 * Where somebody stands among those whose name begins so: at a word of their family name (de La Tour, Martin-Lopez) or at
 * their given name, at the first of them where several begin alike (Martin Martine). Undefined of those whose name does not.
 */
const nameFound = ({ givenName, familyName }: RosterItem, begins: string): string | undefined => {
  const words = fold(familyName).split(' ')
  const byFamily = words.map((_, at) => `${words.slice(at).join(' ')} ${givenName}`)
  return [...byFamily, `${givenName} ${familyName}`]
    .filter(name => squashed(name).startsWith(begins))
    .map(fold)
    .sort()[0]
}

/**
 * People of a school by the beginning of their name, a word of the family name or the given name first, however it is
 * written. The rosters are read whole, once a request: their keys have spaces where others type none, and no rows are kept
 * for searches, which every import would write. Few people search, and they look for one of the school's.
 */
const openNames = (table: Table, uai: string) => {
  const read = new Map<(typeof rosters)[number], Promise<RosterItem[]>>()
  const rosterOf = (role: (typeof rosters)[number]): Promise<RosterItem[]> => {
    const known = read.get(role) ?? table.all(directoryPatterns.schoolMembers, { uai, role })
    read.set(role, known)
    return known
  }
  return async (sought: string, role: Search['role']): Promise<Placed[]> => {
    const begins = squashed(sought)
    if (begins === '') return []
    const wanted = rosters.filter(one => role === undefined || one === role)
    const found = new Map<string, Placed>()
    for (const [at, rows] of (await Promise.all(wanted.map(rosterOf))).entries())
      for (const row of rows) {
        const name = found.has(row.person) ? undefined : nameFound(row, begins)
        // Who left keeps the role they had; the roster they stand in says that they left.
        const shown = wanted[at] === 'suspended' ? { ...row, suspended: true } : row
        if (name !== undefined) found.set(row.person, [`${name}#${row.person}`, shown])
      }
    return inPlaces(found.values())
  }
}

type Names = ReturnType<typeof openNames>

/** How the cursors of guardians found by their children's names begin. */
const guardianPlace = 'G#'

/** A guardian's row in a school, from what they are as a whole. */
const rowOf = (person: PersonItem, uai: string, classes: ReadonlyMap<string, Group>): RosterItem => {
  const here = person.children.filter(child => child.uai === uai)
  const groups = [...new Set(here.flatMap(child => child.groups))].flatMap(id => classes.get(id) ?? [])
  return {
    person: person.id,
    givenName: person.givenName,
    familyName: person.familyName,
    role: 'guardian',
    classes: groups.map(({ id, name, kind }) => ({ id, name, kind })),
    pupils: here.map(child => child.id),
  }
}

/** Where a guardian stands in the list of those of a name. */
const placeOf = (row: RosterItem) => `${sortName(row)}#${row.person}`

/**
 * The guardians of the pupils whose name begins so, and those called so themselves, by family name. Several pupils have one
 * guardian, who has another name: so they are all read for each page, which is then full or the last.
 */
const guardiansOf = async (
  table: Table,
  names: Names,
  rest: string,
  groups: readonly Group[],
  asking: Search,
): Promise<Result<Found>> => {
  const { uai } = asking
  const rows = (await names(rest, undefined)).map(([, row]) => row).filter(row => !row.suspended)
  const keys = (ids: readonly string[]) => [...new Set(ids)].map(person => ({ person }))
  const pupils = await table.getMany(
    directoryPatterns.person,
    keys(rows.flatMap(row => (row.role === 'pupil' ? row.person : []))),
  )
  const guardians = await table.getMany(directoryPatterns.person, keys(pupils.flatMap(pupil => pupil?.guardians ?? [])))
  const classes = new Map(groups.map(group => [group.id, group]))
  const found = new Map<string, RosterItem>(rows.flatMap(row => (row.role === 'guardian' ? [[row.person, row]] : [])))
  for (const person of guardians)
    if (person?.status === 'active' && person.roles.some(one => one.uai === uai && one.role === 'guardian'))
      found.set(person.id, rowOf(person, uai, classes))
  return pageOf(inPlaces([...found.values()].map(row => [placeOf(row), row])), guardianPlace, asking)
}

/**
 * What a search in a school finds: people by the beginning of a name; classes by theirs; with a word for a kind of
 * people, those of that kind, of a class (parents 6e A) or called so; the guardians of a child (mère d’Inès).
 */
export const searchSchool = async (table: Table, asking: Search): Promise<Result<Found>> => {
  const { uai, search, cursor, limit } = asking
  // Signs alone, which no name begins with.
  if (squashed(search) === '') return ok({ items: [] })
  const items = await table.all(directoryPatterns.schoolGroups, { uai })
  const groups = items.map(({ group: id, name, kind }): Group => ({ id, uai, name, kind }))
  const { role: said, rest } = askedOf(search)
  const role = asking.role ?? said
  const [exact, ...more] = groupsNamed(groups, rest)
  const isClass = exact !== undefined && more.length === 0

  const names = openNames(table, uai)
  const byNames = async (sought: string, of: Search['role'], from = cursor) =>
    pageOf(await names(sought, of), namePlace, { cursor: from, limit })

  const people = (): Promise<Result<Page<RosterItem>>> => {
    if (!said || (asking.role !== undefined && asking.role !== said)) return byNames(search, asking.role)
    if (rest === '') return table.list(directoryPatterns.schoolMembers, { uai, role: said }, { limit, cursor })
    if (isClass && (said === 'pupil' || said === 'guardian' || said === 'teacher'))
      return table.list(directoryPatterns.groupMembers, { group: exact.id, role: said }, { limit, cursor })
    if (said === 'guardian') return guardiansOf(table, names, rest, groups, asking)
    return byNames(rest, role)
  }
  const page = await people()
  if (!page.ok) return page
  if (cursor !== undefined) return page
  // A word for a kind of people is somebody's name, too.
  const called = said ? await byNames(search, asking.role, undefined) : undefined
  if (called && !called.ok) return called
  const known = new Set(page.value.items.map(row => row.person))
  const first = (called?.value.items ?? []).filter(row => !known.has(row.person))
  const named = groupsNamed(groups, rest).sort((a, b) => byLabel(a.name, b.name))
  return ok({ ...page.value, items: [...first, ...page.value.items], ...(named.length > 0 && { groups: named }) })
}
