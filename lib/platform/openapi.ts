import type * as z from 'zod/mini'
import { type CommonProblem, commonProblems, type ProblemTable, problemUri } from '../../shared/kernel/problem.ts'
import { type Contract, isCached, isInSchool, isWriting, needsKey, type Route } from '../../shared/kernel/route.ts'
import { boardsPaths } from './openapi-boards.ts'
import { schemaOf } from './openapi-schema.ts'

type Json = Record<string, unknown>

const parametersOf = (schema: z.core.$ZodObject | undefined, location: 'path' | 'query'): Json[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    schema: of,
  }))
}

/** The common problems that a route may answer with, by its kind, its callers and its parameters. */
const problemsOf = (route: Route): CommonProblem[] => [
  'not-through-edge',
  'not-found',
  'unavailable',
  'unexpected',
  ...(route.params || route.query || route.body ? (['invalid-request'] as const) : []),
  ...(isWriting(route) ? (['cross-site'] as const) : []),
  ...(needsKey(route) ? (['idempotency-key-missing'] as const) : []),
  ...(needsKey(route) && route.callers !== 'anyone'
    ? (['idempotency-key-reused', 'session-ended', 'conflict'] as const)
    : []),
  ...(route.callers === 'anyone' ? [] : (['signed-out', 'session-stale', 'not-allowed'] as const)),
]

const responsesOf = (route: Route, declared: ProblemTable): Json => {
  const status = isWriting(route) ? route.status : 200
  const problems: ProblemTable = { ...commonProblems, ...declared }
  const byStatus = new Map<number, string[]>()
  for (const type of new Set([...problemsOf(route), ...(route.problems ?? [])])) {
    const code = problems[type]?.status ?? 500
    byStatus.set(code, [...(byStatus.get(code) ?? []), type])
  }
  const failures = [...byStatus].map(([code, types]) => [
    code,
    {
      description: types.map(type => `\`${problemUri(type)}\`: ${problems[type]?.title}`).join('\n\n'),
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
  if (isCached(route)) return 'Anyone; answered by the edge.'
  if (route.callers === 'anyone') return 'Anyone.'
  if (route.callers === 'signed-in') return 'Whoever is signed in.'
  return `${route.callers.join(', ')}${isInSchool(route.within) ? ' of the school' : ''}.`
}

const operationOf = ({ feature, problems }: Contract, name: string, route: Route): Json => ({
  operationId: `${feature}.${name}`,
  tags: [feature],
  summary: route.summary,
  description: `Callers: ${whoMayCall(route)}`,
  parameters: [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...(needsKey(route)
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
  responses: responsesOf(route, problems),
  security: route.callers === 'anyone' ? [] : [{ session: [] }],
})

const problemSchema = (problems: readonly string[]) => ({
  type: 'object',
  description: 'RFC 9457 problem document.',
  required: ['type', 'title', 'status', 'instance'],
  properties: {
    type: { type: 'string', enum: problems.map(problemUri) },
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
})

/**
 * The OpenAPI 3.1 document of the contracts, served as /api/openapi.json.
 * @param version the version of Préau in package.json.
 */
export const openApi = (contracts: readonly Contract[], version: string): Json => {
  const boards = contracts.flatMap(one => one.board ?? [])
  const paths: Record<string, Json> = boardsPaths(boards)
  for (const contract of contracts)
    for (const [name, route] of Object.entries(contract.routes))
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(contract, name, route) }
  const problems = [...Object.keys(commonProblems), ...contracts.flatMap(one => Object.keys(one.problems))]
  return {
    openapi: '3.1.0',
    info: {
      title: 'Préau',
      version,
      description: 'The API of a territory: what its web app calls, and what others may call with a session.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set([...contracts.map(one => one.feature), ...(boards.length > 0 ? ['boards'] : [])])].map(name => ({
      name,
    })),
    paths,
    components: {
      schemas: { Problem: problemSchema([...new Set(problems)]) },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-preau' } },
    },
  }
}
