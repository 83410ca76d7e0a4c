import { erasingAccess } from '../../../functions/directory/erasing/access.ts'
import { type NotErasable, notErasable, orderErasure, whom } from '../../../functions/directory/erasing/order.ts'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { personOf } from '../../../functions/directory/import/grants.ts'
import { importPatterns } from '../../../functions/directory/patterns.ts'
import { erasures } from '../../../functions/features.ts'
import type { Access } from '../../../functions/platform/access.ts'
import { platformErasure } from '../../../functions/platform/erasing/erasure.ts'
import { endSweep, ordersBefore, sweepAll } from '../../../functions/platform/erasing/run.ts'
import { openSweep, type Whom } from '../../../functions/platform/erasing/sweep.ts'
import { openScan } from '../../../functions/platform/scan.ts'
import { isMeant } from './is-meant.ts'
import { type Terminal, tableOf, type ValuesOf } from './terminal.ts'
import type { Territory } from './territory.ts'

const sentences = (name: string, not: NotErasable): string => {
  switch (not.why) {
    case 'described':
      return `${name} is described by ${not.sources.join(' and ')}: have them taken out of that feed first, the next delivery would bring them back`
    case 'named':
      return `a feed names ${name} as guardian of ${not.pupils} of its pupils, although it does not describe them: have that put right in the feed first, the next delivery would bring them back`
    case 'asked':
      return `an import asks who has the key of ${name} in ${not.source} now: answer with npm run directory -- identify first`
  }
}

const number = (count: number) => count.toLocaleString('en')

/** Reads the whole table; says how many items of each kind are erased, or would be. */
const sweepTold = async (
  territory: Territory,
  orders: readonly Whom[],
  { out, err, watched, ...terminal }: Terminal,
  dry: boolean,
): Promise<ReadonlySet<string>> => {
  // What each feature's items are erased with: all of them.
  const table = tableOf(territory, {} as Access, { out, err, watched, ...terminal })
  const sweep = openSweep(openScan(territory.table, territory.client), table, [
    platformErasure,
    ...Object.values(erasures).flatMap(one => one ?? []),
  ])
  let read = 0
  const progress = (items: number) => {
    const before = Math.floor(read / 100_000)
    read += items
    if (watched && Math.floor(read / 100_000) > before) err(`${number(read)} items read`)
  }
  const { counts, strays } = await sweepAll(sweep, orders, { dry, progress })
  for (const [what, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) out(`  ${what}: ${number(count)}`)
  return strays
}

/** Erases those whose erasure was ordered, and forgets who they were. */
const finish = async (territory: Territory, terminal: Terminal): Promise<number> => {
  const table = tableOf(territory, {} as Access, terminal)
  const sweep = new Date(terminal.now().getTime() + 1).toISOString()
  const orders = await ordersBefore(table, sweep)
  if (orders.length === 0) {
    terminal.out('Nobody is left to erase.')
    return 0
  }
  terminal.out('Erased:')
  const strays = await sweepTold(territory, orders, terminal, false)
  if (strays.size > 0) {
    terminal.err(`These items still name somebody, and nothing erases them: ${[...strays].join(', ')}`)
    return 1
  }
  await endSweep(table, orders, sweep)
  terminal.out('Nothing in the table names them any more. Its backups do for 35 days.')
  return 0
}

/**
 * `erase <login or id>`: erases somebody whom no feed describes any more, from all that the territory holds. Without
 * somebody it goes on with what was interrupted.
 */
export const runErase = async (
  { person: named, 'dry-run': dryRun = false, yes }: ValuesOf<'erase'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  if (named === undefined) return finish(territory, terminal)
  const table = tableOf(territory, erasingAccess, terminal)
  const all = tableOf(territory, {} as Access, terminal)
  const person = await personOf({ table: all as never, now: terminal.now }, named, undefined)
  if (!person) throw new ImportRefused(`nobody in this territory has the login or id ${named}`)
  const name = `${person.givenName} ${person.familyName}`
  const sources = await table.all(importPatterns.allSources, { person: person.id }, { consistent: true })
  const not = await notErasable(table, person, sources)
  if (not) throw new ImportRefused(sentences(name, not))
  if (dryRun) {
    terminal.out(`Of ${name} would be erased:`)
    await sweepTold(territory, [{ person: person.id, ...(await whom(table, person.id, sources)) }], terminal, true)
    return 0
  }
  const what = `${name} is erased from all that this territory holds. There is no way back but a backup`
  if (!(await isMeant(what, { yes }, terminal))) {
    terminal.out('Nothing has changed.')
    return 0
  }
  const refused = await orderErasure(table, person, 'request', terminal.now())
  if (refused) throw new ImportRefused(sentences(name, refused))
  return finish(territory, terminal)
}
