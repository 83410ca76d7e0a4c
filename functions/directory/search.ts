import type { Group } from '../../shared/directory/contract.ts'
import { byLabel, fold, initialsOf, sortName, squashed } from '../../shared/kernel/names.ts'
import type { Page } from '../../shared/kernel/page.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Role } from '../../shared/kernel/role.ts'
import { cursorOf, sortKeyOf } from '../platform/pattern.ts'
import { directoryPatterns, type PersonItem, type RosterItem } from './audiences.ts'
import { type SearchItem, searchPatterns } from './patterns.ts'
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

/** A row and the name it was found by. */
type Named = { readonly foundAs: string; readonly row: RosterItem }

/**
 * A person is found by family name and by given name, however either is written. Where both begin alike (Martin Martine),
 * only the row that comes first is shown, on whatever page the other is.
 */
const isFirstMatch = ({ foundAs, row }: Named, begins: string): boolean => {
  const matching = [`${row.familyName} ${row.givenName}`, `${row.givenName} ${row.familyName}`]
    .filter(name => squashed(name).startsWith(begins))
    .map(fold)
    .sort()
  return foundAs === matching[0]
}

type Table = DirectoryPlatform['table']

/** What somebody who is several things is found as: the first of these. */
const rosters = ['head', 'pupil-life', 'teacher', 'staff', 'administrator', 'guardian', 'pupil', 'suspended'] as const

const keyOfFound = ({ foundAs, row }: Named) => `${foundAs}#${row.person}`

const refusedCursor = () =>
  fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))

/**
 * People whose name begins so, in one order: from the rosters, which are sorted by family name, and from the rows by given
 * name. (Rows by family name that earlier releases wrote among these are the same people.) Keys have spaces and letters that
 * are typed otherwise, so all names of the first letter are read, and compared without them.
 */
const byNames = async (
  table: Table,
  sought: string,
  { uai, role, cursor, limit }: Omit<Search, 'search'>,
): Promise<Result<Page<RosterItem>>> => {
  const begins = squashed(sought)
  const [letter] = begins
  if (letter === undefined) return ok({ items: [] })
  const initials = initialsOf(letter)
  const last = cursor === undefined ? '' : sortKeyOf(cursor, 'F#')?.slice('F#'.length)
  if (last === undefined || (last !== '' && !initials.some(one => last.startsWith(one)))) return refusedCursor()
  // DynamoDB refuses to go on from a key that is not within the prefix.
  const after = (prefix: string, initial: string) =>
    last.startsWith(initial) ? { cursor: cursorOf(`${prefix}${last}`) } : {}
  const read = (initial: string) => [
    ...rosters
      .filter(one => role === undefined || one === role)
      .map(async one => {
        const options = {
          limit,
          ...after(`M#${one}#`, initial),
          keep: (row: RosterItem) => isFirstMatch({ foundAs: sortName(row), row }, begins),
        }
        return table.list(searchPatterns.rosterSearch, { uai, role: one, begins: initial }, options)
      }),
    table.list(
      searchPatterns.schoolSearch,
      { uai, begins: initial },
      {
        limit,
        ...after('F#', initial),
        keep: row =>
          isFirstMatch({ foundAs: row.foundAs, row }, begins) &&
          (role === undefined || (role === 'suspended' ? row.suspended === true : row.role === role && !row.suspended)),
      },
    ),
  ]
  const left = initials.filter(one => last.startsWith(one) || one > last)
  const listed = await Promise.all(left.flatMap(read))
  const found = new Map<string, Named>()
  let more = false
  for (const page of listed) {
    if (!page.ok) return page
    if (page.value.next !== undefined) more = true
    for (const row of page.value.items) {
      const named = { foundAs: (row as Partial<SearchItem>).foundAs ?? sortName(row), row }
      if (!found.has(keyOfFound(named))) found.set(keyOfFound(named), named)
    }
  }
  const keys = [...found.keys()].sort()
  const shown = keys.slice(0, limit)
  const end = shown.at(-1)
  const items = shown.flatMap(key => found.get(key)?.row ?? [])
  return ok({ items, ...((more || keys.length > limit) && end !== undefined && { next: cursorOf(`F#${end}`) }) })
}

/** Names read at once where all are needed. */
const namesAtOnce = 100
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

/** Everybody whose name begins so: all pages of names, which are bounded by the size of the school. */
const allNamed = async (table: Table, sought: string, uai: string): Promise<Result<RosterItem[]>> => {
  const rows: RosterItem[] = []
  let cursor: string | undefined
  do {
    const page = await byNames(table, sought, { uai, role: undefined, cursor, limit: namesAtOnce })
    if (!page.ok) return page
    rows.push(...page.value.items)
    cursor = page.value.next
  } while (cursor !== undefined)
  return ok(rows)
}

/** Where a guardian stands in the list of those of a name. */
const placeOf = (row: RosterItem) => `${sortName(row)}#${row.person}`

/**
 * The guardians of the pupils whose name begins so, and those called so themselves, by family name. Several pupils have one
 * guardian, who has another name: so they are all read for each page, which is then full or the last.
 */
const guardiansOf = async (
  table: Table,
  rest: string,
  groups: readonly Group[],
  { uai, limit, cursor }: Search,
): Promise<Result<Found>> => {
  const last = cursor === undefined ? '' : sortKeyOf(cursor, guardianPlace)?.slice(guardianPlace.length)
  if (last === undefined) return refusedCursor()
  const named = await allNamed(table, rest, uai)
  if (!named.ok) return named
  const rows = named.value.filter(row => !row.suspended)
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
  const places = [...found.values()].map(row => [placeOf(row), row] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  const left = places.filter(([place]) => place > last)
  const shown = left.slice(0, limit)
  const end = shown.at(-1)?.[0]
  const items = shown.map(([, row]) => row)
  return ok({ items, ...(left.length > limit && end !== undefined && { next: cursorOf(guardianPlace + end) }) })
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

  const people = (): Promise<Result<Page<RosterItem>>> => {
    if (!said || (asking.role !== undefined && asking.role !== said)) return byNames(table, search, asking)
    if (rest === '') return table.list(directoryPatterns.schoolMembers, { uai, role: said }, { limit, cursor })
    if (isClass && (said === 'pupil' || said === 'guardian' || said === 'teacher'))
      return table.list(directoryPatterns.groupMembers, { group: exact.id, role: said }, { limit, cursor })
    if (said === 'guardian') return guardiansOf(table, rest, groups, asking)
    return byNames(table, rest, { ...asking, role })
  }
  const page = await people()
  if (!page.ok) return page
  if (cursor !== undefined) return page
  // A word for a kind of people is somebody's name, too.
  const called = said ? await byNames(table, search, { ...asking, cursor: undefined }) : undefined
  if (called && !called.ok) return called
  const known = new Set(page.value.items.map(row => row.person))
  const first = (called?.value.items ?? []).filter(row => !known.has(row.person))
  const named = groupsNamed(groups, rest).sort((a, b) => byLabel(a.name, b.name))
  return ok({ ...page.value, items: [...first, ...page.value.items], ...(named.length > 0 && { groups: named }) })
}
