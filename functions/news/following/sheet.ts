import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { mostListed } from '../../../shared/news/following-routes.ts'
import { readAddressed } from '../../directory/addressees.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { withEnterers } from './enterers.ts'
import { readReadership } from './read-readership.ts'
import { isIn, readership } from './readership.ts'

/**
 * All whom a news item addresses and all who sign it, or those of one class or group, by name, guardians with their children;
 * of a notice also the pupils of whom no guardian is named, whose families are reached by paper alone.
 * As many reads as one page of the readers.
 */
export const sheet =
  ({ table }: NewsPlatform) =>
  async ({ query: { group }, related: { publication } }: NewsRequest<'sheet'>) => {
    const { addressed, facts } = await readReadership(table, publication, (of, to) => readAddressed(of, to, true))
    const { people, signers, unguarded } = readership(publication.notice, addressed, facts, group)
    const onPaperOnly = publication.notice === 'none' ? [] : unguarded
    const rows = [...new Map([...people, ...signers, ...onPaperOnly].map(row => [row.id, row])).values()]
    if (rows.length > mostListed)
      return fail(
        problem('invalid-request', { errors: [{ path: 'query.group', message: 'must name a class or group' }] }),
      )
    const pupils = new Map(addressed.pupils.filter(one => isIn(one, group)).map(one => [one.id, one]))
    const childrenOf = new Map(addressed.people.map(one => [one.id, one.guardian ? one.pupils : []]))
    const named = await withEnterers(
      table,
      publication,
      rows.sort((a, b) => (a.order < b.order ? -1 : 1)),
    )
    return ok({
      items: named.map(row => ({
        ...row,
        children: (childrenOf.get(row.id) ?? []).flatMap(id => {
          const child = pupils.get(id)
          return child ? [{ id, givenName: child.givenName, familyName: child.familyName }] : []
        }),
      })),
    })
  }
