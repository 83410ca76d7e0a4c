import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { issueTo } from '../../../functions/directory/codes/of-school.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { put } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { hashPassword } from '../../../functions/session/password-hash.ts'
import type { demoDirectoryAccess } from './access.ts'
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
export const activateDemoAccounts = async (
  table: Table<typeof demoDirectoryAccess>,
  source: string,
  now: Date,
): Promise<DemoAccount[]> => {
  const keys = shown.map(([key]) => ({ person: personId(source, key) }))
  const found = await table.getMany(directoryPatterns.person, keys, { consistent: true })
  const people = found.flatMap(person => person ?? [])
  const codes = await issueTo(table, people, now)
  const accounts = await table.getMany(accountPatterns.account, keys, { consistent: true })
  const activated = { password: await hashPassword(password), activatedAt: now.toISOString() }
  await table.writeMany(
    accounts.flatMap(account => {
      if (!account) return []
      const { person } = account
      const used = { ...account, ...activated, codeExpiresAt: activated.activatedAt }
      return [put('account', accountPatterns.account, { person }, used)]
    }),
  )
  return people.map((person, at) => ({
    name: `${person.givenName} ${person.familyName}`,
    role: shown[at]?.[1] ?? '',
    school: person.schools.map(school => school.name).join(', '),
    login: codes.find(code => code.person === person.id)?.login ?? '',
    password,
  }))
}

/** Writes the list of accounts beside the territory's data, for its owner alone. */
export const writeAccounts = (data: string, accounts: readonly DemoAccount[]): Promise<void> =>
  writeFile(join(data, 'demo.json'), `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
