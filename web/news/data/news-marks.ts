import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { homeContract } from '../../../shared/home/contract.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { call, onSessionEnd } from '../../platform/api.ts'
import type { FailedRead } from '../../platform/failure.ts'
import { formerRead } from '../../platform/former-reads.ts'
import { read, readKey } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { useChangedAccess } from './changed-access.ts'
import { doneHere, startSending } from './done-here.ts'
import type { FeedEntry } from './feed.ts'
import { isKnown, type Marks, marksOf, privateInterval, unconfirmed } from './marks.ts'

/** The most items of one request (shared/news/contract.ts). */
const mostMarked = 20

/** Marks of older items, as they were asked for with the pages that hold these. */
const marked = queryOptions<readonly NewsMark[], FailedRead>({
  queryKey: ['news', 'marked'],
  queryFn: () => [],
  enabled: false,
  gcTime: Number.POSITIVE_INFINITY,
})

export type KnownMarks = {
  /** Undefined while nothing is known. */
  readonly marks: Marks | undefined
  /** True while they are asked for and this device holds none. */
  readonly isLoading: boolean
}

/**
 * What the reader did with their news: one private read a visit, then one each three minutes and after their acts, which
 * tells what is private of the work as well. Until it is there, what the release before stored is shown. `isAsked` false:
 * as this device last knew it.
 */
export const useMarks = ({ isAsked = true } = {}): KnownMarks => {
  const client = useQueryClient()
  const asking = useRead({
    ...read(homeContract.routes.state, {}, { every: privateInterval }),
    enabled: isAsked,
  })
  const { isLoading } = asking
  const former = useMemo(
    () => formerRead(newsContract.routes.state.reply, readKey(newsContract.routes.state, {})[1])?.data,
    [],
  )
  const state = asking.data?.news ?? former
  useChangedAccess(asking)
  const { data: here } = useRead(doneHere)
  const { data: older } = useRead(marked)
  useEffect(startSending, [])
  useEffect(() => {
    if (!state) return
    client.setQueryData(doneHere.queryKey, known => known && unconfirmed(known, state))
  }, [client, state])
  return { marks: useMemo(() => marksOf(state, here, older), [state, here, older]), isLoading }
}

/** Items whose marks this page has asked for. */
const asked = new Set<string>()
onSessionEnd(() => asked.clear())

const askMarks = async (client: QueryClient, news: readonly string[]): Promise<void> => {
  for (const one of news) asked.add(one)
  const reply = await call(newsContract.routes.marked, { query: { news: news.join(',') } }, { retry: false })
  if (reply.ok)
    client.setQueryData(marked.queryKey, (known = []) => {
      const fresh = new Set(reply.value.items.map(one => one.news))
      return [...reply.value.items, ...known.filter(one => !fresh.has(one.news))].slice(0, 500)
    })
  else for (const one of news) asked.delete(one)
}

/** Asks for the marks of older items, of which the state tells nothing: once, with the page that holds them. */
export const useOlderMarks = (items: readonly FeedEntry[] | undefined, marks: Marks | undefined): void => {
  const client = useQueryClient()
  const unknown = marks ? (items ?? []).filter(one => !isKnown(one, marks)).map(({ id }) => id) : []
  const key = unknown.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same items make the same key.
  useEffect(() => {
    const left = unknown.filter(id => !asked.has(id))
    for (let at = 0; at < left.length; at += mostMarked) void askMarks(client, left.slice(at, at + mostMarked))
  }, [client, key])
}
