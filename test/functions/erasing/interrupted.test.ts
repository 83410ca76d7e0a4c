import { BatchWriteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { orderErasure } from '../../../functions/directory/erasing/order.ts'
import type { Access } from '../../../functions/platform/access.ts'
import { erasingPatterns } from '../../../functions/platform/erasing/patterns.ts'
import { endSweep, ordersBefore, sweepAll } from '../../../functions/platform/erasing/run.ts'
import { openSweep } from '../../../functions/platform/erasing/sweep.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { allErasures, idOf, type Lively, openLively, signsOf } from './lively.ts'

let t: Lively
beforeAll(async () => {
  t = await openLively()
})
afterAll(() => t.close())

const names = ['noe', 'zoe', 'berthe'] as const

type Stored = NonNullable<ConstructorParameters<typeof PutItemCommand>[0]['Item']>

const stored = async (): Promise<Stored[]> => {
  const items: Stored[] = []
  let from: Stored | undefined
  do {
    const page = await t.database.client.send(new ScanCommand({ TableName: t.database.table, ExclusiveStartKey: from }))
    items.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from)
  return items
}

/** Makes the table what it was. */
const restore = async (items: readonly Stored[]): Promise<void> => {
  const requests = (await stored()).map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } as Stored } }))
  for (let at = 0; at < requests.length; at += 25)
    await t.database.client.send(
      new BatchWriteItemCommand({ RequestItems: { [t.database.table]: requests.slice(at, at + 25) } }),
    )
  for (const Item of items) await t.database.client.send(new PutItemCommand({ TableName: t.database.table, Item }))
  // What an interruption does not undo: only what the stream is told of the restoration itself is passed over.
  await t.stream.fresh()
}

class Killed extends Error {}

/** A table on which so many writes succeed; then the process is gone. */
const dying = (writes: number): Table<Access> => {
  let left = writes
  const writing = ['transact', 'apply', 'applyIf', 'writeMany']
  return new Proxy(t.platform.table as object, {
    get: (table, name) => {
      const work = Reflect.get(table, name)
      if (!writing.includes(String(name))) return work
      return (...args: unknown[]) => {
        if (left-- <= 0) throw new Killed()
        return work(...args)
      }
    },
  }) as Table<Access>
}

/** Erases whoever is ordered, as the command does it, on a table that may die. */
const sweepOn = async (table: Table<Access>, at: string): Promise<void> => {
  const orders = await ordersBefore(table, at)
  if (orders.length === 0) return
  await sweepAll(openSweep(t.scan, table, allErasures), orders)
  await endSweep(table, orders, at)
}

/** The table and the boards' bucket, by what is in them. Files that are not named any more wait for the clock. */
const outcome = async () => ({
  table: Object.fromEntries(
    (await t.everything()).flatMap(({ key, item }) => (key.startsWith('BD#') ? [] : [[key, item]])),
  ),
  indexes: Object.fromEntries([...(await t.allFiles())].filter(([path]) => path.includes('/index'))),
})

it('ends in the same table and bucket wherever it was killed', async () => {
  const { pupils, families } = await t.audiences()
  const draft = {
    ...{ uai: '0990001A', title: 'Sortie', body: 'Au musée.', audiences: [families, pupils] },
    ...{ pinned: false, urgent: false, notice: 'pupil' },
  }
  const { id: news } = (await t.news('publish', 'berthe', { body: draft })).body
  await t.tick(new Date(t.clock.now.getTime() + 60_000).toISOString())
  for (const who of ['noe', 'ida', 'zoe'] as const) await t.news('seen', who, { body: { news: [news] } })
  await t.news('sign', 'noe', { params: { news }, body: { pupil: idOf('zoe') } })
  await t.leave()
  for (const name of names)
    expect(await orderErasure(t.platform.table, await t.personOf(name), 'request', t.clock.now), name).toBeUndefined()
  await t.deliverToTheEnd()
  t.clock.now = new Date(t.clock.now.getTime() + 1_000)
  const at = t.clock.now.toISOString()
  const ordered = await stored()

  let writes = 0
  const counting = new Proxy(dying(Number.POSITIVE_INFINITY) as object, {
    get: (table, name) => {
      if (['transact', 'apply', 'applyIf', 'writeMany'].includes(String(name))) writes++
      return Reflect.get(table, name)
    },
  }) as Table<Access>
  await sweepOn(counting, at)
  await t.deliverToTheEnd()
  const undisturbed = await outcome()
  expect(writes).toBeGreaterThan(8)
  const inTable = (traces: readonly string[]) => traces.filter(where => !where.startsWith('/'))
  for (const name of names) expect(inTable(await t.tracesOf(signsOf(name))), name).toEqual([])

  /** Kills a sweep after so many writes, or after fewer where it takes fewer: lanes that meet write some twice. */
  const kill = async (most: number): Promise<number> => {
    for (let after = most; after >= 0; after--) {
      await restore(ordered)
      t.clock.now = new Date(at)
      const ended = await sweepOn(dying(after), at).catch((error: unknown) => error)
      if (ended instanceof Killed) return after
      if (ended) throw ended
    }
    throw new Error('no sweep was killed')
  }
  for (const most of [0, 1, 3, Math.floor(writes / 2), writes - 2, writes - 1]) {
    const after = await kill(most)
    expect(await t.platform.table.all(erasingPatterns.orders, {})).not.toEqual([])
    await sweepOn(t.platform.table as never, at)
    await t.deliverToTheEnd()
    expect(await outcome(), `killed after ${after} of ${writes} writes`).toEqual(undisturbed)
  }
})
