import type { QueryCache, QueryKey } from '@tanstack/react-query'

/** What was last read, and when that was (milliseconds since 1970). */
export type StoredRead = { readonly key: QueryKey; readonly data: unknown; readonly at: number }

/** What a device stores of its reads: all it knows, also of those that have failed since. */
export const readsIn = (cache: QueryCache): StoredRead[] =>
  cache
    .findAll({ predicate: query => query.state.data !== undefined })
    .map(({ queryKey: key, state: { data, dataUpdatedAt: at } }) => ({ key, data, at }))
