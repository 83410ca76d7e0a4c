import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { byLabel, byName } from '../../../shared/kernel/names.ts'
import { put, update } from '../../platform/operation.ts'
import { type AccountItem, accountPatterns, codeHash, eventOf } from '../../session/accounts.ts'
import type { PersonItem } from '../audiences.ts'
import { foremostFirst } from '../import/people/roles.ts'

/** A code given to a person, and the login it goes with. */
export type Given = Pick<IssuedCode, 'login' | 'code' | 'expiresAt'>

/** Who gives a code. */
export type Giver = { readonly id: string; readonly name: string }

/** The account as it was read: its login, its password and its code must be the same when the code is written. */
type Read = Pick<AccountItem, 'login' | 'password' | 'codeHash'>

const asItWasRead = ({ login, password, codeHash: hash }: Read) => ({
  is: { login, ...(password !== undefined && { password }), ...(hash !== undefined && { codeHash: hash }) },
  lacks: [
    ...(password === undefined ? (['password'] as const) : []),
    ...(hash === undefined ? (['codeHash'] as const) : []),
  ],
})

/**
 * What gives a person a code: replaces the one given before or, where they have no account, makes one with a login that
 * nobody else may have taken meanwhile. A transaction's conditions fail if the account is not as it was read: a code
 * that somebody printed meanwhile is not replaced unseen, nor is one given for an account that was activated meanwhile.
 * @param by absent: the operator
 */
export const codeOperations = (
  person: string,
  account: Read | undefined,
  { login, code, expiresAt }: Given,
  { now, by }: { readonly now: Date; readonly by?: Giver | undefined },
) => [
  update(
    'account',
    accountPatterns.account,
    { person },
    {
      set: {
        person,
        login,
        codeHash: codeHash(person, code),
        codeExpiresAt: expiresAt,
        codeGivenAt: now.toISOString(),
        codeGivenBy: by?.name,
      },
      ...(by === undefined && { remove: ['codeGivenBy' as const] }),
    },
    account ? asItWasRead(account) : { lacks: ['login'] },
  ),
  ...(account ? [] : [put('login', accountPatterns.login, { login }, { person }, { absent: true })]),
  eventOf(person, {
    at: now.toISOString(),
    kind: account?.password === undefined ? 'code-given' : 'code-given-active',
    ...(by && { by: by.name, actor: by.id }),
  }),
]

const isIn =
  (uai: string | undefined) =>
  (of: { readonly uai: string }): boolean =>
    uai === undefined || of.uai === uai

/** A guardian's children in the school `uai`, or wherever they are, each once: by class, then by name. */
const childrenOf = ({ children }: PersonItem, uai: string | undefined) => {
  const here = new Map(children.filter(isIn(uai)).map(child => [child.id, child]))
  return [...here.values()]
    .sort((a, b) => byLabel(a.className ?? '', b.className ?? '') || byName(a, b))
    .map(({ givenName, familyName, className }) => ({
      givenName,
      familyName,
      ...(className !== undefined && { className }),
    }))
}

/** A code as it is handed to its person: in the school `uai`, or wherever they are. */
export const issuedTo = (
  person: PersonItem,
  uai: string | undefined,
  { login, code, expiresAt }: Given,
): IssuedCode => {
  const children = childrenOf(person, uai)
  const own = person.groups.find(group => isIn(uai)(group) && group.kind === 'class')?.name
  const className = own ?? children[0]?.className
  const [role = 'staff'] = foremostFirst(person.roles.filter(isIn(uai)).map(one => one.role))
  return {
    person: person.id,
    givenName: person.givenName,
    familyName: person.familyName,
    role,
    ...(className !== undefined && { className }),
    children,
    login,
    code,
    expiresAt,
  }
}
