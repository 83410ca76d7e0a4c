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
import { type CommonProblem, commonProblems } from '../../shared/kernel/problem.ts'
import type { Components, Json } from './openapi-components.ts'
import { parameter } from './openapi-operation.ts'
import { refusals } from './openapi-responses.ts'

/** What the edge may answer of every path of boards. */
const everyPath: readonly CommonProblem[] = [
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
  /** False of what the viewer function answers itself, without a file. */
  readonly isFile: boolean
  readonly parameters: readonly { readonly name: string; readonly schema: Json; readonly description?: string }[]
}

const etag: Json = { $ref: '#/components/headers/ETag' }

const read = (
  { id, tag, summary, callers, reply, isFile, parameters }: Described,
  problems: readonly CommonProblem[],
  shared: Components,
): Json => ({
  get: {
    operationId: id,
    tags: [tag],
    summary,
    description: `Callers: ${callers} Answered by the edge, with a token of up to 72 hours.`,
    parameters: [
      ...parameters.map(one => ({ ...one, in: 'path', required: true })),
      ...(isFile ? [parameter('IfNoneMatch')] : []),
    ],
    responses: {
      200: {
        description: 'As asked.',
        headers: isFile ? { etag } : {},
        content: { 'application/json': { schema: shared.of(reply, 'output') } },
      },
      ...(isFile && { 304: { description: 'As `If-None-Match` has it.', headers: { etag } } }),
      ...refusals(problems, commonProblems, isFile ? 'bucket' : 'edge', shared),
    },
    security: [{ session: [] }],
  },
})

/** What a board holds at most, in words: `rows 20, notices 30`. */
const mostIn = (holds: Board['holds']): string =>
  Object.entries(holds)
    .map(([what, most]) => `${what} ${most}`)
    .join(', ')

const boardPaths = (
  { service, summary, shape, holds, schema, parts }: Board,
  shared: Components,
): Record<string, Json> =>
  Object.fromEntries(
    [['board', schema] as const, ...Object.entries(parts)].map(([part, reply]) => {
      const name = part === 'board' ? service : `${service}-${part}`
      const described: Described = {
        id: `${service}.${part === 'board' ? 'board' : `board-${part}`}`,
        tag: service,
        summary: part === 'board' ? `${summary} At most ${mostIn(holds)}.` : `${summary} Its part \`${part}\`.`,
        callers: 'Members of the audience.',
        reply,
        isFile: true,
        parameters: [
          { name: 'audience', schema: shared.of(AudienceId, 'input') },
          {
            name: 'content',
            description:
              'The end of the name, which changes with the content: the index and the board name their files.',
            schema: { type: 'string', pattern: '^[0-9a-hjkmnp-tv-z]{13}$' },
          },
        ],
      }
      return [
        `${boardsPrefix}{audience}/${name}.${shape}.{content}`,
        read(described, [...everyPath, 'not-allowed'], shared),
      ]
    }),
  )

/** The paths of boards, of their indexes and of `/boards/me`; none if no board is declared. */
export const boardsPaths = (boards: readonly Board[], shared: Components): Record<string, Json> => {
  if (boards.length === 0) return {}
  const index: Described = {
    id: 'boards.index',
    tag: 'boards',
    summary: 'Which files are the current boards of a school’s audiences, for one of its roles.',
    callers: 'Who has such a role in the school.',
    reply: BoardIndex,
    isFile: true,
    parameters: [
      { name: 'uai', schema: shared.of(Uai, 'input') },
      { name: 'role', schema: { type: 'string', enum: [...indexRoles] } },
    ],
  }
  const me: Described = {
    id: 'boards.me',
    tag: 'boards',
    summary: 'Who one is, by the token alone: also while the API is down.',
    callers: 'Whoever is signed in.',
    reply: EdgeMe,
    isFile: false,
    parameters: [],
  }
  const indexTemplate = indexPath('{uai}', '{role}' as 'staff')
    .replaceAll('%7B', '{')
    .replaceAll('%7D', '}')
  return {
    [edgeMePath]: read(me, everyPath, shared),
    [indexTemplate]: read(index, [...everyPath, 'not-allowed'], shared),
    ...Object.assign({}, ...boards.map(one => boardPaths(one, shared))),
  }
}
