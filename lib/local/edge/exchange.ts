import type { Headers, Origin, OriginReply } from '../http.ts'
import type { Now } from '../now.ts'
import { type Answer, failurePage, linesOf } from './answer.ts'
import type { Behaviour } from './behaviour.ts'
import { cacheKeyOf } from './cache-key.ts'
import type { Count } from './counts.ts'
import { type Accepted, accepted, compressed } from './encoding.ts'
import { EdgeFailure } from './failure.ts'
import type { Freshness, freshnessOf } from './freshness.ts'
import { ask, originRequestOf } from './origin.ts'
import type { ViewerRequest } from './request.ts'
import { headersPolicy } from './response-headers.ts'
import { originSelection } from './selection.ts'
import type { Copy, Store } from './store.ts'

export type Exchange = {
  readonly store: Store
  readonly freshness: ReturnType<typeof freshnessOf>
  readonly origin: Origin
  readonly via: string
  readonly count: Count
  /** What is being fetched from origins: all behaviours add to it. */
  readonly fetches: Set<Promise<unknown>>
  readonly now: Now
}

/** The origin's reply, or the edge's own failure page and its cause. */
type Reply = OriginReply & { readonly cause?: string }

/** The result of a fetch. `shared`: whether viewers who wait for an identical request may get it too. */
type Fetched = { readonly answer: Answer; readonly shared: boolean }

/** With a minimum TTL of 0, CloudFront does not collapse requests for what may not be kept at all, as `max-age=0` says. */
const isShared = ({ lifetime }: Freshness): boolean => lifetime > 0

const statusOf = (status: number, otherwise: Answer['result']) => (status >= 400 ? 'Error' : otherwise)

const answerFromCopy = (copy: Copy, result: Answer['result']): Answer => ({
  result: statusOf(copy.status, result),
  status: copy.status,
  lines: copy.lines,
  body: copy.body,
  etag: copy.etag,
  lastModified: copy.lastModified,
  date: copy.date,
  age: copy.freshness.age(),
})

/**
 * Answers the requests of one behaviour from the cache or the origin. Identical requests in progress are collapsed into
 * one request to the origin, unless a cookie is forwarded: then the replies may be personal.
 */
export const exchangeOf = (behaviour: Behaviour, { store, freshness, origin, via, count, fetches, now }: Exchange) => {
  const keyOf = cacheKeyOf(behaviour)
  const originRequest = originRequestOf(behaviour, via)
  const applyHeaders = headersPolicy(behaviour.responseHeaders)
  const caches = behaviour.cache.MaxTTL > 0
  const collapses = caches && !originSelection(behaviour.cache, behaviour.forward).cookies
  const inProgress = new Map<string, Promise<Fetched>>()
  const dateOf = (headers: Headers) => headers.date?.[0] ?? new Date(now()).toUTCString()

  /** @param conditions the edge's own conditional headers; if absent, the viewer's are sent to the origin. */
  const send = async (
    request: ViewerRequest,
    id: string,
    encodings: Accepted,
    conditions?: Headers,
  ): Promise<Reply> => {
    count.origin++
    try {
      return await ask(origin, behaviour.origin, originRequest(request, id, { conditions, encodings }))
    } catch (error) {
      if (!(error instanceof EdgeFailure)) throw error
      return { status: error.status, ...failurePage(error.status), cause: error.message }
    }
  }

  const uncached = ({ status, headers, body, cause }: Reply): Answer => ({
    result: statusOf(status, 'Miss'),
    status,
    lines: linesOf(applyHeaders(headers)),
    body,
    date: headers.date?.[0],
    cause,
  })

  const storeReply = async (key: string, encodings: Accepted, reply: Reply): Promise<Fetched> => {
    const fresh = freshness(reply, behaviour)
    if (!fresh) {
      store.delete(key)
      return { answer: uncached(reply), shared: false }
    }
    const { headers, body } = await compressed(reply, encodings, behaviour)
    const copy: Copy = {
      status: reply.status,
      received: reply.headers,
      freshness: fresh,
      lines: linesOf(applyHeaders(headers)),
      etag: headers.etag?.[0],
      lastModified: headers['last-modified']?.[0],
      date: dateOf(headers),
      body,
    }
    store.set(key, copy)
    const answer = { ...answerFromCopy(copy, 'Miss'), age: undefined, cause: reply.cause }
    return { answer, shared: isShared(fresh) }
  }

  /** Updates a copy by the origin's 304; undefined if the 304 is about another version, or forbids the cache. */
  const revalidate = (key: string, copy: Copy, reply: OriginReply): Fetched | undefined => {
    if (!copy.freshness.isConfirmedBy(reply.headers)) return undefined
    const { 'content-encoding': _, 'content-range': __, ...updates } = reply.headers
    const received = { ...copy.received, ...updates }
    const fresh = freshness({ status: copy.status, headers: received }, behaviour)
    if (!fresh) return undefined
    const encoded = copy.lines.includes('content-encoding') && !copy.received['content-encoding']
    // A copy that the edge compressed keeps its header lines: the origin's ETag and encoding are not those of the copy.
    const next = {
      ...copy,
      received,
      freshness: fresh,
      date: dateOf(reply.headers),
      ...(!encoded && { lines: linesOf(applyHeaders(received)) }),
    }
    store.set(key, next)
    return { answer: answerFromCopy(next, 'RefreshHit'), shared: isShared(fresh) }
  }

  const fetchFromOrigin = async (
    request: ViewerRequest,
    id: string,
    key: string,
    encodings: Accepted,
  ): Promise<Fetched> => {
    const stored = store.get(key)
    const copy = stored && stored.status < 400 ? stored : undefined
    let reply = await send(request, id, encodings, caches ? (copy?.freshness.validators() ?? {}) : undefined)
    if (reply.status === 304 && copy) {
      const revalidated = revalidate(key, copy, reply)
      if (revalidated) return revalidated
      reply = await send(request, id, encodings, {})
    }
    if (reply.status >= 500 && copy?.freshness.isUsableOnError())
      return { answer: { ...answerFromCopy(copy, 'Hit'), stale: true, cause: reply.cause }, shared: true }
    return storeReply(key, encodings, reply)
  }

  const startFetch = (request: ViewerRequest, id: string, key: string, encodings: Accepted): Promise<Fetched> => {
    const fetching = fetchFromOrigin(request, id, key, encodings).finally(() => {
      fetches.delete(fetching)
      if (inProgress.get(key) === fetching) inProgress.delete(key)
    })
    fetches.add(fetching)
    if (!inProgress.has(key)) inProgress.set(key, fetching)
    return fetching
  }

  return async (request: ViewerRequest, id: string): Promise<Answer> => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || request.headers.range) {
      const encodings = isRead ? accepted(request.headers['accept-encoding']?.join(','), behaviour) : ''
      return uncached(await send(request, id, encodings))
    }
    const { key, encodings } = keyOf(request)
    const copy = store.get(key)
    if (copy?.freshness.isFresh()) return answerFromCopy(copy, 'Hit')
    if (request.method === 'HEAD') return uncached(await send(request, id, encodings))
    if (copy?.freshness.isUsableWhileRevalidating()) {
      if (!inProgress.has(key)) startFetch(request, id, key, encodings).catch(() => {})
      return { ...answerFromCopy(copy, 'Hit'), stale: true }
    }
    const identical = collapses ? inProgress.get(key) : undefined
    if (identical) {
      const { answer, shared } = await identical
      if (shared) return { ...answer, result: statusOf(answer.status, 'Hit'), collapsed: true }
    }
    return (await startFetch(request, id, key, encodings)).answer
  }
}
