import { gunzipSync } from 'node:zlib'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { accessCookie } from '../../functions/platform/caller.ts'
import type { Caller } from '../../functions/platform/token.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { isWriting, needsKey, type Route } from '../../shared/kernel/route.ts'
import type { TestPlatform } from './platform.ts'
import { tokenOf } from './token.ts'

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>

export type CallOptions = {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  /** Signs a token for this caller; absent: signed out. */
  readonly as?: Caller | undefined
  /** Idempotency-Key; absent: a new one for each write. */
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly cookies?: readonly string[]
}

/** A handler's reply, with its body parsed. `sent`: bytes of the body as it leaves API Gateway. */
export type Called = {
  status: number
  headers: Record<string, string>
  cookies: string[]
  // biome-ignore lint/suspicious/noExplicitAny: a test reads replies of every shape
  body: any
  raw: string
  sent: number
}

const context = { functionName: 'test', getRemainingTimeInMillis: () => 10_000 } as Context

/** Calls a handler as API Gateway would behind the edge (payload format 2.0). */
export const call = async (
  handler: unknown,
  platform: TestPlatform,
  route: Route,
  { params = {}, query, body, as, key, headers = {}, cookies = [] }: CallOptions = {},
): Promise<Called> => {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((params[name] ?? '').toWellFormed()),
  )
  const token = as ? [`${accessCookie}=${tokenOf(as, platform.secrets, platform.now())}`] : []
  const event = {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      'x-preau-edge': platform.secrets.edge,
      'x-preau-host': 'ent.example',
      'x-preau-client': '192.0.2.1',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(isWriting(route) && { 'sec-fetch-site': 'same-origin' }),
      ...(needsKey(route) && { 'idempotency-key': key ?? randomId() }),
      ...headers,
    },
    cookies: [...token, ...cookies],
    pathParameters: params,
    ...(query && { queryStringParameters: query }),
    requestContext: {
      requestId: randomId(12),
      http: { method: route.method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2
  const reply = await (handler as Handler)(event, context)
  const packed = Buffer.from(reply.body ?? '', reply.isBase64Encoded ? 'base64' : 'utf8')
  const raw = (reply.headers?.['content-encoding'] === 'gzip' ? gunzipSync(packed) : packed).toString()
  return {
    status: reply.statusCode ?? 200,
    headers: (reply.headers ?? {}) as Record<string, string>,
    cookies: reply.cookies ?? [],
    body: raw ? JSON.parse(raw) : undefined,
    raw,
    sent: packed.length,
  }
}
