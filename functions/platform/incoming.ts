import type { MiddlewareObj, Request } from '@middy/core'
import type { Context } from 'aws-lambda'
import type { Problem } from '../../shared/kernel/problem.ts'
import type { Route } from '../../shared/kernel/route.ts'
import { type Event, problemReply, type Reply } from './http.ts'
import type { AnswerOf, ParsedRequest } from './request.ts'
import type { Caller } from './token.ts'

/**
 * What identifies a write: its caller, its Idempotency-Key, and a hash of the request. `reachesOthers`: as its route is
 * declared.
 */
export type Attempt = {
  readonly caller: Caller
  readonly key: string
  readonly request: string
  readonly reachesOthers?: boolean
}

/** What each step adds to a request for the steps after it. */
export type Found = {
  began: number
  route: Route
  run: (request: object) => Promise<AnswerOf<Route>>
  caller: Caller | undefined
  parsed: ParsedRequest<Route>
  related: Record<string, unknown>
  writing: object
  /** Of a write that was not answered before when its key was looked up. */
  attempt?: Attempt
}

export type Step = MiddlewareObj<Event, Reply, Error, Context, Found>
export type Incoming = Request<Event, Reply, Error, Context, Found>

/** Makes the reply of an answer, whether it was given just now or remembered. */
export type Replying = (request: Incoming, answer: AnswerOf<Route>) => Promise<Reply>

/** The reply of a step that lets a request go no further. */
export const refuse = ({ event }: Incoming, refused: Problem<string>): Reply =>
  problemReply(refused, event.requestContext.requestId)
