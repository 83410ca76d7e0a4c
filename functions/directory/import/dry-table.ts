import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import { ok } from '../../../shared/kernel/result.ts'
import type { Operation } from '../../platform/operation.ts'
import { type ItemPattern, type Key, keyOf, type ListPattern, listOf } from '../../platform/pattern.ts'
import type { ImportTable } from './platform.ts'

type Row = { readonly sk: string; readonly body: string | null }
type Entries = { readonly key: Key; readonly item: unknown }[]

/** After every text that begins with another one. */
const last = '\u{10ffff}'

/**
 * A table as an import finds it that follows others of a dry run: what those would write is kept in a temporary file,
 * and read in place of what is stored. So a dry run of several deliveries tells what it would do of all of them, also
 * whom they would join.
 */
export const openDryTable = (table: ImportTable): { readonly table: ImportTable; readonly close: () => void } => {
  const db = new DatabaseSync('')
  db.exec(
    'PRAGMA synchronous = OFF; CREATE TABLE item (pk TEXT, sk TEXT, body TEXT, PRIMARY KEY (pk, sk)) WITHOUT ROWID',
  )
  const set = db.prepare('INSERT OR REPLACE INTO item VALUES (?, ?, ?)')
  const one = db.prepare('SELECT sk, body FROM item WHERE pk = ? AND sk = ?')
  const some = db.prepare('SELECT sk, body FROM item WHERE pk = ? AND sk >= ? AND sk < ? ORDER BY sk')

  const keep = (operations: readonly Operation[]): void => {
    db.exec('BEGIN')
    for (const { verb, key, fields } of operations)
      if (verb === 'put' || verb === 'remove') set.run(key.pk, key.sk, verb === 'put' ? JSON.stringify(fields) : null)
    db.exec('COMMIT')
  }
  const parsed = (pattern: ItemPattern | ListPattern, body: string | null): unknown =>
    body === null ? undefined : z.parse(pattern.item, JSON.parse(body))

  async function* pages(pattern: ListPattern, args: never, reading: object): AsyncGenerator<Entries> {
    const { pk, begins } = listOf(pattern, args)
    const kept = some.all(pk, begins, begins + last) as Row[]
    const written = new Set(kept.map(({ sk }) => sk))
    for await (const page of table.pages(pattern as never, args, reading))
      yield (page as Entries).filter(({ key }) => !written.has(key.sk))
    yield kept.flatMap(({ sk, body }) => (body === null ? [] : [{ key: { pk, sk }, item: parsed(pattern, body) }]))
  }

  const getMany = async (pattern: ItemPattern, all: readonly never[], reading: object): Promise<unknown[]> => {
    const stored = (await table.getMany(pattern as never, all, reading)) as unknown[]
    return all.map((args, at) => {
      const { pk, sk } = keyOf(pattern, args)
      const row = one.get(pk, sk) as Row | undefined
      return row ? parsed(pattern, row.body) : stored[at]
    })
  }

  const dry = {
    ...table,
    pages,
    getMany,
    get: async (pattern: ItemPattern, args: never, reading: object) => {
      const { pk, sk } = keyOf(pattern, args)
      const row = one.get(pk, sk) as Row | undefined
      return row ? parsed(pattern, row.body) : table.get(pattern as never, args, reading)
    },
    all: async (pattern: ListPattern, args: never, reading: object) => {
      const entries: Entries = []
      for await (const page of pages(pattern, args, reading)) entries.push(...page)
      return entries.sort((a, b) => (a.key.sk < b.key.sk ? -1 : 1)).map(({ item }) => item)
    },
    transact: async (operations: readonly Operation[]) => {
      keep(operations)
      return ok(undefined)
    },
    writeMany: async (operations: readonly Operation[]) => keep(operations),
  }
  return { table: dry as unknown as ImportTable, close: () => db.close() }
}
