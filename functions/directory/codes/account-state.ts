import type { DirectoryPerson } from '../../../shared/directory/contract.ts'
import type { AccountItem } from '../../session/accounts.ts'

type Account = Pick<AccountItem, 'password' | 'codeHash' | 'codeExpiresAt'>

/** Where a person's account is. A new code for an active account leaves it active until the code is used. */
export const accountState = (
  account: Account | undefined,
  now: Date,
): Exclude<DirectoryPerson['account'], 'suspended'> => {
  if (account?.password !== undefined) return 'active'
  if (account?.codeHash === undefined) return 'none'
  return (account.codeExpiresAt ?? '') > now.toISOString() ? 'code' : 'expired'
}
