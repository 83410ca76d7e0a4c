import type { CommonProblem, FieldError, Room } from '../../shared/kernel/problem.ts'

/**
 * Why a call failed. `type`: of the API's problem document (one that any route may have, or that the route declares), or
 * of this app: `unreachable` when no reply came (no network, a timeout); of what waited on the device `outdated`, too old to
 * be sent by itself, or `gone`, what it was about. `retryAfter` is in seconds; `requestId` is what support asks
 * for.
 */
export type Failure = {
  readonly type: CommonProblem | 'unreachable' | (string & {})
  readonly errors?: readonly FieldError[]
  readonly retryAfter?: number
  readonly requestId?: string
  /** Of a file for which there is too little room: how much it needs, and how much there is, in bytes. */
  readonly room?: Room
}

/** True if the failure says that the session is over. After any other it may go on, whatever is wrong with the API. */
export const endsSession = ({ type }: Failure): boolean =>
  type === 'signed-out' || type === 'session-ended' || type === 'account-suspended'

/** True if only the address of a read was refused, not what it asks for: whoever followed it has nothing to correct. */
const namesNothing = ({ type, errors = [] }: Failure): boolean =>
  type === 'invalid-request' && errors.length > 0 && errors.every(({ path }) => path.startsWith('path.'))

/**
 * A failure as an Error, which TanStack Query wants: thrown by a read, then `query.error.failure`. An address in a form that
 * the API does not know is one that leads nowhere.
 */
export class FailedRead extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    const told = namesNothing(failure) ? { ...failure, type: 'not-found' } : failure
    super(told.type)
    this.name = 'FailedRead'
    this.failure = told
  }
}

const prefix = '/api/problems/'

/** The types that any route may answer with. A list of its own: the kernel's table is larger. */
const common: { readonly [Type in CommonProblem]: true } = {
  'invalid-request': true,
  'idempotency-key-missing': true,
  'signed-out': true,
  'session-stale': true,
  'session-ended': true,
  'cross-site': true,
  'not-through-edge': true,
  'another-person': true,
  'factor-missing': true,
  'publishing-frozen': true,
  'not-allowed': true,
  'not-found': true,
  'method-not-allowed': true,
  conflict: true,
  'idempotency-key-reused': true,
  'too-large': true,
  unexpected: true,
  unavailable: true,
}
const commonTypes = new Set(Object.keys(common))

/** The type of a reply without a known problem: from the edge or the gateway, or of a newer API. */
const typeOfStatus = (status: number): CommonProblem => {
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'unavailable'
  return status === 404 ? 'not-found' : 'unexpected'
}

/** Retry-After in delta seconds (RFC 9110, 10.2.3); nothing we call uses the form with a date. */
const seconds = (header: string | null): number | undefined => {
  const found = Number.parseInt(header ?? '', 10)
  return Number.isFinite(found) && found >= 0 ? found : undefined
}

/** Reads the failure from a reply that is not a success (RFC 9457). `declared`: the route's own types of problems. */
export const failureOf = async (response: Response, declared: readonly string[] = []): Promise<Failure> => {
  const retryAfter = seconds(response.headers.get('retry-after'))
  const requestId = response.headers.get('x-request-id') ?? undefined
  const more = { ...(retryAfter !== undefined && { retryAfter }), ...(requestId && { requestId }) }
  const document: unknown = await response.json().catch(() => undefined)
  const { type, errors, room } = (document ?? {}) as { type?: unknown; errors?: readonly FieldError[]; room?: Room }
  const name = typeof type === 'string' && type.startsWith(prefix) ? type.slice(prefix.length) : ''
  if (!commonTypes.has(name) && !declared.includes(name)) return { type: typeOfStatus(response.status), ...more }
  const { needed, left } = room ?? {}
  const isRoom = typeof needed === 'number' && typeof left === 'number'
  return { type: name, ...more, ...(Array.isArray(errors) && { errors }), ...(isRoom && { room: { needed, left } }) }
}
