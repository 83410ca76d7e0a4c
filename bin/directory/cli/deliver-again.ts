import { rebuildOrderAccess } from '../../../functions/delivery/access.ts'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { orderRedelivery } from '../../../functions/delivery/redelivery.ts'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { redeliveryOrderAccess } from '../../../functions/platform/access.ts'
import { update } from '../../../functions/platform/operation.ts'
import { type RedeliveryItem, redeliveryPatterns } from '../../../functions/platform/redelivery-patterns.ts'
import { allPublications, recountTold } from './recount.ts'
import { type Terminal, tableOf, type ValuesOf } from './terminal.ts'
import type { Territory } from './territory.ts'

/** Milliseconds between two looks at an order, and without a change of it until it is said that nothing happens. */
const lookEvery = 500
const patience = 120_000

const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** An order once it is done. Throws ImportRefused where nobody carries it out. */
const doneOrder = async (territory: Territory, terminal: Terminal, at: string): Promise<RedeliveryItem> => {
  const table = tableOf(territory, redeliveryOrderAccess, terminal)
  for (let version = 0, since = Date.now(); ; await pause(lookEvery)) {
    const order = await table.get(redeliveryPatterns.redelivery, { at }, { consistent: true })
    if (order?.doneAt !== undefined) return order
    if (order && order.version !== version) {
      version = order.version
      since = Date.now()
    }
    if (Date.now() - since > patience)
      throw new ImportRefused(
        'the stream has not taken the order for two minutes: see whether delivery runs (docs/runbooks/boards-late.md); the order stays, and is carried out when it does',
      )
  }
}

const found = ({ found: names }: RedeliveryItem): string[] =>
  Object.entries(names)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `  ${name}: ${count}`)

const records = (count: number) => `${count} ${count === 1 ? 'record' : 'records'}`

/** Says what would be delivered, and which counts differ from their facts. */
const runDry = async (territory: Territory, terminal: Terminal, order: RedeliveryItem): Promise<number> => {
  terminal.out(
    order.delivered === 0 && order.gone === 0
      ? 'Nothing is set aside.'
      : `Would be delivered again: ${records(order.delivered)}.`,
  )
  for (const line of found(order)) terminal.out(line)
  if (order.gone > 0)
    terminal.out(
      `${records(order.gone)} left the stream, which keeps them for 24 hours: all counts would be compared with their facts, and all boards rendered anew.`,
    )
  const publications = order.gone > 0 ? await allPublications(territory, terminal) : order.counted
  await recountTold(territory, terminal, publications, { dry: true })
  return 0
}

/** Counts anew what an order was about, and notes it. */
const repair = async (territory: Territory, terminal: Terminal, order: RedeliveryItem): Promise<boolean> => {
  const publications = order.gone > 0 ? await allPublications(territory, terminal) : order.counted
  const isRight = await recountTold(territory, terminal, publications, { dry: false })
  if (order.gone > 0) await orderRebuild(tableOf(territory, rebuildOrderAccess, terminal), terminal.now())
  if (isRight) {
    const set = { recountedAt: terminal.now().toISOString() }
    const table = tableOf(territory, redeliveryOrderAccess, terminal)
    await table.applyIf(
      update('recounted', redeliveryPatterns.redelivery, { at: order.at }, { set }, { present: true }),
    )
  }
  return isRight
}

/**
 * `deliver-again`: has what the stream set aside delivered again, and the counts that were short counted anew from their
 * facts; with `--dry-run` it says what would be. It goes on with what an earlier one left when it was stopped.
 */
export const runDeliverAgain = async (
  { 'dry-run': dry = false }: ValuesOf<'deliver-again'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  if (territory.isIdle)
    throw new ImportRefused('the territory does not run, and what it set aside is delivered by itself: npm start first')
  const table = tableOf(territory, redeliveryOrderAccess, terminal)
  const earlier = await table.all(redeliveryPatterns.redeliveries, {}, { consistent: true })
  const at = await orderRedelivery(table, terminal.now(), { dry })
  const order = await doneOrder(territory, terminal, at)
  if (dry) return runDry(territory, terminal, order)
  if (order.delivered === 0 && order.gone === 0 && order.failed.length === 0)
    terminal.out('Nothing is set aside. (What failed again a moment ago may be tried after 15 minutes.)')
  if (order.delivered > 0) terminal.out(`Delivered again: ${records(order.delivered)}.`)
  for (const line of found(order)) terminal.out(line)
  let isRight = true
  for (const one of [...earlier.filter(({ dry: isDry, recountedAt }) => !isDry && recountedAt === undefined), order])
    if (one.counted.length > 0 || one.gone > 0) isRight = (await repair(territory, terminal, one)) && isRight
  if (order.gone > 0)
    terminal.out(
      `${records(order.gone)} had left the stream, which keeps them for 24 hours. All counts were compared with their facts, and all boards are rendered anew; docs/runbooks/set-aside.md says what else may be missing.`,
    )
  if (order.failed.length > 0)
    terminal.err(
      `${order.failed.length} failed again and stay set aside: STREAM-2 and STREAM-3 in the log of delivery say why`,
    )
  return isRight && order.failed.length === 0 ? 0 : 1
}
