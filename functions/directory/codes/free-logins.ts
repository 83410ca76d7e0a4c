import { patterns } from '../../platform/patterns.ts'
import type { Table } from '../../platform/table.ts'
import type { PersonItem } from '../items.ts'
import { loginOf } from '../login.ts'

/** Keys of one BatchGet. */
const most = 100

/**
 * A login for each person, of which none is taken: by a few BatchGets of as many numbered candidates as fit into one.
 * Somebody else may take one meanwhile; the write's condition says so.
 */
export const freeLogins = async (table: Table, people: readonly PersonItem[]): Promise<Map<string, string>> => {
  const chosen = new Map<string, string>()
  const taken = new Set<string>()
  let waiting = people
  for (let from = 1; waiting.length > 0; ) {
    const upTo = from + Math.max(1, Math.floor(most / waiting.length))
    const numbers = Array.from({ length: upTo - from }, (_, place) => from + place)
    const candidates = new Set(waiting.flatMap(person => numbers.map(nth => loginOf(person, nth))))
    const found = await table.getMany(
      patterns.login,
      [...candidates].map((login): [string] => [login]),
    )
    for (const item of found) taken.add(item.pk)
    for (const person of waiting) {
      const free = numbers.map(nth => loginOf(person, nth)).find(login => !taken.has(patterns.login.key(login).pk))
      if (free === undefined) continue
      chosen.set(person.id, free)
      taken.add(patterns.login.key(free).pk)
    }
    waiting = waiting.filter(person => !chosen.has(person.id))
    from = upTo
  }
  return chosen
}
