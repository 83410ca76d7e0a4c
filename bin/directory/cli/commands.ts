import { issueCodes } from '../../../functions/directory/codes/of-school.ts'
import { appoint } from '../../../functions/directory/import/appoint.ts'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { importAndTell } from '../../../functions/directory/import/import.ts'
import { openTable } from '../../../functions/directory/import/table.ts'
import { directoryKeys, type SchoolItem } from '../../../functions/directory/items.ts'
import { codeLifetime } from '../../../functions/session/code.ts'
import { day } from '../../../shared/kernel/dates.ts'
import { codesCsv } from '../codes/csv.ts'
import { openSheets } from '../codes/files.ts'
import type { Handed } from '../codes/handed.ts'
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
  /** Whether somebody watches: then a progress bar is drawn. */
  readonly watched: boolean
  readonly now: () => Date
}

/** What a command of that name is given. */
type ValuesOf<Name extends Command['command']> = Extract<Command, { command: Name }>['values']

/** `import <folder|zip>`: 0, or 1 if a school was held back. */
export const runImport = async (
  values: ValuesOf<'import'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { out, watched, now } = terminal
  const bar = openBar(watched && !values.json)
  try {
    const options = {
      ...{ client: territory.client, table: territory.table, path: values.path, now },
      ...{ dryRun: values['dry-run'] ?? false, strict: values.strict ?? false, confirm: values.confirm ?? false },
      ...(values.source !== undefined && { source: values.source }),
      progress: bar.progress,
    }
    return await importAndTell(options, (summary, findings) => {
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
  { out, now }: Terminal,
): Promise<number> => {
  const { school: uai, missing = false, address } = values
  const table = openTable(territory.table, territory.client)
  const school = await table.get<SchoolItem>(directoryKeys.school(uai))
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
    await issueCodes(table, { school: uai, missing, now: now(), gave }).catch(error => {
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
  { out, now }: Terminal,
): Promise<number> => {
  const { givenName, familyName } = await appoint(openTable(territory.table, territory.client), {
    ...{ school: values.school, person: values.person },
    ...{ end: values.end ?? false, now: now() },
  })
  out(`${givenName} ${familyName} ${values.end ? 'no longer administers' : 'now administers'} ${values.school}`)
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
