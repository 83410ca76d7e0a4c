import {
  type ChangedPerson,
  changeKinds,
  type ImportFinding,
  type ImportPage,
} from '../../../shared/directory/imports.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { directoryPatterns, type PersonItem } from '../audiences.ts'
import { personId } from '../identity.ts'
import { changePatterns, type ChangedPerson as Stored } from '../import/change-patterns.ts'
import type { SchoolRunItem } from '../import/runs.ts'
import type { DirectoryPlatform, DirectoryRequest } from '../relations.ts'
import { readStanding, rowOf } from './rows.ts'

/** People of each kind on the page itself: a screen of them, and one more list away the others. */
const peopleOfKind = 10

type Table = DirectoryPlatform['table']

const readPeople = async (table: Table, ids: readonly string[]): Promise<Map<string, PersonItem>> => {
  const keys = [...new Set(ids)].map(person => ({ person }))
  const people = await table.getMany(directoryPatterns.person, keys)
  return new Map(people.flatMap(person => (person ? [[person.id, person] as const] : [])))
}

/** Names are those people have now; who was erased since has none, and is counted only. */
const named = (stored: readonly Stored[], people: ReadonlyMap<string, PersonItem>): ChangedPerson[] =>
  stored.flatMap(({ person, role, from, to }) => {
    const { givenName, familyName } = people.get(person) ?? {}
    if (givenName === undefined || familyName === undefined) return []
    return { id: person, givenName, familyName, role, from, to }
  })

/** A key that is asked about means another person than it did: nobody is named by it. */
const idsOf = ({ source, findings }: SchoolRunItem): Map<string, string> =>
  new Map(
    findings.flatMap(({ kind, id }) =>
      id === undefined || kind === 'asked' ? [] : [[id, personId(source, id)] as const],
    ),
  )

/** What an import changed in a school, or what a held one would take away. */
export const importPage =
  ({ table }: DirectoryPlatform) =>
  async ({ params: { uai }, related: { import: item }, now }: DirectoryRequest<'import'>) => {
    const { run } = item
    const [standing, changes, held, former] = await Promise.all([
      readStanding({ table }, uai),
      table.all(changePatterns.ofRun, { uai, run }),
      item.held ? table.get(changePatterns.heldClasses, { uai, run }) : undefined,
      table.get(changePatterns.formerSchool, { uai, run }),
    ])
    const byKind = changeKinds.flatMap(kind => {
      const people = changes.flatMap(one => (one.kind === kind ? one.people : []))
      return people.length > 0 ? [{ kind, count: people.length, first: people.slice(0, peopleOfKind) }] : []
    })
    // Of a school's first load, and of what was kept long enough, no names are stored.
    const { added } = item.people
    if (byKind.length === 0 && !item.held && added > 0) byKind.push({ kind: 'arrived', count: added, first: [] })
    const ids = idsOf(item)
    const people = await readPeople(table, [
      ...byKind.flatMap(({ first }) => first.map(one => one.person)),
      ...ids.values(),
    ])
    const findings = item.findings.flatMap(({ kind, reason, file, line, id }): ImportFinding[] => {
      // Nothing is to be done about it, and it tells of schools of other sources.
      if (kind === 'joined') return []
      const found = id === undefined ? undefined : people.get(ids.get(id) ?? '')
      const isHere = found?.roles.some(one => one.uai === uai)
      const finding = {
        kind,
        reason,
        ...(file !== undefined && { file }),
        ...(line !== undefined && { line }),
        ...(id !== undefined && { key: id }),
        ...(found && isHere && { person: { id: found.id, givenName: found.givenName, familyName: found.familyName } }),
      }
      return [finding]
    })
    const isUndoable = former && standing.answerOf(run)?.kind !== 'undone'
    const until = former && new Date(former.expiresAt * 1000)
    const page: ImportPage = {
      ...rowOf(item, standing),
      changes: byKind.map(({ kind, count, first }) => ({ kind, count, people: named(first, people) })),
      classes: held?.classes ?? [],
      findings,
      moved: item.moved ?? false,
      ...(isUndoable && until && until > now && { undoUntil: until.toISOString() }),
    }
    return ok(page)
  }

/** All people whom an import changed in one way: a page is what one item holds of them. */
export const importPeople =
  ({ table }: DirectoryPlatform) =>
  async ({ params: { uai }, query: { kind, cursor }, related: { import: item } }: DirectoryRequest<'importPeople'>) => {
    const page = await table.list(changePatterns.ofKind, { uai, run: item.run, kind }, { limit: 1, cursor })
    if (!page.ok) return page
    const stored = page.value.items.flatMap(one => one.people)
    const people = await readPeople(
      table,
      stored.map(one => one.person),
    )
    return ok({ ...page.value, items: named(stored, people) })
  }
