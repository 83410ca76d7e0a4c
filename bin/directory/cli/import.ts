import { importAccess } from '../../../functions/directory/access.ts'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { importAndReport } from '../../../functions/directory/import/import.ts'
import type { Ending, Summary } from '../../../functions/directory/import/report.ts'
import { openBar } from './bar.ts'
import { territoryNamed } from './named-territory.ts'
import { reportJson, reportText } from './print.ts'
import { type Terminal, tableOf, type ValuesOf } from './terminal.ts'
import type { Territory } from './territory.ts'

/** Exit statuses of an import. 1 is that of a command that could not be carried out at all. */
const statuses: Readonly<Record<Ending, number>> = {
  imported: 0,
  'imported-with-refusals': 2,
  held: 3,
  nothing: 4,
  unreadable: 5,
}

/** `--confirm` without a school: names those that could be meant. */
const whichSchool = ({ held }: Summary): ImportRefused => {
  if (held.length === 0) return new ImportRefused('no school is held: import without --confirm')
  const options = held.map(({ uai }) => `--confirm ${uai}`).join(' ')
  return new ImportRefused(
    `say which school: ${held.map(({ uai, name }) => `${name} (${uai})`).join(', ')} ${held.length === 1 ? 'is' : 'are'} held. To confirm ${held.length === 1 ? 'it' : 'all of them'}: ${options}`,
  )
}

/** `import <folder|zip>`: its exit status says how it ended. */
export const runImport = async (
  values: ValuesOf<'import'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { out, watched, now } = terminal
  const dryRun = values['dry-run'] ?? values.confirm === undefined
  const bar = openBar(watched && !values.json, dryRun)
  const { timeZone } = territory
  const platform = { table: tableOf(territory, importAccess, terminal), now, timeZone, progress: bar.progress }
  const yearBegins = values['year-begins'] ?? territoryNamed(values.territory)?.yearBegins
  const options = {
    path: values.path,
    dryRun,
    strict: values.strict ?? false,
    outOfOrder: values['out-of-order'] ?? false,
    confirm: values.confirm ?? [],
    ...(values.source !== undefined && { source: values.source }),
    ...(values.year !== undefined && { year: values.year }),
    ...(yearBegins !== undefined && { yearBegins }),
  }
  try {
    const refused = await importAndReport(platform, options, (summary, findings) => {
      bar.stop()
      if (values.confirm === undefined) return whichSchool(summary)
      for (const line of (values.json ? reportJson : reportText)(summary, findings)) out(line)
      return statuses[summary.outcome]
    })
    if (typeof refused === 'number') return refused
    throw refused
  } catch (error) {
    if (!(error instanceof ImportRefused) || values.confirm === undefined) throw error
    bar.stop()
    if (values.json) out(JSON.stringify({ outcome: 'unreadable', sentence: error.message }, null, 2))
    else terminal.err(error.message)
    return statuses.unreadable
  } finally {
    bar.stop()
  }
}
