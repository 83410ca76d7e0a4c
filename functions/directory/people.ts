import type { DirectoryPerson } from '../../shared/directory/contract.ts'
import { fold } from '../../shared/kernel/names.ts'
import { ok } from '../../shared/kernel/result.ts'
import { accountPatterns } from '../session/accounts.ts'
import { directoryPatterns, type RosterItem } from './audiences.ts'
import { accountState } from './codes/account-state.ts'
import { type SearchItem, searchPatterns } from './patterns.ts'
import type { DirectoryPlatform, DirectoryRequest } from './relations.ts'

const pageSize = 50
const groupsPageSize = 200

/** Rows of a roster with their accounts: one BatchGet. */
const withAccounts = async (
  { table }: DirectoryPlatform,
  rows: readonly RosterItem[],
  now: Date,
): Promise<DirectoryPerson[]> => {
  const accounts = await table.getMany(
    accountPatterns.account,
    rows.map(({ person }) => ({ person })),
  )
  return rows.map((row, at) => {
    const account = accounts[at]
    return {
      id: row.person,
      givenName: row.givenName,
      familyName: row.familyName,
      role: row.role,
      classes: row.classes.map(({ id, name }) => ({ id, name })),
      account: row.suspended ? 'suspended' : accountState(account, now),
      ...(account && { login: account.login }),
    }
  })
}

/**
 * A person stands in the search twice, by family name and by given name. Where both begin alike (Martin Martine),
 * only the row that comes first is shown, on whatever page the other is.
 */
const isFirstMatch = (row: SearchItem, begins: string): boolean => {
  const matching = [`${row.familyName} ${row.givenName}`, `${row.givenName} ${row.familyName}`]
    .map(fold)
    .filter(name => name.startsWith(begins))
    .sort()
  return row.foundAs === matching[0]
}

/** The people of a school: one Query and one BatchGet a page; a search within a role may take several Queries. */
export const people =
  (platform: DirectoryPlatform) =>
  async ({ params: { uai }, query: { search, role, cursor }, now }: DirectoryRequest<'people'>) => {
    const { table } = platform
    if (search === undefined) {
      const roster = { uai, role: role ?? 'pupil' }
      const page = await table.list(directoryPatterns.schoolMembers, roster, { limit: pageSize, cursor })
      if (!page.ok) return page
      // Who left keeps the role they had; the roster they stand in says that they left.
      const rows = page.value.items.map(row => (role === 'suspended' ? { ...row, suspended: true } : row))
      return ok({ ...page.value, items: await withAccounts(platform, rows, now) })
    }
    const begins = fold(search)
    // Signs alone, which no name begins with.
    if (begins === '') return ok({ items: [] })
    const page = await table.list(
      searchPatterns.schoolSearch,
      { uai, begins },
      {
        limit: pageSize,
        cursor,
        keep: row =>
          isFirstMatch(row, begins) &&
          (role === undefined || (role === 'suspended' ? row.suspended === true : row.role === role && !row.suspended)),
      },
    )
    if (!page.ok) return page
    return ok({ ...page.value, items: await withAccounts(platform, page.value.items, now) })
  }

/** The pupils, guardians or teachers of a class or group: one Query and one BatchGet. */
export const members =
  (platform: DirectoryPlatform) =>
  async ({ query: { role, cursor }, related, now }: DirectoryRequest<'members'>) => {
    const roster = { group: related.group.group, role }
    const page = await platform.table.list(directoryPatterns.groupMembers, roster, { limit: pageSize, cursor })
    if (!page.ok) return page
    return ok({ ...page.value, items: await withAccounts(platform, page.value.items, now) })
  }

/** The classes and teaching groups of a school: one Query. */
export const groups =
  ({ table }: DirectoryPlatform) =>
  async ({ params: { uai }, query: { cursor } }: DirectoryRequest<'groups'>) => {
    const page = await table.list(directoryPatterns.schoolGroups, { uai }, { limit: groupsPageSize, cursor })
    if (!page.ok) return page
    return ok({ ...page.value, items: page.value.items.map(({ group: id, name, kind }) => ({ id, uai, name, kind })) })
  }
