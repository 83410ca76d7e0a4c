import type * as z from 'zod/mini'
import {
  type Board,
  BoardIndex,
  boardsPrefix,
  EdgeMe,
  edgeMePath,
  indexPath,
  indexRoles,
} from '../../shared/kernel/board.ts'
import { AudienceId, Uai } from '../../shared/kernel/ids.ts'
import { type CommonProblem, commonProblems, problemUri } from '../../shared/kernel/problem.ts'
import { schemaOf } from './openapi-schema.ts'

type Json = Record<string, unknown>

const failures = (types: readonly CommonProblem[]): Json => {
  const byStatus = Map.groupBy(types, type => commonProblems[type].status)
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: of.map(type => `\`${problemUri(type)}\`: ${commonProblems[type].title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

/** What the edge may answer of every path of boards; `bucket`: also that the bucket has no such file, without a problem. */
const refusals: readonly CommonProblem[] = [
  'invalid-request',
  'signed-out',
  'session-stale',
  'not-found',
  'unavailable',
]

type Described = {
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly callers: string
  readonly reply: z.core.$ZodType
  readonly parameters: readonly { readonly name: string; readonly schema: Json; readonly description?: string }[]
}

const read = (
  { id, tag, summary, callers, reply, parameters }: Described,
  problems: readonly CommonProblem[],
): Json => ({
  get: {
    operationId: id,
    tags: [tag],
    summary,
    description: `Callers: ${callers} Answered by the edge, with a token of up to 72 hours.`,
    parameters: parameters.map(one => ({ ...one, in: 'path', required: true })),
    responses: {
      200: { description: 'As asked.', content: { 'application/json': { schema: schemaOf(reply, 'output') } } },
      ...failures(problems),
    },
    security: [{ session: [] }],
  },
})

const boardPaths = ({ service, summary, shape, schema, parts }: Board): Record<string, Json> =>
  Object.fromEntries(
    [['board', schema] as const, ...Object.entries(parts)].map(([part, reply]) => {
      const name = part === 'board' ? service : `${service}-${part}`
      const described: Described = {
        id: `${service}.${part === 'board' ? 'board' : `board-${part}`}`,
        tag: service,
        summary: part === 'board' ? summary : `${summary} Its part \`${part}\`.`,
        callers: 'Members of the audience.',
        reply,
        parameters: [
          { name: 'audience', schema: schemaOf(AudienceId, 'input') },
          {
            name: 'content',
            description:
              'The end of the name, which changes with the content: the index and the board name their files.',
            schema: { type: 'string', pattern: '^[0-9a-hjkmnp-tv-z]{13}$' },
          },
        ],
      }
      return [`${boardsPrefix}{audience}/${name}.${shape}.{content}`, read(described, [...refusals, 'not-allowed'])]
    }),
  )

/** The paths of boards, of their indexes and of `/boards/me`; none if no board is declared. */
export const boardsPaths = (boards: readonly Board[]): Record<string, Json> => {
  if (boards.length === 0) return {}
  const index: Described = {
    id: 'boards.index',
    tag: 'boards',
    summary: 'Which files are the current boards of a school’s audiences, for one of its roles.',
    callers: 'Who has such a role in the school.',
    reply: BoardIndex,
    parameters: [
      { name: 'uai', schema: schemaOf(Uai, 'input') },
      { name: 'role', schema: { type: 'string', enum: [...indexRoles] } },
    ],
  }
  const me: Described = {
    id: 'boards.me',
    tag: 'boards',
    summary: 'Who one is, by the token alone: also while the API is down.',
    callers: 'Whoever is signed in.',
    reply: EdgeMe,
    parameters: [],
  }
  const indexTemplate = indexPath('{uai}', '{role}' as 'staff')
    .replaceAll('%7B', '{')
    .replaceAll('%7D', '}')
  return {
    [edgeMePath]: read(me, refusals),
    [indexTemplate]: read(index, [...refusals, 'not-allowed']),
    ...Object.assign({}, ...boards.map(boardPaths)),
  }
}
