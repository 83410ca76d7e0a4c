import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { grantAccess, importAccess, schoolCodesAccess } from '../../functions/directory/access.ts'
import { grantAdministrator } from '../../functions/directory/import/grants.ts'
import { importFeed } from '../../functions/directory/import/import.ts'
import type { Report } from '../../functions/directory/import/report.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { schoolCodes } from './codes.ts'
import { type Visitor, visitor } from './http.ts'
import { college, ecole, idOf, keyOf, type Name, writeValmont } from './valmont.ts'

/** The password of everybody in Valmont. */
export const password = 'quinze chaises sous le préau'

type Target = { readonly url: string; readonly table: string; readonly client: DynamoDBClient }

/** The login and activation code that the school gives a person on paper. */
export type Credentials = { readonly login: string; readonly code: string }

export type Valmont = {
  readonly report: Report
  readonly credentials: (name: Name) => Credentials
  /** Imports a feed that `write` writes into a new folder. */
  readonly importFolder: (write: (folder: string) => Promise<void>) => Promise<Report>
  /** Signs a person in on a new personal device; the first time it activates their account. */
  readonly as: (name: Name) => Promise<Visitor>
}

/** Imports Valmont into an empty territory, appoints an administrator, and issues codes for everybody. */
export const populate = async ({ url, table, client }: Target): Promise<Valmont> => {
  const now = () => new Date()
  const importFolder: Valmont['importFolder'] = async write => {
    const folder = mkdtempSync(join(tmpdir(), 'preau-valmont-'))
    try {
      await write(folder)
      const report = await importFeed({ table: openTable(table, importAccess, now, client), now }, { path: folder })
      if (report.held.length > 0) throw new Error(`the import stopped for confirmation: ${JSON.stringify(report.held)}`)
      return report
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  const report = await importFolder(writeValmont)
  const granting = { table: openTable(table, grantAccess, now, client), now }
  await grantAdministrator(granting, { school: college.uai, person: keyOf('thomas') })
  const codesTable = openTable(table, schoolCodesAccess, now, client)
  const issued = new Map<string, Credentials>()
  for (const { uai } of [college, ecole])
    for (const code of await schoolCodes(codesTable, uai, now())) issued.set(code.person, code)

  const credentials: Valmont['credentials'] = name => {
    const own = issued.get(idOf(name))
    if (!own) throw new Error(`no code was issued for ${name}`)
    return own
  }
  const activated = new Set<Name>()
  return {
    report,
    importFolder,
    credentials,
    as: async name => {
      const { login, code } = credentials(name)
      const someone = visitor(url)
      const { activate, signIn } = passwordContract.routes
      const reply = activated.has(name)
        ? await someone.ask(signIn, { body: { login, password, personalDevice: true } })
        : await someone.ask(activate, { body: { login, code, password, personalDevice: true } })
      if (reply.status !== 201)
        throw new Error(`sign-in of ${name} was refused: ${reply.status} ${JSON.stringify(reply.body)}`)
      activated.add(name)
      return someone
    },
  }
}
