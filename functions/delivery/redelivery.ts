import type { DynamoDBRecord } from 'aws-lambda'
import { after, day, epochSeconds } from '../../shared/kernel/dates.ts'
import { redeliveryAccess, type redeliveryOrderAccess } from '../platform/access.ts'
import { type Deliver, type Deliveries, deliveries, subscription } from '../platform/delivery.ts'
import { put, update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import { type RedeliveryItem, redeliveryPatterns, type SetAside } from '../platform/redelivery-patterns.ts'
import type { Table } from '../platform/table.ts'
import type { ReadSetAside, SetAsideQueue } from './set-aside.ts'

/** Batches that one round of an order takes out of the queue, at most. */
const mostOfRound = 100
/** Seconds for which an order is kept, for whoever looks what became of it. */
const orderLifetime = 30 * day

/**
 * Orders that what the stream set aside be delivered again, or that it be looked at (`dry`). The stream carries it out.
 * @returns the instant that names the order
 */
export const orderRedelivery = async (
  table: Table<Pick<typeof redeliveryOrderAccess, 'put'>>,
  now: Date,
  { dry }: { readonly dry: boolean },
): Promise<string> => {
  const at = now.toISOString()
  const none = { delivered: 0, failed: [], gone: 0, found: {}, counted: [], version: 1 }
  const expiresAt = epochSeconds(after(now, orderLifetime))
  await table.transact([
    put('order', redeliveryPatterns.redelivery, { at }, { at, dry, ...none, expiresAt }, { absent: true }),
  ])
  return at
}

export type Redelivering = {
  readonly queue: SetAsideQueue
  readonly read: ReadSetAside
  /** Delivers records to the features' subscriptions. */
  readonly deliver: Deliver
  /** What records are of: the names of their subscriptions, and the publications whose counts may be short. */
  readonly describe: (records: readonly DynamoDBRecord[]) => { names: readonly string[]; counted: readonly string[] }
}

type Progress = Partial<Omit<RedeliveryItem, 'at' | 'dry' | 'expiresAt'>>

const nameOf = ({ shard, first }: SetAside): string => `${shard} ${first}`

const isIn = (failed: readonly string[]) => (batch: SetAside) => failed.includes(nameOf(batch))

const withMore = (known: readonly string[], more: readonly string[]): string[] => [...new Set([...known, ...more])]

/** What an order has found once it has looked at a batch. */
const foundIn = (item: Pick<RedeliveryItem, 'found' | 'counted'>, described: ReturnType<Redelivering['describe']>) => {
  const found = { ...item.found }
  for (const name of described.names) found[name] = (found[name] ?? 0) + 1
  return { found, counted: withMore(item.counted, described.counted) }
}

/** A dry run: looks at all that is in the queue, and gives it back. */
const look = async ({ queue, read, describe }: Redelivering, item: RedeliveryItem): Promise<Progress> => {
  const batches = await queue.receive(mostOfRound)
  let seen: Pick<RedeliveryItem, 'found' | 'counted' | 'delivered' | 'gone'> = item
  for (const batch of batches) {
    const records = await read(batch)
    seen = records
      ? { ...seen, ...foundIn(seen, describe(records)), delivered: seen.delivered + records.length }
      : { ...seen, gone: seen.gone + batch.records }
  }
  await queue.release(batches)
  const { found, counted, delivered, gone } = seen
  return { found, counted, delivered, gone }
}

/** Delivers one batch again: it leaves the queue if that succeeds, or if it has left the stream. */
const again = async (
  { queue, read, deliver, describe }: Redelivering,
  item: RedeliveryItem,
  batch: SetAside,
): Promise<Progress> => {
  const records = await read(batch)
  if (!records) {
    await queue.remove(batch)
    return { gone: item.gone + batch.records }
  }
  const failures = await deliver(records)
  if (failures.length > 0) return { failed: withMore(item.failed, [nameOf(batch)]) }
  await queue.remove(batch)
  return { ...foundIn(item, describe(records)), delivered: item.delivered + records.length }
}

/** One step of an order: takes batches out of the queue, or delivers the first of those taken. */
const stepOf = async (redelivering: Redelivering, item: RedeliveryItem, now: Date): Promise<Progress> => {
  const done = { doneAt: now.toISOString() }
  if (item.dry) return { ...(await look(redelivering, item)), ...done }
  const [first, ...rest] = item.batches ?? []
  if (first) return { ...(await again(redelivering, item, first)), batches: rest }
  const received = await redelivering.queue.receive(mostOfRound)
  const batches = received.filter(batch => !isIn(item.failed)(batch))
  return batches.length > 0 ? { batches } : { batches: [], ...done }
}

/**
 * What carries out an order to deliver again what was set aside. Each change of its item does one step, so that no
 * invocation is long. Batches are delivered in the order of their records; one that fails again stays in the queue. A step
 * that is lost is done again: subscriptions bear it (functions/platform/delivery.ts), in any order and after newer changes.
 */
export const redeliveries = (redelivering: Redelivering): Deliveries =>
  deliveries(
    redeliveryAccess,
    subscription({
      name: 'delivery again',
      of: [redeliveryPatterns.redelivery],
      on: ['INSERT', 'MODIFY'],
      deliver: async ({ table, now }: Background<typeof redeliveryAccess>, changes) => {
        for (const at of new Set(changes.map(({ args }) => args.at))) {
          const item = await table.get(redeliveryPatterns.redelivery, { at }, { consistent: true })
          if (!item || item.doneAt !== undefined) continue
          const set = { ...(await stepOf(redelivering, item, now())), version: item.version + 1 }
          await table.applyIf(
            update('progress', redeliveryPatterns.redelivery, { at }, { set }, { is: { version: item.version } }),
          )
        }
      },
    }),
  )
