import { uses } from '../../platform/access.ts'
import type { Reading, Table } from '../../platform/table.ts'
import { accountPatterns } from '../../session/accounts.ts'
import type { PersonItem } from '../audiences.ts'
import { loginOf } from '../login.ts'

/** Keys of one BatchGet. */
const candidatesAtOnce = 100

const freeLoginsAccess = uses({ getMany: [accountPatterns.login] })

/**
 * A login for each person, of which none is taken: by a few BatchGets of as many numbered candidates as fit into one.
 * Somebody else may take one meanwhile; the write's condition says so.
 * @param reading consistent, to see the logins that were just taken by others
 */
export const freeLogins = async (
  table: Table<typeof freeLoginsAccess>,
  people: readonly PersonItem[],
  reading?: Reading,
): Promise<Map<string, string>> => {
  const chosen = new Map<string, string>()
  const taken = new Set<string>()
  let waiting = people
  for (let from = 1; waiting.length > 0; ) {
    const upTo = from + Math.max(1, Math.floor(candidatesAtOnce / waiting.length))
    const numbers = Array.from({ length: upTo - from }, (_, at) => from + at)
    const candidates = [...new Set(waiting.flatMap(person => numbers.map(nth => loginOf(person, nth))))]
    const found = await table.getMany(
      accountPatterns.login,
      candidates.map(login => ({ login })),
      reading,
    )
    for (const [at, item] of found.entries()) if (item) taken.add(candidates[at] ?? '')
    for (const person of waiting) {
      const free = numbers.map(nth => loginOf(person, nth)).find(login => !taken.has(login))
      if (free === undefined) continue
      chosen.set(person.id, free)
      taken.add(free)
    }
    waiting = waiting.filter(person => !chosen.has(person.id))
    from = upTo
  }
  return chosen
}
