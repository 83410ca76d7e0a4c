import * as z from 'zod/mini'
import { type ProblemType, problems, problemUri } from '../../shared/kernel/problem.ts'
import type { Contract, Route } from '../../shared/kernel/route.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

const parametersOf = (schema: z.core.$ZodObject | undefined, place: 'path' | 'query'): Json[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: of,
  }))
}

/** Failures a route may answer with beyond its own, by what it is. */
const commonProblems = (route: Route): ProblemType[] => [
  'not-through-edge',
  'not-found',
  'unavailable',
  'unexpected',
  ...(route.params || route.query || route.body ? (['invalid-request'] as const) : []),
  ...(route.kind === 'write' ? (['idempotency-key-missing', 'cross-site'] as const) : []),
  ...(route.kind === 'write' && route.callers !== 'anyone'
    ? (['idempotency-key-reused', 'session-ended', 'conflict'] as const)
    : []),
  ...(route.kind !== 'shared' && route.callers === 'anyone'
    ? []
    : (['signed-out', 'session-stale', 'not-allowed'] as const)),
]

const responsesOf = (route: Route): Json => {
  const status = route.kind === 'write' ? route.status : 200
  const byStatus = new Map<number, ProblemType[]>()
  for (const type of new Set([...commonProblems(route), ...(route.problems ?? [])])) {
    const code = problems[type].status
    byStatus.set(code, [...(byStatus.get(code) ?? []), type])
  }
  const failures = [...byStatus].map(([code, types]) => [
    code,
    {
      description: types.map(type => `\`${problemUri(type)}\`: ${problems[type].title}`).join('\n\n'),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ])
  return {
    [status]: {
      description: route.reply ? 'As asked.' : 'Done.',
      ...(route.reply && { content: { 'application/json': { schema: schemaOf(route.reply, 'output') } } }),
    },
    ...Object.fromEntries(failures),
  }
}

const whoMayCall = (route: Route): string => {
  if (route.kind === 'shared') return 'Members of the audience; answered by the edge.'
  if (route.callers === 'anyone') return 'Anyone.'
  if (route.callers === 'signed-in') return 'Whoever is signed in.'
  return `${route.callers.join(', ')}${route.within === 'school' ? ' of the school' : ''}.`
}

const operationOf = (feature: string, name: string, route: Route): Json => ({
  operationId: `${feature}.${name}`,
  tags: [feature],
  summary: route.summary,
  description: `Callers: ${whoMayCall(route)}`,
  parameters: [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...(route.kind === 'write'
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: true,
            description: 'Made by the client; a repeat gets the first answer.',
            schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,64}$' },
          },
        ]
      : []),
  ],
  ...(route.body && {
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
  }),
  responses: responsesOf(route),
  security: route.kind !== 'shared' && route.callers === 'anyone' ? [] : [{ session: [] }],
})

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem document.',
  required: ['type', 'title', 'status', 'instance'],
  properties: {
    type: { type: 'string', enum: (Object.keys(problems) as ProblemType[]).map(problemUri) },
    title: { type: 'string' },
    status: { type: 'integer' },
    instance: { type: 'string' },
    retryAfter: { type: 'number', description: 'Seconds.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

/**
 * The OpenAPI 3.1 document of the contracts, served as /api/openapi.json.
 * @param version of Préau, as package.json gives it.
 */
export const openApi = (contracts: readonly Contract[], version: string): Json => {
  const paths: Record<string, Json> = {}
  for (const { feature, routes } of contracts)
    for (const [name, route] of Object.entries(routes))
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(feature, name, route) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Préau',
      version,
      description: 'The API of a territory: what its web app calls, and what others may call with a session.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(contracts.map(one => one.feature))].map(name => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-preau' } },
    },
  }
}
