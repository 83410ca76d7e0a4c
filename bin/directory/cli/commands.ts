import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'
import { directoryKeys, type SchoolItem } from '../../../shared/directory/items.ts'
import { appoint } from '../codes/administrator.ts'
import { issueCodes } from '../codes/issue.ts'
import { codesCsv, codesPage } from '../codes/sheets.ts'
import { loadDemo } from '../demo/load.ts'
import { ImportRefused } from '../feed/finding.ts'
import { importFeed, type Progress } from '../import/import.ts'
import { openTable } from '../table/table.ts'
import { reportText } from './print.ts'
import type { Territory } from './territory.ts'

/** What a command writes to, and the time it is. */
export type Terminal = {
  readonly out: (text: string) => void
  /** Whether somebody watches: then a progress bar is drawn. */
  readonly watched: boolean
  readonly now: () => Date
}

/** The options of the command line, parsed. */
export type Values = {
  readonly 'dry-run'?: boolean | undefined
  readonly json?: boolean | undefined
  readonly strict?: boolean | undefined
  readonly confirm?: boolean | undefined
  readonly source?: string | undefined
  readonly data?: string | undefined
  readonly school?: string | undefined
  readonly person?: string | undefined
  readonly out?: string | undefined
  readonly address?: string | undefined
  readonly missing?: boolean | undefined
  readonly end?: boolean | undefined
}

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined || value === '') throw new ImportRefused(`--${option} is missing`)
  return value
}

const openBar = (watched: boolean) => {
  if (!watched) return { progress: () => {}, stop: () => {} }
  const bar = new SingleBar({ format: '{phase} {bar} {percentage}%', etaBuffer: 50 }, Presets.shades_classic)
  let phase = ''
  return {
    progress: (progress: Progress) => {
      if (phase !== progress.phase) bar.start(progress.total, 0, { phase: progress.phase })
      phase = progress.phase
      bar.update(progress.done, { phase })
    },
    stop: () => bar.stop(),
  }
}

/** `import <folder|zip>`: 0, or 1 if a school was held back. */
export const runImport = async (
  path: string | undefined,
  values: Values,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { out, watched, now } = terminal
  const bar = openBar(watched && !values.json)
  try {
    const report = await importFeed({
      ...{ client: territory.client, table: territory.table, path: needed(path, 'path'), now },
      ...{ dryRun: values['dry-run'] ?? false, strict: values.strict ?? false, confirm: values.confirm ?? false },
      ...(values.source !== undefined && { source: values.source }),
      progress: bar.progress,
    })
    bar.stop()
    out(values.json ? JSON.stringify(report, null, 2) : reportText(report))
    return report.held.length > 0 ? 1 : 0
  } finally {
    bar.stop()
  }
}

/** `codes --school <uai>`: two files that only their owner may read. */
export const runCodes = async (values: Values, territory: Territory, { out, now }: Terminal): Promise<number> => {
  const uai = needed(values.school, 'school')
  const table = openTable(territory.table, territory.client)
  const school = await table.get<SchoolItem>(directoryKeys.school(uai))
  if (!school) throw new ImportRefused(`there is no school ${uai} in this territory`)
  const handed = await issueCodes(table, { school: uai, missing: values.missing ?? false, now: now() })
  const folder = values.out ?? '.'
  await mkdir(folder, { recursive: true })
  const files = { csv: codesCsv(handed), html: codesPage(school.name, handed, values.address) }
  for (const [extension, text] of Object.entries(files)) {
    const file = join(folder, `codes-${uai}-${now().toISOString().slice(0, 10)}.${extension}`)
    await writeFile(file, text, { mode: 0o600, flag: 'w' })
    out(file)
  }
  out(`${handed.length} codes for ${school.name}, each good once and for 60 days. Delete both files once handed out.`)
  return 0
}

/** `administrator --school <uai> --person <login or key>`, with `--end` to take it back. */
export const runAdministrator = async (
  values: Values,
  territory: Territory,
  { out, now }: Terminal,
): Promise<number> => {
  const { givenName, familyName } = await appoint(openTable(territory.table, territory.client), {
    ...{ school: needed(values.school, 'school'), person: needed(values.person, 'person') },
    ...{ end: values.end ?? false, now: now() },
  })
  out(`${givenName} ${familyName} ${values.end ? 'no longer administers' : 'now administers'} ${values.school}`)
  return 0
}

/** `demo`: loads the demo county, and says how to sign in. */
export const runDemo = async (
  values: Values,
  { client, table }: Territory,
  { out, now }: Terminal,
): Promise<number> => {
  const accounts = await loadDemo({ client, table, data: values.data ?? '.preau', now, log: out })
  for (const { name, role, school, login, password } of accounts)
    out(`${login}  ${password}  (${name}, ${role}, ${school})`)
  return 0
}
