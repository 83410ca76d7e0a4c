import type { homeContract } from '../../shared/home/contract.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { directoryPatterns, type PersonItem } from '../directory/audiences.ts'
import { newsOfHome } from '../news/home.ts'
import { readOwnItems } from '../platform/own-items.ts'
import type { Platform } from '../platform/platform.ts'
import type { RequestOf } from '../platform/request.ts'
import { collectingOfHome, workOfHome } from '../work/home.ts'
import type { homeAccess } from './access.ts'

export type HomePlatform = Platform<typeof homeAccess>
type HomeRequest = RequestOf<(typeof homeContract)['routes']['state'], typeof homeAccess, Record<never, never>>

/** Whose work somebody follows: a pupil their own, a guardian that of their children. */
const followedBy = ({ id, status, roles, children }: PersonItem): readonly string[] => {
  if (roles.some(({ role }) => role === 'pupil')) return [id]
  return status === 'active' ? [...new Set(children.map(child => child.id))] : []
}

/**
 * What is private of Home: the caller, what is kept of them and of the children that their token names, side by side. Whose
 * children they are says the caller as read now: of one whom the token does not name it is read after that.
 */
export const state =
  ({ table }: HomePlatform) =>
  async ({ caller }: HomeRequest) => {
    const { children = [] } = caller
    const [person, own, ...ofChildren] = await Promise.all([
      table.get(directoryPatterns.person, { person: caller.person }),
      readOwnItems(table, caller.person),
      ...children.map(id => readOwnItems(table, id)),
    ])
    if (!person) return fail(problem('session-stale'))
    const known = new Map([[person.id, own], ...children.map((id, at) => [id, ofChildren[at]] as const)])
    const items = await Promise.all(
      followedBy(person).map(async id =>
        workOfHome(id, known.get(id) ?? (await readOwnItems(table, id)), id === person.id),
      ),
    )
    const collecting = collectingOfHome(own)
    return ok({
      access: person.access,
      news: newsOfHome(own, person.audiences),
      work: { items, ...(collecting.length > 0 && { collecting }) },
    })
  }
