import { sortName } from '../../../shared/kernel/names.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import type { NewsPlatform } from '../relations.ts'
import type { OrderedReader } from './readership.ts'

/** The readers of `all` who have the same names as another one of them, by id. */
const namesakesIn = (all: readonly OrderedReader[]): ReadonlySet<string> => {
  const byName = Map.groupBy(new Map(all.map(one => [one.id, one])).values(), sortName)
  return new Set([...byName.values()].filter(({ length }) => length > 1).flatMap(same => same.map(({ id }) => id)))
}

/**
 * Readers, those guardians with the names of their children who are addressed for several of them, or whom nothing else would
 * tell from another reader of the list. One BatchGet of these few, none where all have one child and names of their own.
 * @param all the whole list, of which `readers` are a page
 */
export const withChildren = async (
  table: NewsPlatform['table'],
  all: readonly OrderedReader[],
  readers: readonly OrderedReader[],
): Promise<OrderedReader[]> => {
  const namesakes = namesakesIn(all)
  const isNamed = ({ id, pupils }: OrderedReader) => namesakes.has(id) || pupils.length > 1
  const asked = readers.filter(isNamed)
  const ids = [...new Set(asked.flatMap(({ pupils }) => pupils))]
  const people = await table.getMany(
    directoryPatterns.person,
    ids.map(person => ({ person })),
  )
  const names = new Map(
    people.flatMap(one =>
      one ? [[one.id, { id: one.id, givenName: one.givenName, familyName: one.familyName }] as const] : [],
    ),
  )
  return readers.map(reader => {
    const children = isNamed(reader) ? reader.pupils.flatMap(id => names.get(id) ?? []) : []
    return children.length > 0 ? { ...reader, children } : reader
  })
}
