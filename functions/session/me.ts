import type { Me } from '../../shared/session/contract.ts'
import type { PersonItem } from '../directory/audiences.ts'
import type { AccountItem } from './accounts.ts'

/** The profile of the person signed in. `expiresAt`: epoch seconds at which the token expires. */
export const meOf = (person: PersonItem, account: AccountItem, expiresAt: number): Me => ({
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
  expiresAt: new Date(expiresAt * 1000).toISOString(),
})

/** Words about the person that are easy to guess, and so are not allowed as a password. */
export const guessableWords = (person: PersonItem, account: AccountItem): string[] => [
  account.login,
  person.givenName,
  person.familyName,
  ...person.children.map(child => child.givenName),
  ...person.schools.flatMap(school => [school.name, school.town ?? '', school.uai]),
]
