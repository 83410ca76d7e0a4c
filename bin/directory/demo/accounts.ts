import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { issueTo } from '../../../functions/directory/codes/of-school.ts'
import { personId } from '../../../functions/directory/identity.ts'
import type { Item } from '../../../functions/directory/import/items.ts'
import type { Table } from '../../../functions/directory/import/table.ts'
import { directoryKeys, type PersonItem } from '../../../functions/directory/items.ts'
import { sessionKeys } from '../../../functions/session/items.ts'
import { hashPassword } from '../../../functions/session/password-hash.ts'
import { known } from './county.ts'

/** One password for all demo accounts: they hold invented people, on a machine of one's own. */
const password = 'quinze chaises sous le préau'

/** Whom visitors sign in as, and as what the list shows them. */
const shown: readonly (readonly [key: string, role: string])[] = [
  [known.guardian, 'guardian'],
  [known.pupil, 'pupil'],
  [known.teacher, 'teacher'],
  [known.pupilLife, 'pupil-life'],
  [known.head, 'head'],
  [known.administrator, 'administrator'],
  [known.director, 'head'],
  [known.schoolTeacher, 'teacher'],
]

/** An account to sign in with, as `demo.json` lists it. */
export type DemoAccount = {
  readonly name: string
  readonly role: string
  readonly school: string
  readonly login: string
  readonly password: string
}

/** Gives the known people codes and uses them at once, as an activation would. */
export const activateDemoAccounts = async (table: Table, source: string, now: Date): Promise<DemoAccount[]> => {
  const ids = shown.map(([key]) => personId(source, key))
  const found = await table.getMany<PersonItem>(ids.map(directoryKeys.person))
  const people = ids.flatMap(id => found.find(person => person.id === id) ?? [])
  const codes = await issueTo(table, people, now)
  const hash = await hashPassword(password)
  const accounts = await table.getMany<Item>(ids.map(sessionKeys.account))
  const at = now.toISOString()
  await table.write(
    accounts.map(account => ({ put: { ...account, password: hash, activatedAt: at, codeExpiresAt: at } })),
  )
  return people.map((person, place) => ({
    name: `${person.givenName} ${person.familyName}`,
    role: shown[place]?.[1] ?? '',
    school: person.schools.map(school => school.name).join(', '),
    login: codes.find(code => code.person === person.id)?.login ?? '',
    password,
  }))
}

/** Keeps the list of accounts beside the territory's data, for its owner alone. */
export const writeAccounts = (data: string, accounts: readonly DemoAccount[]): Promise<void> =>
  writeFile(join(data, 'demo.json'), `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
