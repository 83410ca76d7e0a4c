import type * as z from 'zod/mini'

export type Key = { readonly pk: string; readonly sk: string }
type Stored = z.core.$ZodType<Key>

/** What an access pattern costs and where it is hottest, for whoever sizes or reviews the table. */
export type Cost = {
  /** Read units of one use (eventually consistent unless said), 4 KB each. */
  readonly reads?: string
  /** Write units of one use, 1 KB each; within a transaction they count twice. */
  readonly writes?: string
  /** The most asked-for partition on closure day, and how often. */
  readonly hottest: string
}

/** One item, found by its whole key. */
export type ItemPattern<Item extends Stored = Stored, Args extends readonly unknown[] = never[]> = Cost & {
  readonly item: Item
  readonly key: (...args: Args) => Key
}

/** Items of one partition whose sort keys begin alike: one Query. */
export type ListPattern<Item extends Stored = Stored, Args extends readonly unknown[] = never[]> = Cost & {
  readonly item: Item
  readonly partition: (...args: Args) => { readonly pk: string; readonly prefix: string }
}

/** Declares an access pattern of one item. */
export const one = <Item extends Stored, Args extends readonly unknown[]>(
  item: Item,
  key: (...args: Args) => Key,
  cost: Cost,
): ItemPattern<Item, Args> => ({ item, key, ...cost })

/** Declares an access pattern of a list within one partition. */
export const many = <Item extends Stored, Args extends readonly unknown[]>(
  item: Item,
  partition: (...args: Args) => { pk: string; prefix: string },
  cost: Cost,
): ListPattern<Item, Args> => ({ item, partition, ...cost })
