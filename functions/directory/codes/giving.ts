import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { put, update } from '../../platform/operation.ts'
import { type AccountItem, accountPatterns, codeHash } from '../../session/accounts.ts'
import type { PersonItem } from '../audiences.ts'

/** A code given to a person, and the login it goes with. */
export type Given = Pick<IssuedCode, 'login' | 'code' | 'expiresAt'>

/**
 * What gives a person a code: replaces the one given before or, where they have no account, makes one with a login that
 * nobody else may have taken meanwhile. A transaction's conditions fail if the account is not as it was read.
 */
export const codeOperations = (
  person: string,
  account: Pick<AccountItem, 'login'> | undefined,
  { login, code, expiresAt }: Given,
) => [
  update(
    'account',
    accountPatterns.account,
    { person },
    { set: { person, login, codeHash: codeHash(person, code), codeExpiresAt: expiresAt } },
    account ? { is: { login: account.login } } : { lacks: ['login'] },
  ),
  ...(account ? [] : [put('login', accountPatterns.login, { login }, { person }, { absent: true })]),
]

/** The class a person is in, or a child of theirs: in the school `uai`, or wherever they are. */
export const classNameOf = (
  { groups, children }: Pick<PersonItem, 'groups' | 'children'>,
  uai?: string,
): string | undefined => {
  const isHere = (of: { readonly uai: string }) => uai === undefined || of.uai === uai
  return groups.find(group => isHere(group) && group.kind === 'class')?.name ?? children.find(isHere)?.className
}

/** A code as it is handed to its person: in the school `uai`, or wherever they are. */
export const issuedTo = (
  person: PersonItem,
  uai: string | undefined,
  { login, code, expiresAt }: Given,
): IssuedCode => {
  const className = classNameOf(person, uai)
  return {
    person: person.id,
    givenName: person.givenName,
    familyName: person.familyName,
    ...(className !== undefined && { className }),
    login,
    code,
    expiresAt,
  }
}
