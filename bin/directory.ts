import { parseArgs } from 'node:util'
import { runAdministrator, runCodes, runDemo, runImport, type Terminal } from './directory/cli/commands.ts'
import { openTerritory } from './directory/cli/territory.ts'
import { ImportRefused } from './directory/feed/finding.ts'

const usage = `Usage: npm run directory -- <command>

  import <folder|zip>     import an AAF feed or OneRoster CSV
      --dry-run           write nothing, report what would be done
      --json              the report as JSON
      --strict            refuse what deviates from the format
      --confirm           suspend even more than 10 % of a school's people
      --source <name>     tell this feed's keys apart from another's
  codes --school <uai>    activation codes for all without an active account
      --missing           only for those who hold no code that is still good
      --out <folder>      where the CSV and the page to print are written
      --address <url>     the address the page tells people to open
  administrator --school <uai> --person <login or key of the feed>
      --end               take it back
  demo                    load the demo county

  The territory on this machine, or:
      --data <folder>     another folder than .preau/
      --table <name> --region <region>    a deployed one
      --endpoint <url>    with --table: a service that speaks DynamoDB's protocol`

const flag = { type: 'boolean' } as const
const text = { type: 'string' } as const
const options = {
  ...{ 'dry-run': flag, json: flag, strict: flag, confirm: flag, missing: flag, end: flag, help: flag },
  ...{ source: text, school: text, person: text, out: text, address: text },
  ...{ data: text, table: text, region: text, endpoint: text },
} as const

const run = async (terminal: Terminal): Promise<number> => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [command, path] = positionals
  if (values.help || !command || !['import', 'codes', 'administrator', 'demo'].includes(command)) {
    terminal.out(usage)
    return values.help ? 0 : 2
  }
  const territory = await openTerritory(values)
  try {
    if (command === 'import') return await runImport(path, values, territory, terminal)
    if (command === 'codes') return await runCodes(values, territory, terminal)
    if (command === 'administrator') return await runAdministrator(values, territory, terminal)
    return await runDemo(values, territory, terminal)
  } finally {
    await territory.close()
  }
}

const isUsage = (error: unknown): error is Error =>
  error instanceof Error && String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')

try {
  process.exitCode = await run({
    out: line => process.stdout.write(`${line}\n`),
    watched: process.stderr.isTTY,
    now: () => new Date(),
  })
} catch (error) {
  if (!(error instanceof ImportRefused) && !isUsage(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = isUsage(error) ? 2 : 1
}
