import type { DirectoryPerson } from '../../../shared/directory/contract.ts'
import type { AccountItem } from '../../session/accounts.ts'

type Account = Pick<AccountItem, 'password' | 'codeHash' | 'codeExpiresAt'>

/** True if the account has a code that was given, was not used, and is still good: also of an active one. */
export const holdsCode = (account: Account | undefined, now: Date): boolean =>
  account?.codeHash !== undefined && (account.codeExpiresAt ?? '') > now.toISOString()

/** Where a person's account is. A new code for an active account leaves it active until the code is used. */
export const accountState = (
  account: Account | undefined,
  now: Date,
): Exclude<DirectoryPerson['account'], 'suspended'> => {
  if (account?.password !== undefined) return 'active'
  if (account?.codeHash === undefined) return 'none'
  return holdsCode(account, now) ? 'code' : 'expired'
}
