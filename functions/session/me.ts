import type { Me } from '../../shared/session/contract.ts'
import type { PersonItem } from '../directory/audiences.ts'
import type { FreezeItem } from '../platform/patterns.ts'
import type { AccountItem } from './accounts.ts'

/**
 * What a profile tells of the token: its version of the person's access, its audiences, the epoch seconds at which it
 * expires. `frozen`: the account's freeze. `pending`: the session waits for a second factor.
 */
type Held = {
  readonly access: string
  readonly audiences: readonly string[]
  readonly expiresAt: number
  readonly frozen: FreezeItem | undefined
  readonly pending?: true | undefined
}

/** The person's audiences that the token does not hold. */
const notHeld = (person: PersonItem, { audiences }: Held): string[] => {
  const held = new Set(audiences)
  return person.audiences.flatMap(({ id }) => (held.has(id) ? [] : [id]))
}

/** A code for the account of somebody signed in that is still good when their token ends. */
const unusedCode = ({ codeGivenAt: at, codeGivenBy: by, codeExpiresAt = '' }: AccountItem, { expiresAt }: Held) =>
  at !== undefined && codeExpiresAt > new Date(expiresAt * 1000).toISOString()
    ? { at, ...(by !== undefined && { by }) }
    : undefined

/** The profile of the person signed in. */
export const meOf = (person: PersonItem, account: AccountItem, held: Held): Me => ({
  person: {
    id: person.id,
    givenName: person.givenName,
    familyName: person.familyName,
    login: account.login,
    email: account.email,
    language: account.language,
  },
  roles: person.roles,
  ...(person.territoryRoles && { territoryRoles: person.territoryRoles }),
  schools: person.schools,
  children: person.children,
  audiences: person.audiences,
  ...(unusedCode(account, held) && { newCode: unusedCode(account, held) }),
  ...(held.frozen && { frozen: { at: held.frozen.at, ...(held.frozen.by !== undefined && { by: held.frozen.by }) } }),
  access: held.access,
  ...(held.pending && { factorMissing: true }),
  ...(!held.pending && notHeld(person, held).length > 0 && { notInToken: notHeld(person, held) }),
  expiresAt: new Date(held.expiresAt * 1000).toISOString(),
})

/** Words about the person that are easy to guess, and so are not allowed as a password. */
export const guessableWords = (person: PersonItem, account: AccountItem): string[] => [
  account.login,
  person.givenName,
  person.familyName,
  ...person.children.map(child => child.givenName),
  ...person.schools.flatMap(school => [school.name, school.town ?? '', school.uai]),
]
