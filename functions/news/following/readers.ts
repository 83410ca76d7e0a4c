import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { cursorOf, sortKeyOf } from '../../platform/cursor.ts'
import type { Platform } from '../../platform/platform.ts'
import { managed } from '../publishing/managed.ts'
import type { NewsRequest } from '../request.ts'
import { readReadership } from './read-readership.ts'
import { countsOf, groupsOf, inState, readership } from './readership.ts'

const pageSize = 50
const prefix = 'READER#'

/** Who has seen or signed a news item and who has not, by name. A cursor is the place after the last name shown. */
export const readers =
  ({ table }: Platform) =>
  async ({ params, query, caller }: NewsRequest<'readers'>) => {
    const from = query.cursor === undefined ? prefix : sortKeyOf(query.cursor, prefix)
    if (from === undefined)
      return fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))
    const found = await managed(table, params.news, caller)
    if (!found.ok) return found
    const { notice } = found.value
    const { addressed, facts } = await readReadership(table, found.value)
    const kept = readership(notice, addressed, facts, query.group)
    const rest = inState(kept, query.state).filter(reader => reader.order > from.slice(prefix.length))
    const items = rest.slice(0, pageSize)
    const last = rest.length > pageSize ? items.at(-1) : undefined
    return ok({
      items,
      ...(last && { next: cursorOf(prefix + last.order) }),
      counts: countsOf(kept),
      groups: groupsOf(addressed),
    })
  }
