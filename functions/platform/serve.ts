import middy, { type MiddyfiedHandler, type Request } from '@middy/core'
import type { Context } from 'aws-lambda'
import * as z from 'zod/mini'
import { personHeader } from '../../shared/kernel/idempotency.ts'
import { problem } from '../../shared/kernel/problem.ts'
import {
  allowedMethods,
  type Contract,
  isCached,
  isPrivateList,
  isWriting,
  type Route,
} from '../../shared/kernel/route.ts'
import type { Access } from './access.ts'
import { authenticate, deviceCookie, isSameSite, isThroughEdge, refreshToken, refusal, stepCookie } from './caller.ts'
import { withOpenCursor, withSealedCursor } from './cursor.ts'
import { granting, type Uploaded } from './grant.ts'
import { cookie, type Event, header, jsonReply, parseRequest, problemReply, type Reply } from './http.ts'
import { type Again, answeringAgain, idempotent } from './idempotency.ts'
import { type Found, type Incoming, type Replying, refuse, type Step } from './incoming.ts'
import { type Log, logMessages, traceOf } from './log.ts'
import type { Platform } from './platform.ts'
import type { AnswerOf, Implementations, Loaders, ParsedRequest } from './request.ts'
import type { Caller } from './token.ts'
import { isTransient } from './transient.ts'

type Routed = Pick<Found, 'route' | 'run'>

/**
 * Finds the route that API Gateway matched. It sends here, by a route `ANY <path>`, what no route of the path takes (405),
 * and gives `PUT /api/news/mine` to `PUT /api/news/{news}`, where a route without parameters has the path.
 */
const routed = (contract: Contract, routes: ReadonlyMap<string, Routed>): Step => ({
  before: request => {
    const { routeKey, rawPath, requestContext } = request.event
    const literal = allowedMethods(contract, rawPath)
    const allowed = literal ?? allowedMethods(contract, routeKey.slice(routeKey.indexOf(' ') + 1))
    const found = literal?.includes(requestContext.http.method) === false ? undefined : routes.get(routeKey)
    if (found) Object.assign(request.internal, found)
    else if (!allowed) return refuse(request, problem('not-found'))
    else return problemReply(problem('method-not-allowed'), requestContext.requestId, { allow: allowed })
  },
})

/** Refuses a request that did not come through the territory's edge. */
const fromEdge = ({ keys, now }: Pick<Platform, 'keys' | 'now'>): Step => ({
  before: async request => {
    if (!(await isThroughEdge(request.event, keys, now()))) return refuse(request, problem('not-through-edge'))
  },
})

/** Refuses a write that a page of another site sent. */
const sameSite: Step = {
  before: request => {
    if (isWriting(request.internal.route) && !isSameSite(request.event)) return refuse(request, problem('cross-site'))
  },
}

/** Authenticates the caller, and refuses one who may not call the route. */
const allowed = ({ keys, now }: Pick<Platform, 'keys' | 'now'>): Step => ({
  before: async request => {
    const { event, internal } = request
    if (isCached(internal.route)) return
    const known = await authenticate(event, keys, now())
    internal.caller = known.caller
    const refused = refusal(internal.route, known, event.pathParameters ?? {})
    if (refused) return refuse(request, refused)
    // Another tab may have signed in somebody else since the page that sends this was opened.
    const meant = isWriting(internal.route) ? header(event, personHeader) : undefined
    if (meant !== undefined && known.caller && meant !== known.caller.person)
      return refuse(request, problem('another-person'))
  },
})

/** Parses path, query and body by the route's schemas. */
const parsed = ({ keys, now }: Pick<Platform, 'keys' | 'now'>): Step => ({
  before: async request => {
    const { event, internal } = request
    const asked = isPrivateList(internal.route) ? await withOpenCursor(event, keys) : event
    const read = parseRequest(internal.route, asked)
    if (!read.ok) return refuse(request, read.problem)
    internal.parsed = {
      ...(read.value as Pick<ParsedRequest<Route>, 'params' | 'query' | 'body'>),
      caller: internal.caller as Caller,
      now: now(),
      requestId: event.requestContext.requestId,
      client: {
        address: header(event, 'x-preau-client') ?? event.requestContext.http.sourceIp,
        agent: header(event, 'user-agent') ?? '',
        refresh: isWriting(internal.route) && internal.route.refreshCookie ? refreshToken(event) : undefined,
        device: cookie(event, deviceCookie),
        step: cookie(event, stepCookie),
        host: header(event, 'x-preau-host') ?? '',
      },
    }
  },
})

type Loader = (request: object, before: object) => Promise<AnswerOf<Route>>

/** Loads what the request names, and proves that the caller may see or change it. */
const related = (loaders: Readonly<Record<string, Loader>>, again: Again): Step => ({
  before: async request => {
    const { internal } = request
    const { route } = internal
    const names = !isCached(route) && typeof route.within === 'object' ? route.within.relations : []
    internal.related = {}
    for (const name of names) {
      const outcome = await loaders[name]?.(internal.parsed, internal.related)
      if (!outcome) throw new Error(`there is no loader of the relation ${name}`)
      if (!outcome.ok) return again(request, outcome)
      internal.related[name] = outcome.value
    }
  },
})

/** Runs the implementation. It is the last step and not middy's handler, which is given the event alone. */
const answered = (replyOf: Replying, again: Again): Step => ({
  before: async request => {
    const { parsed: read, related: loaded, writing, run } = request.internal
    const answerOf = (repeat: object) => run({ ...read, ...writing, ...repeat, related: loaded })
    const answer = await answerOf({})
    return answer.ok ? replyOf(request, answer) : again(request, answer, answerOf)
  },
})

/** The HTTP reply of an answer. Of a success it has only the fields in the route's reply schema. */
const replying = (contract: Contract, { keys, signUpload }: Pick<Platform, 'keys' | 'signUpload'>): Replying => {
  const granted = granting(contract, signUpload)
  return async (request, answer) => {
    const { event, internal } = request
    const { route } = internal
    const { requestId } = event.requestContext
    if (answer.cookies && !(isWriting(route) && route.setsCookies))
      throw new Error('a route that is not declared to set cookies answers with some')
    if (!answer.ok)
      return problemReply(answer.problem, requestId, { cookies: answer.cookies, isCached: isCached(route) })
    const value =
      route.kind === 'upload' ? await granted(internal.parsed as never, answer.value as Uploaded) : answer.value
    const reply = route.reply ? z.parse(route.reply, value) : undefined
    return jsonReply(isPrivateList(route) ? await withSealedCursor(reply, keys) : reply, {
      status: isWriting(route) ? route.status : 200,
      requestId,
      ...(isCached(route) && { cache: route.cache, ifNoneMatch: header(event, 'if-none-match') }),
      ...(route.kind === 'private' && { acceptEncoding: header(event, 'accept-encoding') ?? '' }),
      ...(answer.cookies && { cookies: answer.cookies }),
      ...(isWriting(route) && route.clearsCache && { clearsCache: true }),
    })
  }
}

/** Converts an error that a step or an implementation throws to a problem document without internals. */
const failed = (log: Log): Step => ({
  onError: request => {
    const { requestId } = request.event.requestContext
    const transient = isTransient(request.error)
    log.error(logMessages.failed, { requestId, route: request.event.routeKey, ...traceOf(request.error) })
    log.count(transient ? 'Unavailable' : 'Unexpected')
    request.response = refuse(request, transient ? problem('unavailable', { retryAfter: 2 }) : problem('unexpected'))
  },
})

/** Writes one log line for each request, with its route and never its path, which holds ids of people. */
const logged = (log: Log) => {
  let coldStart = true
  return {
    requestStart: (request: Request) => {
      Object.assign(request.internal, { began: performance.now() })
    },
    requestEnd: (ended: Request) => {
      const { event, internal, response } = ended as unknown as Incoming
      const type = /"type":"\/api\/problems\/([a-z-]+)"/.exec(response?.body ?? '')?.[1]
      log.info(logMessages.answered, {
        requestId: event.requestContext.requestId,
        route: event.routeKey,
        status: response?.statusCode ?? 200,
        ms: Math.round(performance.now() - internal.began),
        coldStart,
        ...(type && response?.headers?.['content-type'] === 'application/problem+json' && { problem: type }),
      })
      coldStart = false
      log.flush()
    },
  }
}

/**
 * The Lambda handler of a contract: one middleware for each check before the implementation runs.
 * @param loaders the loaders of the relations that the contract's routes name.
 */
export const serve = <Declared extends Contract, Uses extends Access, Given extends Loaders<Declared>>(
  contract: Declared,
  platform: Platform<Uses>,
  loaders: Given,
  implementations: Implementations<Declared, Uses, Given>,
): MiddyfiedHandler<Event, Reply, Error, Context, Found> => {
  const routes = new Map(
    Object.entries(contract.routes).map(([name, route]) => [
      `${route.method} ${route.path}`,
      { route, run: implementations[name as keyof Declared['routes']] as unknown as Found['run'] },
    ]),
  )
  const replyOf = replying(contract, platform)
  const again = answeringAgain(platform, replyOf)
  return middy<Event, Reply, Error, Context, Found>(logged(platform.log))
    .use(failed(platform.log))
    .use(routed(contract, routes))
    .use(fromEdge(platform))
    .use(sameSite)
    .use(allowed(platform))
    .use(parsed(platform))
    .use(idempotent(platform, replyOf))
    .use(related(loaders as unknown as Readonly<Record<string, Loader>>, again))
    .use(answered(replyOf, again))
}
