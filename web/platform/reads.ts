import {
  notifyManager,
  QueryObserver,
  type QueryObserverOptions,
  type QueryObserverResult,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { FailedRead } from './failure.ts'

type Observer<Data> = QueryObserver<Data, FailedRead>
type State<Data> = QueryObserverResult<Data, FailedRead>

type Read<Data> = QueryObserverOptions<Data, FailedRead, Data, Data, readonly unknown[]>

/**
 * The state of each of several reads, in their order, for what Home shows. TanStack's useQuery() and useQueries() can do
 * more (suspense, errors thrown to boundaries, combined results), which would be 1.7 KB of every first visit.
 */
export const useReads = <Data>(reads: readonly Read<Data>[]): readonly State<Data>[] => {
  const client = useQueryClient()
  const known = useRef(new Map<string, Observer<Data>>())
  const observed = reads.map(read => {
    const options = { ...client.defaultQueryOptions(read), _optimisticResults: 'optimistic' as const }
    const observer = known.current.get(options.queryHash) ?? new QueryObserver(client, options)
    known.current.set(options.queryHash, observer)
    return { observer, options }
  })
  // Those of a read that has not begun say so already, as it will have when this is on the screen.
  // A component renders again when a field that it has read changes.
  const states = observed.map(({ observer, options }) => observer.trackResult(observer.getOptimisticResult(options)))
  useEffect(() => {
    for (const { observer, options } of observed) observer.setOptions(options)
  })
  const which = observed.map(({ options }) => options.queryHash).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the observers follow from which reads there are.
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = observed.map(({ observer }) => observer.subscribe(notifyManager.batchCalls(listener)))
      for (const { observer } of observed) observer.updateResult()
      return () => {
        for (const stop of stops) stop()
      }
    },
    [which],
  )
  const last = useRef<readonly State<Data>[]>([])
  const current = () => {
    const now = observed.map(({ observer }) => observer.getCurrentResult())
    if (now.length !== last.current.length || now.some((one, at) => one !== last.current[at])) last.current = now
    return last.current
  }
  useSyncExternalStore(subscribe, current)
  return states
}

/** The state of one read, as useReads() gives it. */
export const useRead = <Data>(read: Read<Data>): State<Data> => {
  const [state] = useReads([read])
  return state as State<Data>
}
