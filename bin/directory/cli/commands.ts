import { rebuildOrderAccess } from '../../../functions/delivery/access.ts'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { grantAccess, importAccess, schoolCodesAccess } from '../../../functions/directory/access.ts'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { type Handed, issueSchoolCodes } from '../../../functions/directory/codes/of-school.ts'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { grantAdministrator, grantTerritoryRole } from '../../../functions/directory/import/grants.ts'
import { importAndReport } from '../../../functions/directory/import/import.ts'
import type { Access } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { codeLifetime } from '../../../functions/session/accounts.ts'
import { day } from '../../../shared/kernel/dates.ts'
import { codesCsv } from '../codes/csv.ts'
import { openSheets } from '../codes/files.ts'
import { codesPage } from '../codes/page.ts'
import { wordsOf } from '../codes/texts.ts'
import { loadDemo } from '../demo/load.ts'
import { openBar } from './bar.ts'
import type { Command } from './options.ts'
import { reportJson, reportText } from './print.ts'
import type { Territory } from './territory.ts'

/** What a command writes to, and the time it is. */
export type Terminal = {
  readonly out: (text: string) => void
  /** Whether the error output is a terminal: then a progress bar is drawn. */
  readonly watched: boolean
  readonly now: () => Date
}

/** What a command of that name is given. */
type ValuesOf<Name extends Command['command']> = Extract<Command, { command: Name }>['values']

/** The territory's table, for what a command does with it. */
const tableOf = <Uses extends Access>({ table, client }: Territory, access: Uses, { now }: Terminal) =>
  openTable(table, access, now, client)

/** `import <folder|zip>`: 0, or 1 if a school was held back. */
export const runImport = async (
  values: ValuesOf<'import'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { out, watched, now } = terminal
  const bar = openBar(watched && !values.json)
  try {
    const platform = { table: tableOf(territory, importAccess, terminal), now, progress: bar.progress }
    const options = {
      path: values.path,
      dryRun: values['dry-run'] ?? false,
      strict: values.strict ?? false,
      confirm: values.confirm ?? false,
      ...(values.source !== undefined && { source: values.source }),
    }
    return await importAndReport(platform, options, (summary, findings) => {
      bar.stop()
      for (const line of (values.json ? reportJson : reportText)(summary, findings)) out(line)
      return summary.held.length > 0 ? 1 : 0
    })
  } finally {
    bar.stop()
  }
}

/** A failure in one word or two, for within a sentence. */
const nameOf = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : String(error)

/**
 * `codes --school <uai>`: two files that only their owner may read. They hold every code that was given, also where
 * giving them stopped halfway.
 */
export const runCodes = async (
  values: ValuesOf<'codes'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { out, now } = terminal
  const { school: uai, missing = false, address } = values
  const table = tableOf(territory, schoolCodesAccess, terminal)
  const school = await table.get(directoryPatterns.school, { uai }, { consistent: true })
  if (!school) throw new ImportRefused(`there is no school ${uai} in this territory`)
  const sheets = await openSheets(values.out ?? '.', uai, now())
  const handed: Handed[] = []
  let left = 0
  let stopped: unknown
  let written = false
  const gave = (some: readonly Handed[], waiting: number) => {
    handed.push(...some)
    left = waiting
  }
  try {
    await issueSchoolCodes(table, { school: uai, missing, now: now(), gave }).catch(error => {
      if (handed.length === 0) throw error
      stopped = error
    })
    if (handed.length === 0) {
      out(`Nobody in ${school.name} waits for a code.`)
      return 0
    }
    const words = wordsOf(values.language)
    const page = codesPage(handed, { school: school.name, address, words })
    for (const path of await sheets.write({ csv: codesCsv(handed, words), html: page })) out(path)
    written = true
  } finally {
    if (!written) await sheets.drop()
  }
  if (stopped !== undefined)
    throw new ImportRefused(
      `giving codes stopped (${nameOf(stopped)}): both files hold those of ${handed.length} people, and the same command with --missing gives the other ${left} theirs`,
    )
  const days = codeLifetime / day
  out(
    `Codes for ${handed.length} people of ${school.name}, each good once, within ${days} days. Delete both files once handed out.`,
  )
  return 0
}

/** `administrator --school <uai> --person <login or key>`, with `--end` to take it back. */
export const runAdministrator = async (
  values: ValuesOf<'administrator'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { school, person, end = false } = values
  const platform = { table: tableOf(territory, grantAccess, terminal), now: terminal.now }
  const { givenName, familyName } = await grantAdministrator(platform, { school, person, end })
  terminal.out(`${givenName} ${familyName} ${end ? 'no longer administers' : 'now administers'} ${school}`)
  return 0
}

/** `territory-role --person <login> --role operator|authority`, with `--end` to take it back. */
export const runTerritoryRole = async (
  values: ValuesOf<'territory-role'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { person, role, end = false } = values
  const platform = { table: tableOf(territory, grantAccess, terminal), now: terminal.now }
  const { givenName, familyName } = await grantTerritoryRole(platform, { role, person, end })
  terminal.out(`${givenName} ${familyName} ${end ? 'no longer has' : 'now has'} the role ${role} in the territory`)
  return 0
}

/** `boards`: has all boards rendered anew, which the table's stream carries out. */
export const runBoards = async (_: ValuesOf<'boards'>, territory: Territory, terminal: Terminal): Promise<number> => {
  await orderRebuild(tableOf(territory, rebuildOrderAccess, terminal), terminal.now())
  terminal.out('All boards are rendered anew. Readers have those of before until then.')
  return 0
}

/** `demo`: loads the demo county, and says how to sign in. */
export const runDemo = async (
  values: ValuesOf<'demo'>,
  { client, table }: Territory,
  { out, now }: Terminal,
): Promise<number> => {
  const accounts = await loadDemo({ client, table, data: values.data ?? '.preau', now, log: out })
  for (const { name, role, school, login, password } of accounts)
    out(`${login}  ${password}  (${name}, ${role}, ${school})`)
  return 0
}
