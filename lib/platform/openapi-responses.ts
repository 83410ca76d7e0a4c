import { type CommonProblem, commonProblems, type ProblemTable, problemUri } from '../../shared/kernel/problem.ts'
import { isCached, isWriting, needsKey, type Route } from '../../shared/kernel/route.ts'
import type { Components, Json } from './openapi-components.ts'

/** A reference to a header among the components. */
const header = (name: string): Json => ({ $ref: `#/components/headers/${name}` })

/** The headers that replies share, for the document's components. */
export const headerComponents: Json = {
  RequestId: { description: 'The id of the request, for support.', schema: { type: 'string' } },
  RetryAfter: {
    description: 'Seconds to wait before trying again (RFC 9110, 10.2.3).',
    schema: { type: 'integer', minimum: 0 },
  },
  ETag: {
    description: 'The state of what is answered, for If-None-Match (RFC 9110, 8.8.3).',
    schema: { type: 'string' },
  },
  ClearSiteData: {
    description: 'A browser drops what its HTTP cache holds of the territory (W3C Clear Site Data).',
    schema: { type: 'string', const: '"cache"' },
  },
  SessionCookies: {
    description:
      'One Set-Cookie line for each cookie. `__Host-preau`: the token. `__Secure-preau-renew`: the refresh token, sent to ' +
      '/api/session only. `__Secure-preau-device`: who signed in on this device before. Sign-out clears the first two.',
    schema: { type: 'string' },
  },
}

/** What API Gateway and Lambda answer by themselves. */
export const gatewayMessage: Json = {
  type: 'object',
  description: 'What API Gateway answers before a function does, or in its place.',
  required: ['message'],
  properties: { message: { type: 'string' } },
}

/** The statuses which API Gateway or CloudFront may answer by themselves to any request that a function serves. */
const gatewayStatuses: Readonly<Record<number, string>> = {
  429: 'Too many requests at once: try again in some seconds.',
  500: 'The function failed.',
  502: 'The API answers nothing that CloudFront understands.',
  503: 'The function is not available, or took too long: try again in some seconds.',
  504: 'The API does not answer in time.',
}

/** What stands behind the edge: API Gateway and a function, nothing, or a bucket, which answers some refusals itself. */
type Origin = 'api' | 'edge' | 'bucket'

/** One refusal: its problems, and what API Gateway, CloudFront or S3 says in their place. */
const refusal = (status: number, types: readonly string[], problems: ProblemTable, origin: Origin): Json => {
  const gateway = origin === 'api' ? gatewayStatuses[status] : undefined
  const bucket = origin === 'bucket' && status === 404
  const said = types.map(type => `\`${problemUri(type)}\`: ${problems[type]?.title}`)
  const problem = {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { type: 'object', properties: { type: { type: 'string', enum: types.map(problemUri) } } },
    ],
  }
  return {
    description: [
      ...said,
      ...(gateway ? [gateway] : []),
      ...(bucket ? ['S3: there is no file of this name. Ask the index which one is current.'] : []),
    ].join('\n\n'),
    headers: {
      ...(origin === 'api' && !gateway && { 'x-request-id': header('RequestId') }),
      ...((status === 429 || status === 503) && { 'retry-after': header('RetryAfter') }),
    },
    content: {
      ...(types.length > 0 && { 'application/problem+json': { schema: problem } }),
      ...(gateway && { 'application/json': { schema: { $ref: '#/components/schemas/GatewayMessage' } } }),
      ...(bucket && { 'application/xml': { schema: { type: 'string' } } }),
      ...((status === 502 || status === 504) && { 'text/html': { schema: { type: 'string' } } }),
    },
  }
}

/**
 * The refusals of a route, by status.
 * @param types its problems, of the table `problems`.
 * @param origin what answers, if the edge does not.
 */
export const refusals = (
  types: readonly string[],
  problems: ProblemTable,
  origin: Origin,
  shared: Components,
): Json => {
  const declared = Map.groupBy([...new Set(types)].sort(), type => problems[type]?.status ?? 500)
  const statuses = new Set([...declared.keys(), ...(origin === 'api' ? Object.keys(gatewayStatuses).map(Number) : [])])
  return Object.fromEntries(
    [...statuses].map(status => {
      const of = declared.get(status) ?? []
      const name = [origin, status, ...of].join('.')
      return [status, shared.response(name, refusal(status, of, problems, origin))]
    }),
  )
}

/** The common problems that a route may answer with, by its kind, its callers and its parameters. */
const commonOf = (route: Route): readonly CommonProblem[] => [
  'not-through-edge',
  'not-found',
  'unavailable',
  'unexpected',
  'invalid-request',
  ...(route.body ? (['too-large'] as const) : []),
  ...(isWriting(route) ? (['cross-site'] as const) : []),
  ...(isWriting(route) && route.callers !== 'anyone' ? (['another-person'] as const) : []),
  ...(needsKey(route) ? (['idempotency-key-missing'] as const) : []),
  ...(isWriting(route) && route.reachesOthers ? (['publishing-frozen'] as const) : []),
  ...(needsKey(route) && route.callers !== 'anyone'
    ? (['idempotency-key-reused', 'session-ended', 'conflict'] as const)
    : []),
  ...(route.kind === 'public' || route.callers === 'anyone'
    ? []
    : (['signed-out', 'session-stale', 'not-allowed'] as const)),
]

/** The responses of an operation, by status. */
export const responsesOf = (route: Route, declared: ProblemTable, shared: Components): Json => {
  const cached = isCached(route)
  const status = isWriting(route) ? route.status : 200
  const setsCookies = isWriting(route) && route.setsCookies
  return {
    [status]: {
      description: route.reply ? 'As asked.' : 'Done.',
      headers: {
        'x-request-id': header('RequestId'),
        ...(cached && { etag: header('ETag') }),
        ...(setsCookies && { 'set-cookie': header('SessionCookies') }),
        ...(isWriting(route) && route.clearsCache && { 'clear-site-data': header('ClearSiteData') }),
      },
      ...(route.reply && { content: { 'application/json': { schema: shared.of(route.reply, 'output') } } }),
    },
    ...(cached && { 304: { description: 'As `If-None-Match` has it.', headers: { etag: header('ETag') } } }),
    ...refusals([...commonOf(route), ...(route.problems ?? [])], { ...commonProblems, ...declared }, 'api', shared),
  }
}
