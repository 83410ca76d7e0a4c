import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { PrivateRead, SharedRead } from '../../shared/kernel/route.ts'
import { pollInterval } from './activity.ts'
import { call } from './api.ts'
import { FailedRead } from './failure.ts'
import { type AnyInput, addressOf, type InputOf, type ReplyOf } from './request.ts'

type Read = SharedRead | PrivateRead

/** The state of a read that a screen shows: a useQuery() result, or several combined into one. */
export type Readable<Data> = {
  readonly data: Data | undefined
  readonly error: FailedRead | null
  /** Milliseconds since 1970 at which the oldest part of `data` was read; 0: never. */
  readonly dataUpdatedAt: number
  readonly refetch: () => unknown
}

/** `live`: polled while the page is in use (docs/decisions/0004-freshness-of-shared-reads.md). */
export type ReadOptions = { readonly live?: boolean }

/** Query key of a read: its address, so that equal reads share one query. */
export const readKey = <Declared extends Read>(route: Declared, input: InputOf<Declared>) =>
  ['read', addressOf(route, input as AnyInput)] as const

const fetched = async <Declared extends Read>(
  route: Declared,
  input: InputOf<Declared>,
  signal: AbortSignal,
  polled: boolean,
): Promise<ReplyOf<Declared>> => {
  const reply = await call(route, input, { signal, retry: !polled })
  if (!reply.ok) throw new FailedRead(reply.problem)
  return reply.value
}

/**
 * A read, for useQuery() and useQueries(): `useQuery(read(newsContract.routes.marks, { query: {} }))`. `data` is the
 * route's reply; `error` a FailedRead.
 */
export const read = <Declared extends Read>(route: Declared, input: InputOf<Declared>, options: ReadOptions = {}) =>
  queryOptions<ReplyOf<Declared>, FailedRead>({
    queryKey: readKey(route, input),
    queryFn: ({ signal, client, queryKey }) =>
      fetched(route, input, signal, options.live === true && client.getQueryData(queryKey) !== undefined),
    ...(options.live && { refetchInterval: pollInterval, meta: { live: true } }),
  })

type PagedReply = { readonly next?: string | undefined }
type Paged = Read & { readonly query: object }

/**
 * A paginated read, for useInfiniteQuery(): `data` is the list of pages, and ListEnd (web/ui) offers the next one.
 * `input` has no cursor.
 */
export const readPages = <Declared extends Paged>(
  route: Declared,
  input: InputOf<Declared>,
  options: ReadOptions = {},
) =>
  infiniteQueryOptions<
    ReplyOf<Declared>,
    FailedRead,
    readonly ReplyOf<Declared>[],
    readonly string[],
    string | undefined
  >({
    queryKey: ['pages', addressOf(route, input as AnyInput)],
    queryFn: ({ signal, pageParam, client, queryKey }) => {
      const { query, ...rest } = input as AnyInput
      const page = { ...rest, query: { ...query, cursor: pageParam } } as InputOf<Declared>
      return fetched(route, page, signal, options.live === true && client.getQueryData(queryKey) !== undefined)
    },
    initialPageParam: undefined,
    getNextPageParam: last => (last as PagedReply).next,
    select: ({ pages }) => pages,
    ...(options.live && { refetchInterval: pollInterval, meta: { live: true } }),
  })
