import { timingSafeEqual } from 'node:crypto'
import middy, { type MiddyfiedHandler } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import * as z from 'zod/mini'
import { problem } from '../../shared/kernel/problem.ts'
import type { Contract, Route } from '../../shared/kernel/route.ts'
import { refusal } from './access.ts'
import { authenticate } from './authenticate.ts'
import type { Caller } from './caller.ts'
import { commitFor, firstAnswer, requestHash } from './commit.ts'
import { bodyText, cookie, deviceCookie, header, refreshCookie } from './event.ts'
import { logged } from './logged.ts'
import { idempotencyKey, parseRequest } from './parse.ts'
import type { Platform } from './platform.ts'
import { jsonReply, problemReply } from './reply.ts'
import type { AnswerOf, Implementations } from './request.ts'
import { isSameSite } from './same-site.ts'

type Event = APIGatewayProxyEventV2
type Reply = APIGatewayProxyStructuredResultV2
type Implementation = (request: object) => Promise<AnswerOf<Route>>

const secretsMatch = (given: string | undefined, expected: string): boolean => {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * The Lambda handler of a contract: finds the route API Gateway matched, checks the edge, the site and the caller,
 * parses the request, runs the implementation, keeps from the reply what the schema declares. Each expected failure
 * leaves as a problem document.
 */
export const serve = <Declared extends Contract>(
  contract: Declared,
  platform: Platform,
  implementations: Implementations<Declared>,
): MiddyfiedHandler<Event, Reply, Error, Context> => {
  const routes = new Map(
    Object.entries(contract.routes).map(([name, route]) => [
      `${route.method} ${route.path}`,
      { route, implementation: implementations[name as keyof Declared['routes']] as unknown as Implementation },
    ]),
  )

  const answer = async (event: Event): Promise<Reply> => {
    const requestId = event.requestContext.requestId
    const now = platform.now()
    const found = routes.get(event.routeKey)
    if (!found) return problemReply(problem('not-found'), requestId)
    const { route, implementation } = found

    const keys = await platform.keys.current()
    if (!secretsMatch(header(event, 'x-preau-edge'), keys.edge))
      return problemReply(problem('not-through-edge'), requestId)
    if (route.kind === 'write' && !isSameSite(event)) return problemReply(problem('cross-site'), requestId)

    let caller: Caller | undefined
    if (route.kind !== 'shared') {
      const known = await authenticate(event, platform.keys, now)
      caller = known.caller
      if (!caller && route.callers !== 'anyone') return problemReply(known.problem, requestId)
    }
    const refused = refusal(route, caller, event.pathParameters ?? {})
    if (refused) return problemReply(refused, requestId)

    const parsed = parseRequest(route, event)
    if (!parsed.ok) return problemReply(parsed.problem, requestId)

    const request = {
      ...parsed.value,
      caller,
      now,
      requestId,
      client: {
        address: header(event, 'x-preau-client') ?? event.requestContext.http.sourceIp,
        agent: header(event, 'user-agent') ?? '',
        refresh: cookie(event, refreshCookie),
        device: cookie(event, deviceCookie),
      },
    }
    const send = (given: AnswerOf<Route>): Reply => {
      if (!given.ok) return problemReply(given.problem, requestId, given.cookies)
      return jsonReply(route.reply ? z.parse(route.reply, given.value) : undefined, {
        status: route.kind === 'write' ? route.status : 200,
        requestId,
        ...(route.kind === 'shared' && { cache: route.cache, ifNoneMatch: header(event, 'if-none-match') }),
        ...(given.cookies && { cookies: given.cookies }),
      })
    }
    if (route.kind !== 'write') return send(await implementation(request))

    const key = idempotencyKey(event)
    if (!key) return problemReply(problem('idempotency-key-missing'), requestId)
    // A route for anyone has nobody to remember the answer for: its implementation makes a repeat harmless.
    if (!caller || route.callers === 'anyone') return send(await implementation({ ...request, key, repeat: false }))
    // A password's hash is not kept, not even for a day: such a function remembers which route, not which body.
    const body = contract.function === 'password' ? '' : bodyText(event)
    const attempt = { caller, key, request: requestHash(route.method, event.rawPath, body) }
    const first = await firstAnswer(platform, attempt)
    if (!first.ok) return problemReply(first.problem, requestId)
    if (first.value?.remembered) return send({ ok: true, value: first.value.reply as never })
    const repeat = first.value !== undefined
    return send(await implementation({ ...request, key, repeat, commit: commitFor(platform, attempt) }))
  }

  return middy<Event, Reply>().use(logged(platform)).handler(answer)
}
