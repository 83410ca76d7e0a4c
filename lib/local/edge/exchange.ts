import type { Headers, Origin, OriginReply } from '../http.ts'
import { type Answer, failurePage, linesOf } from './answer.ts'
import type { Behaviour } from './behaviour.ts'
import { cacheKeyOf } from './cache-key.ts'
import type { Count } from './counts.ts'
import { type Accepted, accepted, compressed } from './encoding.ts'
import { EdgeFailure } from './failure.ts'
import type { freshnessOf } from './freshness.ts'
import { ask, originRequestOf } from './origin.ts'
import type { ViewerRequest } from './request.ts'
import { withPolicy } from './response-headers.ts'
import { originSelection } from './selection.ts'
import type { Copy, Store } from './store.ts'

export type Exchange = {
  readonly store: Store
  readonly freshness: ReturnType<typeof freshnessOf>
  readonly origin: Origin
  readonly via: string
  readonly count: Count
}

/** What the origin sent, or what the edge says in its place, and why. */
type Reply = OriginReply & { readonly cause?: string }

/** What a fetch gave; whether others who wait for the same may have it too. */
type Fetched = { readonly answer: Answer; readonly shared: boolean }

const statusOf = (status: number, otherwise: Answer['result']) => (status >= 400 ? 'Error' : otherwise)

const copyOf = (copy: Copy, result: Answer['result']): Answer => ({
  result: statusOf(copy.status, result),
  status: copy.status,
  lines: copy.lines,
  body: copy.body,
  etag: copy.etag,
  lastModified: copy.lastModified,
  age: copy.freshness.age(),
})

/**
 * Answers the requests of one behaviour: from the cache, or from the origin through it. Identical requests under way
 * are one to the origin, unless a cookie is forwarded: then each may be somebody's own.
 */
export const exchangeOf = (behaviour: Behaviour, { store, freshness, origin, via, count }: Exchange) => {
  const keyOf = cacheKeyOf(behaviour)
  const originRequest = originRequestOf(behaviour, via)
  const dress = withPolicy(behaviour.responseHeaders)
  const caches = behaviour.cache.MaxTTL > 0
  const collapses = caches && !originSelection(behaviour.cache, behaviour.forward).cookies
  const underWay = new Map<string, Promise<Fetched>>()

  /** @param conditions the edge's own; without, the viewer's go to the origin. */
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

  const passed = ({ status, headers, body, cause }: Reply): Answer => ({
    result: statusOf(status, 'Miss'),
    status,
    lines: linesOf(dress(headers)),
    body,
    cause,
  })

  const keep = async (key: string, encodings: Accepted, reply: Reply): Promise<Fetched> => {
    const fresh = freshness(reply, behaviour)
    if (!fresh) {
      store.delete(key)
      return { answer: passed(reply), shared: false }
    }
    const { headers, body } = await compressed(reply, encodings, behaviour)
    const copy: Copy = {
      status: reply.status,
      received: reply.headers,
      freshness: fresh,
      lines: linesOf(dress(headers)),
      etag: headers.etag?.[0],
      lastModified: headers['last-modified']?.[0],
      body,
    }
    store.set(key, copy)
    return { answer: { ...copyOf(copy, 'Miss'), age: undefined, cause: reply.cause }, shared: true }
  }

  const renewed = (key: string, copy: Copy, reply: OriginReply): Fetched | undefined => {
    if (!copy.freshness.isConfirmedBy(reply.headers)) return undefined
    const { 'content-encoding': _, 'content-range': __, ...updates } = reply.headers
    const received = { ...copy.received, ...updates }
    const fresh = freshness({ status: copy.status, headers: received }, behaviour)
    if (!fresh) return undefined
    const encoded = copy.lines.includes('content-encoding') && !copy.received['content-encoding']
    // A copy compressed here keeps its own lines: the ETag and the encoding are those of this copy.
    const next = { ...copy, received, freshness: fresh, ...(!encoded && { lines: linesOf(dress(received)) }) }
    store.set(key, next)
    return { answer: copyOf(next, 'RefreshHit'), shared: true }
  }

  const fetched = async (request: ViewerRequest, id: string, key: string, encodings: Accepted): Promise<Fetched> => {
    const kept = store.get(key)
    const copy = kept && kept.status < 400 ? kept : undefined
    let reply = await send(request, id, encodings, caches ? (copy?.freshness.validators() ?? {}) : undefined)
    if (reply.status === 304 && copy) {
      const again = renewed(key, copy, reply)
      if (again) return again
      reply = await send(request, id, encodings, {})
    }
    if (reply.status >= 500 && copy?.freshness.isUsableOnError())
      return { answer: { ...copyOf(copy, 'Hit'), stale: true, cause: reply.cause }, shared: true }
    return keep(key, encodings, reply)
  }

  const start = (request: ViewerRequest, id: string, key: string, encodings: Accepted): Promise<Fetched> => {
    const fetching = fetched(request, id, key, encodings).finally(() => {
      if (underWay.get(key) === fetching) underWay.delete(key)
    })
    if (!underWay.has(key)) underWay.set(key, fetching)
    return fetching
  }

  return async (request: ViewerRequest, id: string): Promise<Answer> => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (!reads || request.headers.range) {
      const encodings = reads ? accepted(request.headers['accept-encoding']?.join(','), behaviour) : ''
      return passed(await send(request, id, encodings))
    }
    const { key, encodings } = keyOf(request)
    const copy = store.get(key)
    if (copy?.freshness.isFresh()) return copyOf(copy, 'Hit')
    if (request.method === 'HEAD') return passed(await send(request, id, encodings))
    if (copy?.freshness.isUsableMeanwhile()) {
      if (!underWay.has(key)) start(request, id, key, encodings).catch(() => {})
      return { ...copyOf(copy, 'Hit'), stale: true }
    }
    const waitedFor = collapses ? underWay.get(key) : undefined
    if (waitedFor) {
      const { answer, shared } = await waitedFor
      if (shared) return { ...answer, result: statusOf(answer.status, 'Hit'), collapsed: true }
    }
    return (await start(request, id, key, encodings)).answer
  }
}
