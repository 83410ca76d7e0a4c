/** What is declared of an expected failure: its HTTP status, and the sentence an API client reads. */
export type ProblemDeclaration = { readonly status: number; readonly title: string }

/** Expected failures by their stable type: the last part of the problem document's `type` URI. */
export type ProblemTable = Readonly<Record<string, ProblemDeclaration>>

/**
 * The failures that any route may answer with. A feature declares its own in its contract. The web app shows its own
 * translated sentence for a type; the title serves whoever reads the API itself.
 * Source: RFC 9457 (Problem Details for HTTP APIs).
 */
export const commonProblems = {
  'invalid-request': { status: 400, title: 'The request is not of the expected form: see the errors and correct it.' },
  'idempotency-key-missing': { status: 400, title: 'A write needs an Idempotency-Key header of 16 to 64 characters.' },
  'signed-out': { status: 401, title: 'Sign in to continue.' },
  'session-stale': { status: 401, title: 'The session is no longer current: renew it and try again.' },
  'session-ended': { status: 401, title: 'This session has ended: sign in again.' },
  'cross-site': { status: 403, title: 'This write came from another site and was refused.' },
  'not-through-edge': { status: 403, title: 'This address is reached through the territory’s own domain only.' },
  'another-person': { status: 403, title: 'Somebody else is signed in: this was to be done by another person.' },
  'factor-missing': { status: 403, title: 'Your role needs a second factor: set one up to continue.' },
  'publishing-frozen': {
    status: 403,
    title: 'Publishing from this account is frozen: see the head of your school or its administrator.',
  },
  'not-allowed': { status: 403, title: 'Your role does not allow this.' },
  'not-found': { status: 404, title: 'There is nothing here for you.' },
  'method-not-allowed': { status: 405, title: 'This address takes the methods that Allow names.' },
  conflict: { status: 409, title: 'Somebody changed this meanwhile: reload it and try again.' },
  'idempotency-key-reused': { status: 409, title: 'This Idempotency-Key was used for another request.' },
  'too-large': { status: 413, title: 'This is larger than what is accepted.' },
  unexpected: {
    status: 500,
    title: 'Something went wrong on our side. Try again; if it lasts, give the request id to support.',
  },
  unavailable: { status: 503, title: 'The service is busy: it will be back within moments.' },
} as const satisfies ProblemTable

export type CommonProblem = keyof typeof commonProblems

/**
 * What was asked for, and what of it there is: bytes of a file, and those that are left or taken at most; minutes of work for
 * a day, and those that its school allows.
 */
export type Room = { readonly needed: number; readonly left: number }

/** One field of a request that was refused: a path such as `body.title`, and what is expected. `room`: in figures. */
export type FieldError = { readonly path: string; readonly message: string; readonly room?: Room }

/** What a problem may tell beside its type. `retryAfter` is in seconds. */
export type ProblemDetails = {
  readonly errors?: readonly FieldError[]
  readonly retryAfter?: number
  readonly room?: Room
}

/** An expected failure, as data. `Type`: which failures it may be, by default those common to all routes. */
export type Problem<Type extends string = CommonProblem> = ProblemDeclaration & ProblemDetails & { readonly type: Type }

/** Makes problems of a table: `const newsProblem = problemsOf(newsProblems)`, then `newsProblem('nothing-to-sign')`. */
export const problemsOf =
  <const Table extends ProblemTable>(table: Table) =>
  <Type extends keyof Table & string>(type: Type, details: ProblemDetails = {}): Problem<Type> => {
    const { status, title } = table[type] as ProblemDeclaration
    return { type, status, title, ...details }
  }

/** A problem that any route may answer with, and the fields concerned or the seconds to wait. */
export const problem = problemsOf(commonProblems)

/** The `type` member of a problem document: a URI reference, relative to the API. */
export const problemUri = (type: string): string => `/api/problems/${type}`
