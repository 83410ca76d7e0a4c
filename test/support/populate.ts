import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { grantAccess, importAccess, schoolCodesAccess } from '../../functions/directory/access.ts'
import { issueSchoolCodes } from '../../functions/directory/codes/of-school.ts'
import { grantAdministrator } from '../../functions/directory/import/grants.ts'
import { importFeed } from '../../functions/directory/import/import.ts'
import type { Report } from '../../functions/directory/import/report.ts'
import { openTable } from '../../functions/platform/table.ts'
import { passwordContract } from '../../shared/session/contract.ts'
import { type Visitor, visitor } from './http.ts'
import { college, ecole, idOf, keyOf, type Name, writeValmont } from './valmont.ts'

/** Long enough, and on no list: everybody's in Valmont. */
export const password = 'quinze chaises sous le préau'

type Place = { readonly url: string; readonly table: string; readonly client: DynamoDBClient }

/** What stands on somebody's strip of paper. */
export type Strip = { readonly login: string; readonly code: string }

export type Valmont = {
  readonly report: Report
  readonly strip: (name: Name) => Strip
  /** Imports a feed that `write` writes into a new folder. */
  readonly bring: (write: (folder: string) => Promise<void>) => Promise<Report>
  /** Somebody signed in on a device of their own: activates their account the first time. */
  readonly as: (name: Name) => Promise<Visitor>
}

/** Valmont in an empty territory: its feed imported, an administrator appointed, a strip printed for everybody. */
export const populate = async ({ url, table, client }: Place): Promise<Valmont> => {
  const now = () => new Date()
  const bring: Valmont['bring'] = async write => {
    const folder = mkdtempSync(join(tmpdir(), 'preau-valmont-'))
    try {
      await write(folder)
      const brought = await importFeed({ table: openTable(table, importAccess, now, client), now }, { path: folder })
      if (brought.held.length > 0) throw new Error(`the feed was held back: ${JSON.stringify(brought.held)}`)
      return brought
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  const report = await bring(writeValmont)
  const granting = { table: openTable(table, grantAccess, now, client), now }
  await grantAdministrator(granting, { school: college.uai, person: keyOf('thomas') })
  const codesTable = openTable(table, schoolCodesAccess, now, client)
  const strips = new Map<string, Strip>()
  for (const { uai } of [college, ecole])
    for (const { code } of await issueSchoolCodes(codesTable, { school: uai, now: now() }))
      strips.set(code.person, code)

  const strip: Valmont['strip'] = name => {
    const found = strips.get(idOf(name))
    if (!found) throw new Error(`no strip was printed for ${name}`)
    return found
  }
  const activated = new Set<Name>()
  return {
    report,
    bring,
    strip,
    as: async name => {
      const { login, code } = strip(name)
      const someone = visitor(url)
      const { activate, signIn } = passwordContract.routes
      const reply = activated.has(name)
        ? await someone.ask(signIn, { body: { login, password, personalDevice: true } })
        : await someone.ask(activate, { body: { login, code, password, personalDevice: true } })
      if (reply.status !== 201) throw new Error(`${name} was not let in: ${reply.status} ${JSON.stringify(reply.body)}`)
      activated.add(name)
      return someone
    },
  }
}
