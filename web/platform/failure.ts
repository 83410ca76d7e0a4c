import { type FieldError, type ProblemType, problems } from '../../shared/kernel/problem.ts'

/**
 * Why a call did not succeed: a problem the API told of, or `unreachable` when no reply came (no network, a timeout).
 * `retryAfter` is in seconds; `requestId` is what support asks for.
 */
export type Failure = {
  readonly type: ProblemType | 'unreachable'
  readonly errors?: readonly FieldError[]
  readonly retryAfter?: number
  readonly requestId?: string
}

/** A failure as TanStack Query wants it: thrown by a read, found again as `query.error.failure`. */
export class FailedRead extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.type)
    this.name = 'FailedRead'
    this.failure = failure
  }
}

const prefix = '/api/problems/'
const isProblemType = (type: string): type is ProblemType => Object.keys(problems).includes(type)

/** What stands between us and the API (edge, gateway) answers without a problem document. */
const bare = (status: number): ProblemType => {
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'unavailable'
  return status === 404 ? 'not-found' : 'unexpected'
}

/** Delta seconds (RFC 9110, 10.2.3); the form with a date is not used by anything we call. */
const seconds = (header: string | null): number | undefined => {
  const found = Number.parseInt(header ?? '', 10)
  return Number.isFinite(found) && found >= 0 ? found : undefined
}

/** The failure a reply that is not a success tells of (RFC 9457). */
export const failureOf = async (response: Response): Promise<Failure> => {
  const retryAfter = seconds(response.headers.get('retry-after'))
  const requestId = response.headers.get('x-request-id') ?? undefined
  const more = { ...(retryAfter !== undefined && { retryAfter }), ...(requestId && { requestId }) }
  const document: unknown = await response.json().catch(() => undefined)
  const { type, errors } = (document ?? {}) as { type?: unknown; errors?: readonly FieldError[] }
  const name = typeof type === 'string' && type.startsWith(prefix) ? type.slice(prefix.length) : ''
  if (!isProblemType(name)) return { type: bare(response.status), ...more }
  return { type: name, ...more, ...(Array.isArray(errors) && { errors }) }
}
