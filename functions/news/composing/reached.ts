import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { readAddressed } from '../../directory/addressees.ts'
import { cursorOf, sortKeyOf } from '../../platform/pattern.ts'
import { addressedBy } from '../publishing/address.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'

const pageSize = 50
const prefix = 'REACHED#'

/**
 * Whom audiences hold, by name, as publishing to them would reach: the same people that `reach` counts, in the order of the
 * readers' list. The relation has proved that the caller may publish to each of the audiences, and so may see their readers.
 * Reads their rosters for each page, as the readers do. A cursor is the place after the last name shown.
 */
export const reached =
  ({ table }: NewsPlatform) =>
  async ({ params: { uai }, query: { cursor }, caller, related }: NewsRequest<'reached'>) => {
    const from = cursor === undefined ? prefix : sortKeyOf(cursor, prefix)
    if (from === undefined)
      return fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))
    const { audiences } = related.audiences
    const { people, pupils } = await addressedBy(table, { uai, audiences, notice: 'none' }, caller.person, (of, to) =>
      readAddressed(of, to, true),
    )
    const names = new Map(pupils.map(one => [one.id, one]))
    const rest = people.filter(one => one.order > from.slice(prefix.length))
    const shown = rest.slice(0, pageSize)
    const last = rest.length > pageSize ? shown.at(-1) : undefined
    return ok({
      items: shown.map(one => ({
        id: one.id,
        givenName: one.givenName,
        familyName: one.familyName,
        role: one.role,
        classes: one.classes.map(({ id, name }) => ({ id, name })),
        children: (one.guardian ? one.pupils : []).flatMap(id => {
          const child = names.get(id)
          return child ? [{ id, givenName: child.givenName, familyName: child.familyName }] : []
        }),
      })),
      ...(last && { next: cursorOf(prefix + last.order) }),
      people: people.length,
    })
  }
