import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Headers, OriginReply, OriginRequest } from './http.ts'

/** What API Gateway adds to a request: the matched route and its own ids. */
export type Matched = {
  readonly routeKey: string
  /** As they stand in the path, percent-encoded. */
  readonly pathParameters: Readonly<Record<string, string>>
  readonly requestId: string
  readonly apiId: string
  readonly accountId: string
  readonly domain: string
  readonly now: Date
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** As in an access log: `24/Nov/2026:19:24:19 +0000`. */
const logTime = (now: Date): string =>
  `${now.toISOString().slice(8, 10)}/${months[now.getUTCMonth()]}/${now.getUTCFullYear()}:${now.toISOString().slice(11, 19)} +0000`

const isText = (type: string): boolean =>
  /^(text\/|application\/(json|javascript|xml|[a-z0-9.+-]+\+(json|xml)))/i.test(type)

const joined = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(',')]))

const queryOf = (query: string): Record<string, string> => {
  const values: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    const before = Object.hasOwn(values, name) ? `${values[name]},` : ''
    values[name] = before + value
  }
  return values
}

/**
 * The event of a request, payload format version 2.0
 * (Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs").
 */
export const httpEvent = ({ method, url, headers, body }: OriginRequest, matched: Matched): APIGatewayProxyEventV2 => {
  const [path = '/', query = ''] = url.split(/\?(.*)/s)
  const { cookie, ...rest } = joined(headers)
  const cookies = cookie?.split(/; ?/).filter(pair => pair !== '')
  const parameters = Object.entries(matched.pathParameters)
  const asText = isText(headers['content-type']?.[0] ?? '')
  return {
    version: '2.0',
    routeKey: matched.routeKey,
    rawPath: decoded(path),
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers: {
      ...rest,
      host: matched.domain,
      'content-length': String(body.length),
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    },
    ...(query !== '' && { queryStringParameters: queryOf(query) }),
    ...(parameters.length > 0 && {
      pathParameters: Object.fromEntries(parameters.map(([name, value]) => [name, decoded(value)])),
    }),
    requestContext: {
      accountId: matched.accountId,
      apiId: matched.apiId,
      domainName: matched.domain,
      domainPrefix: matched.domain.split('.')[0] ?? '',
      http: {
        method,
        path: decoded(path),
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: rest['user-agent'] ?? '',
      },
      requestId: matched.requestId,
      routeKey: matched.routeKey,
      stage: '$default',
      time: logTime(matched.now),
      timeEpoch: matched.now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(asText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !asText,
  }
}

type Structured = {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string | number | boolean>>
  readonly cookies?: readonly string[]
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

const isStructured = (payload: unknown): payload is Structured =>
  typeof payload === 'object' && payload !== null && typeof (payload as Structured).statusCode === 'number'

/** A reply that API Gateway itself generates. */
export const message = (status: number, text: string): OriginReply => ({
  status,
  headers: { 'content-type': ['application/json'] },
  body: Buffer.from(JSON.stringify({ message: text })),
})

/** The HTTP reply of a function's payload: as its `statusCode` and headers say, or the payload as JSON if it has none. */
export const httpReply = (payload: unknown): OriginReply => {
  if (!isStructured(payload))
    return {
      status: 200,
      headers: { 'content-type': ['application/json'] },
      body: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    }
  const body = Buffer.from(payload.body ?? '', payload.isBase64Encoded ? 'base64' : 'utf8')
  const headers: Headers = {}
  for (const [name, value] of Object.entries(payload.headers ?? {})) headers[name.toLowerCase()] = [String(value)]
  if (payload.cookies && payload.cookies.length > 0) headers['set-cookie'] = [...payload.cookies]
  if (body.length > 0 && !headers['content-type']) headers['content-type'] = ['text/plain;charset=UTF-8']
  return { status: payload.statusCode, headers, body }
}
