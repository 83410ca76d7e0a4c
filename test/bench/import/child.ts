import { importAccess } from '../../../functions/directory/access.ts'
import { readAaf } from '../../../functions/directory/import/aaf/read.ts'
import { openFeed } from '../../../functions/directory/import/feed/open.ts'
import { importFeed } from '../../../functions/directory/import/import.ts'
import { Staging } from '../../../functions/directory/import/staging.ts'
import { openGroups } from '../../../functions/directory/import/years/groups.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { usualBegin } from '../../../shared/kernel/school-year.ts'
import { localClient } from '../../support/dynamodb.ts'

/** What one run took: a process of its own, so that its peak of memory is its own. */
export type Run = {
  readonly records: number
  readonly written: number
  readonly seconds: number
  /** Megabytes (1,000,000 bytes) of resident memory at the highest. */
  readonly peak: number
}

const [what, path = '', endpoint = '', table = ''] = process.argv.slice(2)

const parse = async (): Promise<Pick<Run, 'records' | 'written'>> => {
  const staging = new Staging(() => {}, new Date(), undefined)
  const feed = await openFeed(path, () => {})
  let records = 0
  const apply = () => {
    records++
  }
  try {
    const stored = { get: async () => undefined, all: async () => [] }
    const year = { source: 'bench', delta: false, day: '2026-09-01', begins: usualBegin, undated: 2026 }
    const groups = openGroups(staging, stored, year)
    const delivery = { files: feed.files, source: 'bench', strict: false, progress: () => {}, staging, groups, apply }
    await readAaf(delivery, false)
  } finally {
    feed.close()
    staging.close()
  }
  return { records, written: 0 }
}

const upsert = async (dryRun: boolean): Promise<Pick<Run, 'records' | 'written'>> => {
  const client = localClient(endpoint)
  const now = () => new Date()
  const platform = { table: openTable(table, importAccess, now, client), now }
  const { people, written, findings } = await importFeed(platform, { path, dryRun })
  client.destroy()
  if (findings.length > 0) throw new Error(`the generated feed has faults: ${JSON.stringify(findings[0])}`)
  return { records: people.added + people.changed + people.unchanged, written }
}

const began = performance.now()
const done = await (what === 'parse' ? parse() : upsert(what === 'compare'))
const run: Run = {
  ...done,
  seconds: (performance.now() - began) / 1000,
  peak: (process.resourceUsage().maxRSS * 1024) / 1e6,
}
process.stdout.write(JSON.stringify(run))
