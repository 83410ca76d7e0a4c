import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { PrivateRead, SharedRead } from '../../shared/kernel/route.ts'
import { call } from './api.ts'
import { FailedRead } from './failure.ts'
import { formerPages, formerRead } from './former-reads.ts'
import { type AnyInput, addressOf, type InputOf, type ReplyOf } from './request.ts'

type Read = SharedRead | PrivateRead

/** The state of a read that a screen shows: a useQuery() result, or several combined into one. */
export type Readable<Data> = {
  readonly data: Data | undefined
  readonly error: FailedRead | null
  /** Milliseconds since 1970 at which the oldest part of `data` was read; 0: never. */
  readonly dataUpdatedAt: number
  /**
   * Of content that comes by boards: milliseconds since 1970 by the server's time, until which it is known to be current;
   * 0: unknown. It is polled, so that a single failure need not be told.
   */
  readonly confirmedAt?: number
  readonly refetch: () => unknown
}

/** `every`: milliseconds between two requests, for somebody who looks. What is read alike comes by boards instead. */
export type ReadOptions = { readonly every?: number }

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
 * A read, for useQuery() and useReads(): `useQuery(read(newsContract.routes.mine, { query: {} }))`. `data` is the
 * route's reply; `error` a FailedRead.
 */
export const read = <Declared extends Read>(route: Declared, input: InputOf<Declared>, options: ReadOptions = {}) => {
  const [kind, address] = readKey(route, input)
  return queryOptions<ReplyOf<Declared>, FailedRead>({
    queryKey: [kind, address],
    initialData: (): ReplyOf<Declared> | undefined => formerRead(route.reply, address)?.data as ReplyOf<Declared>,
    initialDataUpdatedAt: () => formerRead(route.reply, address)?.at,
    queryFn: ({ signal, client, queryKey }) =>
      fetched(route, input, signal, options.every !== undefined && client.getQueryData(queryKey) !== undefined),
    ...(options.every !== undefined && { refetchInterval: options.every, staleTime: options.every }),
  })
}

type PagedReply = { readonly next?: string | undefined }
type Paged = Read & { readonly query: object }

/**
 * A paginated read, for useInfiniteQuery(): `data` is the list of pages, and ListEnd (web/ui) offers the next one.
 * `input` has no cursor.
 */
export const readPages = <Declared extends Paged>(route: Declared, input: InputOf<Declared>) => {
  const address = addressOf(route, input as AnyInput)
  return infiniteQueryOptions<
    ReplyOf<Declared>,
    FailedRead,
    readonly ReplyOf<Declared>[],
    readonly string[],
    string | undefined
  >({
    queryKey: ['pages', address],
    initialData: () =>
      formerPages(route.reply, address)?.data as InfiniteData<ReplyOf<Declared>, string | undefined> | undefined,
    initialDataUpdatedAt: () => formerPages(route.reply, address)?.at,
    queryFn: ({ signal, pageParam }) => {
      const { query, ...rest } = input as AnyInput
      const page = { ...rest, query: { ...query, cursor: pageParam } } as InputOf<Declared>
      return fetched(route, page, signal, false)
    },
    initialPageParam: undefined,
    getNextPageParam: last => (last as PagedReply).next,
    select: ({ pages }) => pages,
  })
}
