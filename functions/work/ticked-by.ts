import { byName } from '../../shared/kernel/names.ts'
import type { TickedBy } from '../../shared/work/shapes.ts'
import { directoryPatterns, type RosterItem } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import type { Table } from '../platform/table.ts'

const tickedAccess = uses({ getMany: [directoryPatterns.person] })

/**
 * Those who ticked a piece, in the order of lists. Who has left the class since is named too: the lists count them.
 * `members`: of the class. `at`: when each ticked it.
 */
export const tickedBy = async (
  table: Table<typeof tickedAccess>,
  members: readonly RosterItem[],
  at: ReadonlyMap<string, string>,
): Promise<TickedBy[]> => {
  const inClass = members.flatMap(({ person: id, givenName, familyName, suspended }): TickedBy[] => {
    const when = at.get(id)
    return suspended || when === undefined ? [] : [{ id, givenName, familyName, at: when }]
  })
  const known = new Set(inClass.map(({ id }) => id))
  const gone = [...at].filter(([person]) => !known.has(person))
  const people = await table.getMany(
    directoryPatterns.person,
    gone.map(([person]) => ({ person })),
  )
  const left = gone.flatMap(([id, when], index): TickedBy[] => {
    const person = people[index]
    return person ? [{ id, givenName: person.givenName, familyName: person.familyName, at: when, hasLeft: true }] : []
  })
  return [...inClass, ...left].sort(byName)
}
