import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod/mini'
import { type FieldError, type Problem, problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Route } from '../../shared/kernel/route.ts'
import { bodyText, header } from './event.ts'

/** The largest body taken, in bytes: a news item of 20,000 characters with room to spare. */
const mostBytes = 128 * 1024

/** What a request says, parsed by its route's schemas. */
export type Parsed = { readonly params: unknown; readonly query: unknown; readonly body: unknown }

const errorsOf = (part: string, error: z.core.$ZodError): FieldError[] =>
  error.issues.map(issue => ({ path: [part, ...issue.path.map(String)].join('.'), message: issue.message }))

/** Reads path, query and body, or says every field that is not as declared. Unknown query fields are refused. */
export const parseRequest = (route: Route, event: APIGatewayProxyEventV2): Result<Parsed> => {
  const errors: FieldError[] = []
  const read = (part: string, schema: z.core.$ZodType | undefined, given: unknown): unknown => {
    if (!schema) return undefined
    const result = z.safeParse(schema, given)
    if (result.success) return result.data
    errors.push(...errorsOf(part, result.error))
    return undefined
  }
  const body = route.body ? parseBody(event) : ok(undefined)
  if (!body.ok) return body
  const parsed = {
    params: read('path', route.params, event.pathParameters ?? {}),
    query: read('query', route.query, event.queryStringParameters ?? {}),
    body: read('body', route.body, body.value),
  }
  return errors.length > 0 ? fail(problem('invalid-request', { errors })) : ok(parsed)
}

const parseBody = (event: APIGatewayProxyEventV2): Result<unknown, Problem> => {
  const refused = (message: string) => fail(problem('invalid-request', { errors: [{ path: 'body', message }] }))
  // Only this type makes a browser ask before it sends a form of another site.
  if (!/^application\/json\b/i.test(header(event, 'content-type') ?? ''))
    return refused('must be sent as application/json')
  const text = bodyText(event)
  if (Buffer.byteLength(text) > mostBytes) return fail(problem('too-large'))
  try {
    return ok(JSON.parse(text))
  } catch {
    return refused('is not JSON')
  }
}

const IdempotencyKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/))

/** The write's Idempotency-Key, made by the client. */
export const idempotencyKey = (event: APIGatewayProxyEventV2): string | undefined => {
  const read = z.safeParse(IdempotencyKey, header(event, 'idempotency-key'))
  return read.success ? read.data : undefined
}
