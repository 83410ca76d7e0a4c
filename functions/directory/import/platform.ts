import type { Operation } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import type { importAccess } from '../access.ts'

export type ImportTable = Table<typeof importAccess>

/** How far an import is: bytes of the feed read, then people compared and written. */
export type Progress = { readonly phase: 'reading' | 'writing'; readonly done: number; readonly total: number }

/**
 * What an import works with, wherever it runs; a function's Background has it. Besides, it needs the path of a feed and
 * room for a temporary file.
 */
export type ImportPlatform = {
  readonly table: ImportTable
  readonly now: () => Date
  /** Called again and again while the import goes on. */
  readonly progress?: (progress: Progress) => void
}

type Written = (typeof importAccess)['batch'][number]

/** A row of some pattern, to be written whole. */
export type Put<Of extends Written = Written> = Operation<'put', Of>

/** A row to be written or removed. */
export type Write = Operation<'put' | 'remove', Written>

/** What an import writes through: counts the rows. In a dry run nothing is written. */
export type Writer = {
  readonly dryRun: boolean
  /** Writes and removes rows, in no order. No two may have one key. */
  readonly write: (operations: readonly Write[]) => Promise<void>
  /** Rows written and removed so far. */
  readonly written: () => number
}

export const openWriter = (table: ImportTable, dryRun: boolean): Writer => {
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
