import { createHash } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type Problem, problems, problemUri } from '../../shared/kernel/problem.ts'
import type { EdgeCache } from '../../shared/kernel/route.ts'

type Reply = APIGatewayProxyStructuredResultV2

/** Cache-Control of a shared read: the edge keeps it (RFC 9111, RFC 5861), the browser asks the edge each time. */
const sharedControl = ({ ttl, staleWhileRevalidate, staleIfError }: EdgeCache) =>
  `max-age=0, s-maxage=${ttl}, stale-while-revalidate=${staleWhileRevalidate}, stale-if-error=${staleIfError}`

/** A JSON reply. With `cache`, a shared one with its ETag; else never stored anywhere. */
export const jsonReply = (
  value: unknown,
  how: {
    status: number
    requestId: string
    cache?: EdgeCache
    ifNoneMatch?: string | undefined
    cookies?: readonly string[]
  },
): Reply => {
  const body = value === undefined ? '' : JSON.stringify(value)
  const headers: Record<string, string> = {
    'cache-control': how.cache ? sharedControl(how.cache) : 'no-store',
    'x-request-id': how.requestId,
  }
  if (body) headers['content-type'] = 'application/json'
  if (how.cache) {
    headers.etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    if (how.ifNoneMatch === headers.etag) return { statusCode: 304, headers }
  }
  return { statusCode: how.status, headers, body, ...(how.cookies && { cookies: [...how.cookies] }) }
}

/** An RFC 9457 problem document. `instance` is the request's id, for support. */
export const problemReply = (problem: Problem, requestId: string, cookies?: readonly string[]): Reply => {
  const { status, title } = problems[problem.type]
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(problem.retryAfter !== undefined && { 'retry-after': String(problem.retryAfter) }),
    },
    body: JSON.stringify({
      type: problemUri(problem.type),
      title,
      status,
      instance: `urn:preau:request:${requestId}`,
      ...(problem.errors && { errors: problem.errors }),
      ...(problem.retryAfter !== undefined && { retryAfter: problem.retryAfter }),
    }),
    ...(cookies && { cookies: [...cookies] }),
  }
}
