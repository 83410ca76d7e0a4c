import type { endOfSweepAccess } from '../access.ts'
import { put, remove } from '../operation.ts'
import type { Key } from '../pattern.ts'
import type { Table } from '../table.ts'
import { erasingPatterns, type Order } from './patterns.ts'
import type { Sweep, Whom } from './sweep.ts'

type EndTable = Table<typeof endOfSweepAccess>

const consistent = { consistent: true } as const

/** Whom a sweep that began at an instant erases: those ordered before it. */
export const ordersBefore = async (table: EndTable, sweep: string): Promise<readonly Order[]> =>
  (await table.all(erasingPatterns.orders, {}, consistent)).filter(({ at }) => at < sweep)

/** Notes, by numbers alone, that people were erased, and forgets who. */
export const endSweep = async (table: EndTable, orders: readonly Order[], sweep: string): Promise<void> => {
  if (orders.length === 0) return
  const numberOf = (why: Order['why']) => orders.filter(one => one.why === why).length
  await table.writeMany([
    put(
      'erased',
      erasingPatterns.erased,
      { at: sweep },
      { at: sweep, time: numberOf('time'), request: numberOf('request') },
    ),
    ...orders.map(({ person }) => remove('order', erasingPatterns.order, { person })),
  ])
}

/** Parts of the table that are read side by side. */
const segments = 4

/**
 * Goes through the whole table.
 * @param orders whom to erase
 * @returns how many items of each kind were erased (or would be, when `dry`), and the kinds that name somebody still
 */
export const sweepAll = async (
  sweep: Sweep,
  orders: readonly Whom[],
  { dry = false, progress = () => {} }: { readonly dry?: boolean; readonly progress?: (items: number) => void } = {},
): Promise<{ readonly counts: ReadonlyMap<string, number>; readonly strays: ReadonlySet<string> }> => {
  const counts = new Map<string, number>()
  const strays = new Set<string>()
  const lane = async (segment: number) => {
    let after: Key | undefined
    do {
      const page = await sweep.page({ segment, segments, after }, orders, { dry })
      for (const [what, count] of page.counts) counts.set(what, (counts.get(what) ?? 0) + count)
      for (const stray of page.strays) strays.add(stray)
      progress(page.items.length)
      after = page.next
    } while (after)
  }
  await Promise.all(Array.from({ length: segments }, (_, segment) => lane(segment)))
  return { counts, strays }
}
