import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Page } from '../../../shared/kernel/page.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsSummary } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import type { Failure } from '../../platform/failure.ts'
import { type Readable, read } from '../../platform/read.ts'
import { useReads } from '../../platform/reads.ts'
import { serverDate } from '../../platform/server-time.ts'
import { type AudienceFeed, useAudienceFeeds } from './audience-feeds.ts'
import { type Feed, type FeedEntry, type FeedRow, mergeFeeds, mergeRows } from './feed.ts'
import { cursorsOf, feedOf } from './pages.ts'
import { useRecentlyWritten } from './recently-written.ts'
import type { Whole } from './whole.ts'

/** Milliseconds for which a page of older rows is not asked for again: as long as the edge keeps it. */
const pageLifetime = 55_000

/** A page of older rows, addressed by the state of their board, so that it changes with it. */
const olderRows = ({ audience, list, isHeldApart }: AudienceFeed, cursor: string) => {
  const query = list === undefined ? { cursor } : { list, cursor }
  const page = isHeldApart
    ? read(newsContract.routes.heldList, { params: { audience }, query: { cursor } })
    : read(newsContract.routes.list, { params: { audience }, query })
  return { ...page, staleTime: pageLifetime }
}

/** What is known of a person's news. */
export type KnownNews = {
  /** The merged list, as far as it has been read. */
  readonly query: Readable<readonly FeedEntry[]>
  /** What boards hold of the newest, whatever the list shows of it: unread counts are made of these. */
  readonly newest: readonly FeedEntry[]
  /**
   * What may await something of the reader, however many items are newer: notices to sign, and what is urgent or was
   * recalled; all of the audiences in `whole.notices`.
   */
  readonly open: readonly FeedEntry[]
  /** Of these the notices to sign. */
  readonly notices: readonly FeedEntry[]
  /** The audiences of which nothing is missing: in `newest`, and in `notices`. Of others no absence may be told. */
  readonly whole: Whole
  /** For ListEnd: reads further pages, one request each. */
  readonly end: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly failure: Failure | undefined
    readonly fetchNextPage: () => void
  }
}

const idsOf = (feeds: readonly AudienceFeed[]): ReadonlySet<string> => new Set(feeds.map(({ audience }) => audience))

/** The news of a person's audiences, merged: from their boards, then older pages from the API. */
export const useFeeds = (me: Me): KnownNews => {
  const client = useQueryClient()
  const own = useRecentlyWritten()
  const known = useAudienceFeeds(me)
  const [depths, setDepths] = useState<ReadonlyMap<string, number>>(new Map())
  const before = useRef(new Map<string, Feed>())
  const shown = useRef<ReadonlySet<string>>(new Set())

  const pageOf =
    (feed: AudienceFeed) =>
    (cursor: string | undefined): Page<FeedRow> | undefined =>
      cursor === undefined ? feed.first : client.getQueryData<Page<NewsSummary>>(olderRows(feed, cursor).queryKey)
  const cursors = (feed: AudienceFeed) =>
    cursorsOf(pageOf(feed), (_, pages) => pages < (depths.get(feed.audience) ?? 1))
  const older = known.feeds.flatMap(feed =>
    cursors(feed).flatMap(cursor => (cursor === undefined ? [] : [{ feed, cursor }])),
  )
  const queries = useReads(older.map(({ feed, cursor }) => olderRows(feed, cursor)))

  const reading = new Set(older.flatMap(({ feed }, at) => (queries[at]?.isFetching && !queries[at].data ? [feed] : [])))
  const feeds = known.feeds.flatMap(feed => {
    // What could not be read, or is long in coming, holds nothing else back.
    if (!feed.first) return feed.isWaiting && !known.error ? [{ audience: feed.audience, items: [], more: true }] : []
    return [feedOf(feed.audience, cursors(feed).map(pageOf(feed)), before.current.get(feed.audience))]
  })
  for (const feed of feeds)
    if (![...reading].some(({ audience }) => audience === feed.audience)) before.current.set(feed.audience, feed)

  const now = serverDate()
  const merged = mergeFeeds(feeds, now, own, shown.current)
  const isWaiting = known.feeds.some(feed => feed.isWaiting) && !known.error
  // Not a part of it while boards are on their way, for some seconds at most: rows would move, and counts be too small.
  const isKnown = feeds.length > 0 && !isWaiting
  // "Nothing is published" is said only where all audiences have answered.
  const isTold = isKnown && (merged.items.length > 0 || known.error === null)
  if (isTold) shown.current = new Set(merged.items.map(item => item.id))
  const rowsOf = (items: (feed: AudienceFeed) => readonly FeedRow[]) =>
    mergeRows(
      known.feeds.map(feed => ({ audience: feed.audience, items: items(feed) })),
      now,
      own,
    )
  const open = rowsOf(feed => feed.open)
  return {
    query: {
      data: isTold || me.audiences.length === 0 ? merged.items : undefined,
      error: known.error,
      dataUpdatedAt: known.confirmedAt,
      confirmedAt: known.confirmedAt,
      refetch: known.refetch,
    },
    newest: rowsOf(feed => feed.first?.items ?? []),
    open,
    notices: open.filter(({ notice }) => notice !== 'none'),
    whole: {
      rows: idsOf(known.feeds.filter(({ first }) => first && first.next === undefined)),
      notices: idsOf(known.feeds.filter(({ hasAllOpen }) => hasAllOpen)),
    },
    end: {
      hasNextPage: merged.next.length > 0,
      isFetchingNextPage: reading.size > 0,
      failure: queries.find(query => query.isError)?.error?.failure,
      fetchNextPage: () => {
        const failed = queries.filter(query => query.isError)
        for (const query of failed) void query.refetch()
        if (failed.length > 0) return
        setDepths(before => {
          const deeper = new Map(before)
          for (const audience of merged.next) deeper.set(audience, (before.get(audience) ?? 1) + 1)
          return deeper
        })
      },
    },
  }
}
