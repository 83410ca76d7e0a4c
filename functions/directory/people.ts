import { ok } from '../../shared/kernel/result.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import { withAccounts } from './account-state.ts'
import type { RosterItem } from './items.ts'
import { fold } from './name.ts'
import type { DirectoryRequest } from './request.ts'

const pageSize = 50

/**
 * A person stands in the search twice, by family name and by given name. Where both begin alike (Martin Martine),
 * only the row that comes first is shown, on whatever page the other is.
 */
const isFirstMatch = (row: RosterItem, begins: string): boolean => {
  const matching = [`${row.familyName} ${row.givenName}`, `${row.givenName} ${row.familyName}`]
    .map(fold)
    .filter(name => name.startsWith(begins))
    .sort()
  return row.sk.startsWith(`F#${matching[0]}#`)
}

/** The people of a school: one Query and one BatchGet a page. A search within a role may leave pages short. */
export const people =
  ({ table }: Platform) =>
  async ({ params: { uai }, query: { search, role, cursor }, now }: DirectoryRequest<'people'>) => {
    if (search === undefined) {
      const page = await table.list(patterns.schoolMembers, [uai, role ?? 'pupil'], { limit: pageSize, cursor })
      if (!page.ok) return page
      // Who left keeps the role they had; the roster they stand in says that they left.
      const rows = page.value.items.map(row => (role === 'suspended' ? { ...row, suspended: true } : row))
      return ok({ ...page.value, items: await withAccounts(table, rows, now) })
    }
    const begins = fold(search)
    // Signs alone, which no name begins with.
    if (begins === '') return ok({ items: [] })
    const page = await table.list(patterns.schoolSearch, [uai, begins], { limit: pageSize, cursor })
    if (!page.ok) return page
    const rows = page.value.items.filter(
      row =>
        isFirstMatch(row, begins) &&
        (role === undefined || (role === 'suspended' ? row.suspended === true : row.role === role && !row.suspended)),
    )
    return ok({ ...page.value, items: await withAccounts(table, rows, now) })
  }
