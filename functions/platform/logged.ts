import type { MiddlewareObj } from '@middy/core'
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type ProblemType, problem } from '../../shared/kernel/problem.ts'
import { traceOf } from './log.ts'
import type { Platform } from './platform.ts'
import { problemReply } from './reply.ts'

/** True for failures of the table, or of the way to it, that pass: the client is told to come back. */
const passes = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const failure = error as Parameters<typeof isTransientError>[0]
  return isThrottlingError(failure) || isTransientError(failure) || isServerError(failure)
}

/**
 * One log line a request, and the last net: whatever an implementation throws becomes a problem document that says
 * nothing of the inside. The line holds the route, never the path, whose ids are people's.
 */
export const logged = (
  platform: Platform,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error> => {
  let coldStart = true
  let began = 0
  const line = (event: APIGatewayProxyEventV2, reply: APIGatewayProxyStructuredResultV2) => {
    const type = /"type":"\/api\/problems\/([a-z-]+)"/.exec(reply.body ?? '')?.[1]
    platform.log.info('request', {
      requestId: event.requestContext.requestId,
      route: event.routeKey,
      status: reply.statusCode ?? 200,
      ms: Math.round(performance.now() - began),
      coldStart,
      ...(type && reply.headers?.['content-type'] === 'application/problem+json' && { problem: type }),
    })
    coldStart = false
    platform.log.flush()
  }
  return {
    before: () => {
      began = performance.now()
    },
    after: request => {
      if (request.response) line(request.event, request.response)
    },
    onError: request => {
      const { requestId } = request.event.requestContext
      const error: unknown = request.error
      const type: ProblemType = passes(error) ? 'unavailable' : 'unexpected'
      platform.log.error('surprise', { requestId, route: request.event.routeKey, ...traceOf(error) })
      platform.log.count(type === 'unavailable' ? 'Unavailable' : 'Surprises')
      request.response = problemReply(problem(type, type === 'unavailable' ? { retryAfter: 2 } : {}), requestId)
      line(request.event, request.response)
    },
  }
}
