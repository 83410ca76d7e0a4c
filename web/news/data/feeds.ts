import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Page } from '../../../shared/kernel/page.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsSummary } from '../../../shared/news/shapes.ts'
import { read, readKey } from '../../platform/read.ts'
import { type Feed, mergeFeeds } from './feed.ts'
import { cursorsOf, feedOf } from './pages.ts'
import { useRecentlyWritten } from './recently-written.ts'

const input = (audience: string, cursor: string | undefined) => ({
  params: { audience },
  query: cursor === undefined ? {} : { cursor },
})

/**
 * The merged news of some audiences: one shared read for each, whose first page is polled. `end` reads further pages.
 */
export const useFeeds = (audiences: readonly string[]) => {
  const client = useQueryClient()
  const own = useRecentlyWritten()
  const [depths, setDepths] = useState<ReadonlyMap<string, number>>(new Map())
  const before = useRef(new Map<string, Feed>())
  const pageOf = (audience: string) => (cursor: string | undefined) =>
    client.getQueryData<Page<NewsSummary>>(readKey(newsContract.routes.list, input(audience, cursor)))

  const cursors = (audience: string) => cursorsOf(pageOf(audience), (_, pages) => pages < (depths.get(audience) ?? 1))
  const pages = audiences.flatMap(audience => cursors(audience).map(cursor => ({ audience, cursor })))
  const queries = useQueries({
    queries: pages.map(({ audience, cursor }) =>
      read(newsContract.routes.list, input(audience, cursor), { live: cursor === undefined }),
    ),
  })

  const failed = new Set(pages.flatMap(({ audience }, at) => (queries[at]?.isError ? [audience] : [])))
  const waiting = new Set(pages.flatMap(({ audience }, at) => (queries[at]?.isPending ? [audience] : [])))
  const feeds = audiences.flatMap(audience => {
    const known = pageOf(audience)(undefined) !== undefined
    if (!known && failed.has(audience)) return []
    if (!known) return [{ audience, items: [], more: true }]
    return [feedOf(audience, cursors(audience).map(pageOf(audience)), before.current.get(audience))]
  })
  for (const feed of feeds) if (!waiting.has(feed.audience)) before.current.set(feed.audience, feed)

  const merged = mergeFeeds(feeds, new Date(), own)
  const isKnown = feeds.length > 0 && (merged.items.length > 0 || waiting.size === 0)
  const updated = queries.map(query => query.dataUpdatedAt).filter(at => at > 0)
  return {
    /** For ReadState: `data` as soon as the beginning of the list is known, `error` if some of it could not be read. */
    query: {
      data: isKnown ? merged.items : audiences.length === 0 ? [] : undefined,
      error: queries.find(query => query.isError)?.error ?? null,
      dataUpdatedAt: updated.length > 0 ? Math.min(...updated) : 0,
      refetch: () => {
        for (const query of queries) if (query.isError) void query.refetch()
      },
    },
    /** For ListEnd. */
    end: {
      hasNextPage: merged.next.length > 0,
      isFetchingNextPage: waiting.size > 0,
      fetchNextPage: () =>
        setDepths(known => {
          const deeper = new Map(known)
          for (const audience of merged.next) deeper.set(audience, (known.get(audience) ?? 1) + 1)
          return deeper
        }),
    },
  }
}
