import * as z from 'zod/mini'
import type { Access } from '../access.ts'
import { chunks, forEachConcurrent } from '../concurrent.ts'
import { removeByKey, update } from '../operation.ts'
import { argsOf, type ItemPattern, type Key, leadingKey } from '../pattern.ts'
import { platformPatterns } from '../patterns.ts'
import type { Scan } from '../scan.ts'
import type { Table } from '../table.ts'
import type { Erased, Eraser, Erasure, Gone } from './eraser.ts'
import type { Order } from './patterns.ts'

/** Items read in one page. */
const pageSize = 1_000
/** Items changed at a time. */
const changeConcurrency = 8
/** Times that an item is read anew where something else changed it meanwhile. */
const mostAttempts = 5
/** Letters of a person's id: anything longer is none, anything in between other signs may be one. */
const idLength = 16

type Stored = { readonly key: Key; readonly fields: Readonly<Record<string, unknown>> }

/** Somebody who is erased. */
export type Whom = Pick<Order, 'person' | 'also' | 'decided'>

/** What a page of the table held of people. `strays`: key templates, or first parts of keys, of what nothing erases. */
export type Swept = {
  readonly next: Key | undefined
  readonly counts: ReadonlyMap<string, number>
  readonly strays: readonly string[]
  /** Items written or removed. */
  readonly written: number
  readonly items: readonly Stored[]
}

/** The ids among `ids` that stand in an item: in its key, or anywhere in its fields. */
const namedIn = ({ key, fields }: Stored, ids: Pick<Gone, 'has'>): string[] => {
  const words = JSON.stringify([key, fields]).split(/[^0-9a-z]+/)
  return words.filter(word => word.length === idLength && ids.has(word))
}

const changed = (fields: Stored['fields'], change: Extract<Erased, { readonly set?: unknown }>) => {
  const taken = new Set(change.remove ?? [])
  const kept = Object.entries({ ...fields, ...change.set }).filter(([name]) => !taken.has(name))
  return Object.fromEntries(kept)
}

const isOperations = (erased: Erased): erased is Extract<Erased, readonly unknown[]> => Array.isArray(erased)

type Done = { readonly erased: Erased; readonly fields: Stored['fields'] } | undefined

/** True of an item that names somebody who is erased, once its eraser has done its part. */
const isNamed = (stored: Stored, done: Done, gone: Gone): boolean =>
  !isOperations(done?.erased) && namedIn({ ...stored, fields: done?.fields ?? stored.fields }, gone).length > 0

/** The first parts of a key, which name nobody: `S# M#`. */
const kindOf = ({ pk, sk }: Key): string => [pk, sk].map(part => part.split('#')[0]).join('# ')

/**
 * Opens what reads the table page by page and erases people from it, as the features declare it. Repeating a page is
 * harmless. Somebody whom a delivery has described again since they were to be erased is a person of the directory again,
 * and is left alone.
 * @param scan of the same table as `table`
 */
export const openSweep = (scan: Scan, table: Table<Access>, erasures: readonly Erasure[]) => {
  const erasers = Map.groupBy(
    erasures.flatMap(one => one.erasers),
    ({ of }) => leadingKey(of),
  )
  const removable = erasures.flatMap(({ access }) => access.batch ?? [])
  const found = (key: Key): Eraser | undefined =>
    [...erasers]
      .filter(([prefix]) => key.pk.startsWith(prefix))
      .flatMap(([, of]) => of)
      .find(({ of }) => argsOf(of, key))

  /** Those of them whom the directory has. */
  const living = async (ids: readonly string[]): Promise<Set<string>> => {
    const keys = ids.map(person => ({ person }))
    const people = await table.getMany(platformPatterns.callerAccess as ItemPattern, keys as never, {
      consistent: true,
    })
    return new Set(ids.filter((_, at) => people[at]))
  }

  /** Does what an item's eraser says. @returns whether it was erased, and whether it still names somebody. */
  const eraseOne = async (stored: Stored, eraser: Eraser, gone: Gone, dry: boolean) => {
    const { of } = eraser
    const args = argsOf(of, stored.key) as never
    let fields: Stored['fields'] | undefined = stored.fields
    for (let attempt = 1; attempt <= mostAttempts && fields; attempt++) {
      const read = z.safeParse(of.item, fields)
      // What cannot be read is told like what nothing erases, if it names somebody.
      if (!read.success) return { erased: undefined, fields }
      const erased: Erased<never> = await eraser.erase(table, args, read.data as never, gone)
      if (erased === undefined || erased === 'remove') return { erased, fields }
      if (erased === 'kept') return { erased: undefined, fields: {}, kept: true }
      if (isOperations(erased)) {
        if (dry || (await table.transact(erased)).ok) return { erased, fields: {} }
      } else {
        const change = erased as { set?: Record<string, unknown>; remove?: string[] }
        const next = changed(fields, change)
        const names = [...Object.keys(change.set ?? {}), ...(change.remove ?? [])]
        if (names.length === 0) return { erased: undefined, fields }
        const is = Object.fromEntries(names.map(name => [name, fields?.[name]]))
        if (dry || (await table.applyIf(update('erased', of, args, change as never, { is } as never))))
          return { erased, fields: next }
      }
      fields = (await table.get(of, args, { consistent: true })) as Stored['fields'] | undefined
    }
    if (fields) throw new Error('an item was changed by others at each attempt to erase somebody from it')
    return { erased: undefined, fields: {} }
  }

  /**
   * @param orders whom to erase
   * @param dry nothing is written: only told what would be
   */
  const page = async (
    part: { readonly segment: number; readonly segments: number; readonly after?: Key | undefined },
    orders: readonly Whom[],
    { dry = false } = {},
  ): Promise<Swept> => {
    const { items, next } = await scan({ ...part, limit: pageSize })
    const ids = new Set(orders.flatMap(({ person, also }) => [person, ...also]))
    const looked = items.flatMap(stored => {
      const named = namedIn(stored, ids)
      const eraser = found(stored.key)
      return named.length > 0 || eraser?.opaque ? [{ stored, named, eraser }] : []
    })
    const alive = dry ? new Set() : await living([...new Set(looked.flatMap(({ named }) => named))])
    const decided = new Set(orders.flatMap(one => one.decided))
    const gone: Gone = { has: id => ids.has(id) && !alive.has(id), decided }
    const counts = new Map<string, number>()
    const strays: string[] = []
    const removed: Key[] = []
    let written = 0
    await forEachConcurrent(
      looked,
      async ({ stored, eraser }) => {
        const done = eraser && (await eraseOne(stored, eraser, gone, dry))
        if (done?.erased !== undefined) {
          written++
          counts.set(eraser?.what ?? '', (counts.get(eraser?.what ?? '') ?? 0) + 1)
        }
        if (done?.erased === 'remove') removed.push(stored.key)
        else if (!done?.kept && isNamed(stored, done, gone))
          strays.push(eraser ? `${eraser.of.pk} ${eraser.of.sk}` : kindOf(stored.key))
      },
      changeConcurrency,
    )
    if (!dry)
      for (const keys of chunks(removed, 100))
        await table.writeMany(keys.map(key => removeByKey('erased', removable, key)))
    return { next, counts, strays, written, items }
  }

  return { page }
}

export type Sweep = ReturnType<typeof openSweep>
