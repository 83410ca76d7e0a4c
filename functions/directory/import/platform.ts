import type { Zoned } from '../../../shared/kernel/territory-day.ts'
import type { Operation } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import type { importAccess, rebuildAccess } from '../access.ts'

export type ImportTable = Table<typeof importAccess>

/** The table for what concerns people alone, whom a function makes anew outside imports, too. */
export type PeopleTable = Table<typeof rebuildAccess>

/** How far an import is: bytes of the feed read, then people compared and written. */
export type Progress = { readonly phase: 'reading' | 'writing'; readonly done: number; readonly total: number }

/**
 * What an import works with, wherever it runs; a function's Background has it. Besides, it needs the path of a feed and
 * room for a temporary file.
 */
export type ImportPlatform = Zoned & {
  readonly table: ImportTable
  readonly now: () => Date
  /** Called again and again while the import goes on. */
  readonly progress?: (progress: Progress) => void
}

export type Written = (typeof importAccess)['batch'][number]
type PeopleWritten = (typeof rebuildAccess)['batch'][number]

/** A row of some pattern, to be written whole; by default one of a person's. */
export type Put<Of extends Written = PeopleWritten> = Operation<'put', Of>

/** A row to be written or removed; by default one of a person's. */
export type Write<Of extends Written = PeopleWritten> = Operation<'put' | 'remove', Of>

/** What an import writes through: counts the rows. In a dry run nothing is written. */
export type Writer<Of extends Written = Written> = {
  readonly dryRun: boolean
  /** Writes and removes rows, in no order. No two may have one key. */
  readonly write: (operations: readonly Write<Of>[]) => Promise<void>
  /** Rows written and removed so far. */
  readonly written: () => number
}

/** A writer of rows of people alone. */
export type PeopleWriter = Writer<PeopleWritten>

export const openWriter = <Of extends Written>(
  table: { readonly writeMany: (operations: readonly Write<Of>[]) => Promise<void> },
  dryRun: boolean,
): Writer<Of> => {
  let written = 0
  return {
    dryRun,
    write: async operations => {
      if (dryRun) return
      await table.writeMany(operations)
      written += operations.length
    },
    written: () => written,
  }
}
