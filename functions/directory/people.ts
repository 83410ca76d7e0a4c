import type { DirectoryPerson } from '../../shared/directory/contract.ts'
import { inCharge } from '../../shared/kernel/charge.ts'
import { byName } from '../../shared/kernel/names.ts'
import { ok } from '../../shared/kernel/result.ts'
import { holds } from '../../shared/kernel/role.ts'
import { accountPatterns } from '../session/accounts.ts'
import { directoryPatterns, type RosterItem } from './audiences.ts'
import { accountState, holdsCode } from './codes/account-state.ts'
import type { DirectoryPlatform, DirectoryRequest } from './relations.ts'
import { searchSchool } from './search.ts'

const pageSize = 50
const groupsPageSize = 200

/** The names of the children that rows of guardians stand for: by their rows' ids, in the guardians' items. */
const namesOfChildren = async ({ table }: DirectoryPlatform, rows: readonly RosterItem[]) => {
  const guardians = [...new Set(rows.filter(row => row.pupils?.length).map(row => row.person))]
  const items = await table.getMany(
    directoryPatterns.person,
    guardians.map(person => ({ person })),
  )
  const names = new Map(items.flatMap(item => item?.children ?? []).map(child => [child.id, child]))
  return (row: RosterItem): DirectoryPerson['children'] =>
    row.pupils
      ?.flatMap(pupil => names.get(pupil) ?? [])
      .sort(byName)
      .map(({ id, givenName, familyName }) => ({ id, givenName, familyName }))
}

/** Rows of a roster with their accounts, and the children of guardians: two BatchGets side by side. */
const withAccounts = async (
  platform: DirectoryPlatform,
  rows: readonly RosterItem[],
  { now, administers }: { readonly now: Date; readonly administers: boolean },
): Promise<DirectoryPerson[]> => {
  const [accounts, childrenOf] = await Promise.all([
    platform.table.getMany(
      accountPatterns.account,
      rows.map(({ person }) => ({ person })),
    ),
    namesOfChildren(platform, rows),
  ])
  return rows.map((row, at) => {
    const account = accounts[at]
    const children = childrenOf(row)
    return {
      id: row.person,
      givenName: row.givenName,
      familyName: row.familyName,
      role: row.role,
      classes: row.classes.map(({ id, name }) => ({ id, name })),
      account: row.suspended ? 'suspended' : accountState(account, now),
      ...(!row.suspended && holdsCode(account, now) && { holdsCode: true as const }),
      ...(account && { login: account.login }),
      ...(children && { children }),
      ...(administers && account?.lastSignIn !== undefined && { lastSignIn: account.lastSignIn }),
    }
  })
}

/** The people of a school: one Query and three BatchGets a page; a search within a role may take several Queries. */
export const people =
  (platform: DirectoryPlatform) =>
  async ({ params: { uai }, query: { search, role, cursor }, now }: DirectoryRequest<'people'>) => {
    const { table } = platform
    const asked = { now, administers: true }
    if (search === undefined) {
      const roster = { uai, role: role ?? 'pupil' }
      const page = await table.list(directoryPatterns.schoolMembers, roster, { limit: pageSize, cursor })
      if (!page.ok) return page
      // Who left keeps the role they had; the roster they stand in says that they left.
      const rows = page.value.items.map(row => (role === 'suspended' ? { ...row, suspended: true } : row))
      return ok({ ...page.value, items: await withAccounts(platform, rows, asked) })
    }
    const found = await searchSchool(table, { uai, search, role, cursor, limit: pageSize })
    if (!found.ok) return found
    return ok({ ...found.value, items: await withAccounts(platform, found.value.items, asked) })
  }

/** The pupils, guardians or teachers of a class or group: one Query and one BatchGet. */
export const members =
  (platform: DirectoryPlatform) =>
  async ({ query: { role, cursor }, related, caller, now }: DirectoryRequest<'members'>) => {
    const roster = { group: related.group.group, role }
    const page = await platform.table.list(directoryPatterns.groupMembers, roster, { limit: pageSize, cursor })
    if (!page.ok) return page
    return ok({
      ...page.value,
      items: await withAccounts(platform, page.value.items, {
        now,
        administers: holds(caller.roles, related.group.uai, inCharge),
      }),
    })
  }

/** The classes and teaching groups of a school: one Query. */
export const groups =
  ({ table }: DirectoryPlatform) =>
  async ({ params: { uai }, query: { cursor } }: DirectoryRequest<'groups'>) => {
    const page = await table.list(directoryPatterns.schoolGroups, { uai }, { limit: groupsPageSize, cursor })
    if (!page.ok) return page
    return ok({ ...page.value, items: page.value.items.map(({ group: id, name, kind }) => ({ id, uai, name, kind })) })
  }
