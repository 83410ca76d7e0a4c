/**
 * Every expected failure of the territory's API: its stable type, its HTTP status and the sentence it is titled with.
 * The web app shows its own translated sentence for a type; the title serves whoever reads the API itself.
 * Source: RFC 9457 (Problem Details for HTTP APIs).
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not of the expected form: see the errors and correct it.' },
  'idempotency-key-missing': { status: 400, title: 'A write needs an Idempotency-Key header of 16 to 64 characters.' },
  'signed-out': { status: 401, title: 'Sign in to continue.' },
  'session-stale': { status: 401, title: 'The session is no longer current: renew it and try again.' },
  'session-ended': { status: 401, title: 'This session has ended: sign in again.' },
  'wrong-credentials': { status: 401, title: 'The login or the password is not right.' },
  'wrong-code': { status: 401, title: 'The login or the activation code is not right, or the code has expired.' },
  'cross-site': { status: 403, title: 'This write came from another site and was refused.' },
  'not-through-edge': { status: 403, title: 'This address is reached through the territory’s own domain only.' },
  'not-allowed': { status: 403, title: 'Your role does not allow this.' },
  'account-suspended': { status: 403, title: 'This account is suspended: ask the school.' },
  'not-found': { status: 404, title: 'There is nothing here for you.' },
  'already-activated': { status: 409, title: 'This account is already activated: sign in with its password.' },
  conflict: { status: 409, title: 'Somebody changed this meanwhile: reload it and try again.' },
  'idempotency-key-reused': { status: 409, title: 'This Idempotency-Key was used for another request.' },
  'password-too-short': { status: 422, title: 'The password needs at least 12 characters.' },
  'password-too-common': {
    status: 422,
    title: 'This password is among the first ones tried by attackers: choose another.',
  },
  'audience-not-allowed': { status: 422, title: 'You may not publish to one of these audiences.' },
  'dates-not-in-order': { status: 422, title: 'The end must come after the publication.' },
  'notice-without-guardians': {
    status: 422,
    title: 'A notice to sign needs guardians among those it is addressed to.',
  },
  'nothing-to-sign': { status: 422, title: 'This news does not ask for a signature from you.' },
  'too-large': { status: 413, title: 'This is larger than what is accepted.' },
  'too-many-attempts': { status: 429, title: 'Too many attempts: wait as long as Retry-After says.' },
  unexpected: {
    status: 500,
    title: 'Something went wrong on our side. Try again; if it lasts, give the request id to support.',
  },
  unavailable: { status: 503, title: 'The service is busy: it will be back within moments.' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemType = keyof typeof problems

/** One field of a request that was refused: a path such as `body.title`, and what is expected. */
export type FieldError = { readonly path: string; readonly message: string }

/** An expected failure. `retryAfter` is in seconds. */
export type Problem = {
  readonly type: ProblemType
  readonly errors?: readonly FieldError[]
  readonly retryAfter?: number
}

/** A problem of the given type, with the fields concerned or the seconds to wait. */
export const problem = (type: ProblemType, more: Omit<Problem, 'type'> = {}): Problem => ({ type, ...more })

/** The `type` member of a problem document: a URI reference, relative to the API. */
export const problemUri = (type: ProblemType): string => `/api/problems/${type}`
