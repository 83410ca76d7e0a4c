import type { DirectoryPerson } from '../../shared/directory/contract.ts'
import { patterns } from '../platform/patterns.ts'
import type { Table } from '../platform/table.ts'
import type { AccountItem } from '../session/items.ts'
import type { RosterItem } from './items.ts'

/** Where a person's account is. A new code for an active account leaves it active until the code is used. */
const accountState = (
  suspended: boolean,
  account: Pick<AccountItem, 'password' | 'codeHash' | 'codeExpiresAt'> | undefined,
  now: Date,
): DirectoryPerson['account'] => {
  if (suspended) return 'suspended'
  if (account?.password !== undefined) return 'active'
  if (account?.codeHash === undefined) return 'none'
  return (account.codeExpiresAt ?? '') > now.toISOString() ? 'code' : 'expired'
}

/** Rows of a roster with their accounts: one BatchGet. */
export const withAccounts = async (
  table: Table,
  rows: readonly RosterItem[],
  now: Date,
): Promise<DirectoryPerson[]> => {
  const accounts = await table.getMany(
    patterns.account,
    [...new Set(rows.map(row => row.person))].map((person): [string] => [person]),
  )
  const byPerson = new Map(accounts.map(account => [account.person, account]))
  return rows.map(row => {
    const account = byPerson.get(row.person)
    return {
      id: row.person,
      givenName: row.givenName,
      familyName: row.familyName,
      role: row.role,
      classes: row.classes.map(({ id, name }) => ({ id, name })),
      account: accountState(row.suspended === true, account, now),
      ...(account && { login: account.login }),
    }
  })
}
