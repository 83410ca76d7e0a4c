import type { Page } from '../../shared/kernel/page.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Access, Verb } from './access.ts'
import type { Operation } from './operation.ts'
import type { ArgsOf, ItemOf, ItemPattern, Key, ListPattern } from './pattern.ts'

type Declared<Uses extends Access, Of extends Verb> = Of extends keyof Uses
  ? NonNullable<Uses[Of]> extends readonly (infer Pattern extends NonNullable<Access[Of]>[number])[]
    ? Pattern
    : never
  : never

export type ListOptions<Item = never> = {
  /** This many items, unless it is the last page. Absent: what one Query gives, 1 MB at most. */
  readonly limit?: number
  /** Which items to give; by default all. */
  readonly keep?: (item: Item) => boolean
  readonly cursor?: string | undefined
  readonly newestFirst?: boolean
} & Reading

/** `consistent` sees a write that was just made, for twice the units. */
export type Reading = { readonly consistent?: boolean }

/** An item and where it is stored. */
export type Entry<Of extends ItemPattern | ListPattern> = { readonly key: Key; readonly item: ItemOf<Of> }

/** Why a transaction was cancelled: the names of the operations whose condition was not met, or a busy item. */
export type Refusal = { readonly refused: readonly string[]; readonly busy: boolean }

/** The writes that a declared access allows within a transaction. */
export type OperationOf<Uses extends Access> =
  | Operation<'put', Declared<Uses, 'put'>>
  | Operation<'update', Declared<Uses, 'update'>>
  | Operation<'remove', Declared<Uses, 'remove'>>
  | Operation<'check', Declared<Uses, 'check'>>

/**
 * The territory's table, through the access patterns that `Uses` declares and no others. Items are returned without
 * their keys. Expired items are never returned, even if DynamoDB has not deleted them yet.
 */
export type Table<Uses extends Access> = TableOf<
  Declared<Uses, 'get'>,
  Declared<Uses, 'getMany'>,
  Declared<Uses, 'query'>,
  OperationOf<Uses>,
  Declared<Uses, 'update'>,
  Declared<Uses, 'batch'>
>

/** An interface, so that a table is accepted wherever less is done with it than it allows. */
interface TableOf<
  in Get extends ItemPattern,
  in GetMany extends ItemPattern,
  in Query extends ListPattern,
  in Transact extends Operation,
  in Update extends ItemPattern,
  in Batch extends ItemPattern,
> {
  /** The item, or undefined. */
  readonly get: <Of extends Get>(pattern: Of, args: ArgsOf<Of>, reading?: Reading) => Promise<ItemOf<Of> | undefined>
  /** The item of each key, undefined where there is none. Throws if some keys stay unprocessed after all retries. */
  readonly getMany: <Of extends GetMany>(
    pattern: Of,
    keys: readonly ArgsOf<Of>[],
    reading?: Reading,
  ) => Promise<(ItemOf<Of> | undefined)[]>
  /**
   * One page of a list: one Query, and more of them as long as items that are not kept, or have expired, leave the page
   * short. Fails with `invalid-request` on a cursor of another list.
   */
  readonly list: <Of extends Query>(
    pattern: Of,
    args: ArgsOf<Of>,
    options?: ListOptions<ItemOf<Of>>,
  ) => Promise<Result<Page<ItemOf<Of>>>>
  /** Every item of a list. Only for lists that are bounded by the size of a school. */
  readonly all: <Of extends Query>(pattern: Of, args: ArgsOf<Of>, reading?: Reading) => Promise<ItemOf<Of>[]>
  /** A list of any length, a Query's worth of items at a time. */
  readonly pages: <Of extends Query>(pattern: Of, args: ArgsOf<Of>, reading?: Reading) => AsyncGenerator<Entry<Of>[]>
  /** All of the operations or none: one transaction, up to 100 items. A refusal is expected; anything else throws. */
  readonly transact: (operations: readonly Transact[]) => Promise<Result<undefined, Refusal>>
  /** One update on its own, for counters: half the units of a transaction, and no conflicts with others' updates. */
  readonly apply: (operation: Operation<'update', Update>) => Promise<void>
  /** The same, and the attributes that it changed as they are after it. */
  readonly applyAndRead: <Of extends Update>(operation: Operation<'update', Of>) => Promise<Partial<ItemOf<Of>>>
  /**
   * One update on its own, whose condition may not be met: false, and nothing is written. An update whose reply was lost
   * is sent again, and may then meet what it wrote itself: false, too.
   */
  readonly applyIf: (operation: Operation<'update', Update>) => Promise<boolean>
  /** Puts and removes items in any order, without a transaction. Keys must be distinct. Throws if some stay unwritten. */
  readonly writeMany: (operations: readonly Operation<'put' | 'remove', Batch>[]) => Promise<void>
}
