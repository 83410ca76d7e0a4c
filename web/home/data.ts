import { useQueries, useQuery } from '@tanstack/react-query'
import { newsContract } from '../../shared/news/contract.ts'
import { publishesAs, runsSchool } from '../../shared/news/rules.ts'
import type { PublishedNews } from '../../shared/news/shapes.ts'
import type { Me } from '../../shared/session/contract.ts'
import { type FeedEntry, mergeFeeds } from '../news/data/feed.ts'
import { type Marks, marksOf } from '../news/data/reading.ts'
import { read } from '../platform/read.ts'
import type { Readable } from '../ui/read-state.tsx'

const { list, marks, mine, ofSchool } = newsContract.routes

/** The beginning of the merged news of one's audiences: one shared read each. */
export const useLatest = (me: Me): Readable<readonly FeedEntry[]> => {
  const queries = useQueries({
    queries: me.audiences.map(({ id }) => read(list, { params: { audience: id }, query: {} }, { live: true })),
  })
  const feeds = me.audiences.flatMap(({ id }, at) => {
    const query = queries[at]
    if (query?.data) return [{ audience: id, items: query.data.items, more: query.data.next !== undefined }]
    return query?.isError ? [] : [{ audience: id, items: [], more: true }]
  })
  const { items } = mergeFeeds(feeds, new Date())
  const isKnown = queries.every(query => !query.isPending) && (feeds.length > 0 || queries.length === 0)
  const updated = queries.map(query => query.dataUpdatedAt).filter(at => at > 0)
  return {
    data: isKnown ? items : undefined,
    error: queries.find(query => query.isError)?.error ?? null,
    dataUpdatedAt: updated.length > 0 ? Math.min(...updated) : 0,
    refetch: () => {
      for (const query of queries) if (query.isError) void query.refetch()
    },
  }
}

/** What a publisher follows: all of the school they run, or what they published. */
export type Followed = { readonly of: 'school' | 'mine'; readonly items: readonly PublishedNews[] }

/**
 * What is private of Home, in one request: of a guardian, a pupil or staff, what they did with the news; of those who
 * publish, what they still wait for. The other of the two is shown as this device last knew it. `isAwaited`: it is on its way
 * for the first time, and what is shown before would be put in another order once it is there.
 */
export const usePrivate = (
  me: Me,
): { marks: Marks | undefined; followed: Followed | undefined; isAwaited: boolean } => {
  const signs = me.children.length > 0
  const run = me.schools.find(({ uai }) => runsSchool(me.roles, uai))
  const isPublisher = me.schools.some(({ uai }) => publishesAs(me.roles, uai) !== undefined)
  const follows = isPublisher && !signs
  const marked = useQuery({ ...read(marks, { query: {} }), enabled: !follows })
  const ofRun = useQuery({
    ...read(ofSchool, { params: { uai: run?.uai ?? '' }, query: {} }),
    enabled: follows && run !== undefined,
  })
  const own = useQuery({ ...read(mine, { query: {} }), enabled: follows && run === undefined })
  const published = run ? ofRun.data : own.data
  return {
    marks: marked.data && marksOf(marked.data.items, marked.data.next === undefined),
    isAwaited: marked.isLoading || ofRun.isLoading || own.isLoading,
    followed: isPublisher && published ? { of: run ? 'school' : 'mine', items: published.items } : undefined,
  }
}
