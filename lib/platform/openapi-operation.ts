import type * as z from 'zod/mini'
import { type Contract, isCached, isInSchool, isWriting, needsKey, type Route } from '../../shared/kernel/route.ts'
import type { Components, Json } from './openapi-components.ts'
import { responsesOf } from './openapi-responses.ts'

/** The parameters that operations share, for the document's components. */
export const parameterComponents: Json = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Made by the client for each write; a repeat with the same key gets the first answer.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,64}$' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of the copy that the client holds.',
    schema: { type: 'string' },
  },
}

/** A reference to a parameter among the components. */
export const parameter = (name: 'IdempotencyKey' | 'IfNoneMatch'): Json => ({ $ref: `#/components/parameters/${name}` })

const parametersOf = (
  schema: z.core.$ZodObject | undefined,
  location: 'path' | 'query',
  { of }: Components,
): Json[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = of(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    schema: one,
  }))
}

const whoMayCall = (route: Route): string => {
  if (route.kind === 'shared') return 'Members of the audience; answered by the edge.'
  if (isCached(route)) return 'Anyone; answered by the edge.'
  if (route.callers === 'anyone') return 'Anyone.'
  if (route.callers === 'signed-in') return 'Whoever is signed in.'
  return `${route.callers.join(', ')}${isInSchool(route.within) ? ' of the school' : ''}.`
}

/** What a caller sends to prove who they are: alternatives, of which the empty one is nothing. */
const securityOf = (route: Route): Json[] => {
  const refresh = isWriting(route) ? route.refreshCookie : undefined
  if (refresh === 'needed') return [{ refresh: [] }]
  if (refresh === 'taken') return [{ session: [] }, { refresh: [] }, {}]
  return route.callers === 'anyone' ? [] : [{ session: [] }]
}

/** The operation of a route. */
export const operationOf = ({ feature, problems }: Contract, name: string, route: Route, shared: Components): Json => ({
  operationId: `${feature}.${name}`,
  tags: [feature],
  summary: route.summary,
  description: `Callers: ${whoMayCall(route)}`,
  parameters: [
    ...parametersOf(route.params, 'path', shared),
    ...parametersOf(route.query, 'query', shared),
    ...(needsKey(route) ? [parameter('IdempotencyKey')] : []),
    ...(isCached(route) ? [parameter('IfNoneMatch')] : []),
  ],
  ...(route.body && {
    requestBody: { required: true, content: { 'application/json': { schema: shared.of(route.body, 'input') } } },
  }),
  responses: responsesOf(route, problems, shared),
  security: securityOf(route),
})
