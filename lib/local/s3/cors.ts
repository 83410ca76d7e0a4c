import type { Headers } from '../http.ts'
import { S3Error } from './error.ts'
import type { S3Reply, S3Request } from './request.ts'

/** What pages of the origins may send to a bucket. */
export type CorsRule = {
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  /** In lower case. */
  readonly headers: readonly string[]
  /** Seconds for which a browser may remember the answer to a preflight request. */
  readonly maxAge?: number | undefined
}

const ruleFor = (rules: readonly CorsRule[], origin: string, method: string, headers: readonly string[]) =>
  rules.find(
    rule =>
      rule.origins.includes(origin) &&
      rule.methods.includes(method) &&
      headers.every(name => rule.headers.includes(name)),
  )

const allowed = (origin: string, { methods }: CorsRule): Headers => ({
  'access-control-allow-origin': [origin],
  'access-control-allow-methods': [methods.join(', ')],
  'access-control-allow-credentials': ['true'],
  vary: ['Origin, Access-Control-Request-Headers, Access-Control-Request-Method'],
})

/**
 * The reply to a browser's preflight request. Throws S3Error (403) if no rule allows what it asks for.
 * Source: Amazon S3 User Guide, "Using cross-origin resource sharing (CORS)", How Amazon S3 evaluates the CORS configuration.
 */
export const preflight = (rules: readonly CorsRule[], { headers }: S3Request): S3Reply => {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': list = '' } = headers
  if (origin === undefined || method === undefined)
    throw new S3Error(400, 'BadRequest', 'Insufficient information. Origin and method are needed.')
  const names = list.split(',').flatMap(name => name.trim().toLowerCase() || [])
  const rule = ruleFor(rules, origin, method, names)
  if (!rule) throw new S3Error(403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed.')
  return {
    status: 200,
    headers: {
      ...allowed(origin, rule),
      ...(names.length > 0 && { 'access-control-allow-headers': [names.join(', ')] }),
      ...(rule.maxAge !== undefined && { 'access-control-max-age': [String(rule.maxAge)] }),
    },
    body: Buffer.alloc(0),
  }
}

/** The headers by which a page may read the reply to its request; none if no rule allows it. */
export const corsHeaders = (rules: readonly CorsRule[], { method, headers }: S3Request): Headers => {
  const { origin } = headers
  const rule = origin === undefined ? undefined : ruleFor(rules, origin, method, [])
  return rule && origin !== undefined ? allowed(origin, rule) : {}
}
