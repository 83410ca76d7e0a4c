import { Attachment } from '../../shared/kernel/attachment.ts'
import { BoardIndex, EdgeMe } from '../../shared/kernel/board.ts'
import { Instant } from '../../shared/kernel/dates.ts'
import { AudienceId, GroupId, PersonId, TimeId, Uai } from '../../shared/kernel/ids.ts'
import { Cursor } from '../../shared/kernel/page.ts'
import { PersonName } from '../../shared/kernel/person-name.ts'
import { commonProblems, problemUri } from '../../shared/kernel/problem.ts'
import type { Contract } from '../../shared/kernel/route.ts'
import { SchoolName } from '../../shared/kernel/school.ts'
import { FileAnnouncement, UploadGrant } from '../../shared/kernel/upload.ts'
import { boardsPaths } from './openapi-boards.ts'
import { componentsOf, type Json } from './openapi-components.ts'
import { operationOf, parameterComponents } from './openapi-operation.ts'
import { gatewayMessage, headerComponents } from './openapi-responses.ts'

const kernelSchemas = {
  Attachment,
  AudienceId,
  BoardIndex,
  Cursor,
  EdgeMe,
  FileAnnouncement,
  GroupId,
  Instant,
  PersonId,
  PersonName,
  SchoolName,
  TimeId,
  Uai,
  UploadGrant,
}

const description = `
The API of a territory: what its web app calls, and what others may call with a session.

**Sessions.** Sign in with \`session.signIn\`, and keep its cookies. The token is good for the API for 15 minutes; then
\`session.renew\` exchanges the refresh cookie for a new pair. Replies with \`session-stale\` ask for that.

**Writes** have an \`Idempotency-Key\`, unless their operation names none: a repeat with the same key and body gets the
first answer, the same key with another body is refused. A write that a page of another site sends is refused with
\`cross-site\`: its \`Sec-Fetch-Site\` is not \`same-origin\` or, where it is absent, its \`Origin\` is not the territory's.
A client that is no browser sends neither header. A write may name the person by whom it is to be done, in \`Preau-Person\`:
where somebody else is signed in it is refused with \`another-person\`.

**Errors** are problem documents (RFC 9457), whose \`type\` is one of those that the operation lists. A method that a path
does not take is answered with 405, the problem \`method-not-allowed\` and the header \`Allow\`; where the edge answers a
path, with a 403 of CloudFront. An address that no operation has is answered with 404 and a \`GatewayMessage\`. Query
parameters that an operation does not name are refused; where the edge answers, they are ignored.

**Releases** may add members to what is answered, and problems: ignore what you do not know.
`.trim()

const roomSchema = (description: string): Json => ({
  type: 'object',
  description,
  required: ['needed', 'left'],
  properties: { needed: { type: 'integer', minimum: 0 }, left: { type: 'integer', minimum: 0 } },
})

const problemSchema = (problems: readonly string[]): Json => ({
  type: 'object',
  description: `RFC 9457 problem document. Known types: ${problems.map(one => `\`${problemUri(one)}\``).join(', ')}.`,
  required: ['type', 'title', 'status', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    instance: { type: 'string', format: 'uri-reference', description: 'The id of the request, for support.' },
    retryAfter: { type: 'integer', minimum: 0, description: 'Seconds.' },
    room: roomSchema('Bytes: those that the file needs, and those that are left, or taken at most.'),
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string' },
          message: { type: 'string' },
          room: roomSchema('Minutes of work for the day: those that there would be, and those that the school allows.'),
        },
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
  const shared = componentsOf(Object.assign({}, kernelSchemas, ...contracts.map(one => one.schemas ?? {})))
  const paths: Record<string, Json> = boardsPaths(boards, shared)
  for (const contract of contracts)
    for (const [name, route] of Object.entries(contract.routes))
      paths[route.path] = {
        ...paths[route.path],
        [route.method.toLowerCase()]: operationOf(contract, name, route, shared),
      }
  const problems = [...Object.keys(commonProblems), ...contracts.flatMap(one => Object.keys(one.problems))]
  const { schemas, responses } = shared.met()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Préau',
      version,
      description,
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set([...contracts.map(one => one.feature), ...(boards.length > 0 ? ['boards'] : [])])].map(name => ({
      name,
    })),
    paths,
    components: {
      schemas: {
        ...schemas,
        Problem: problemSchema([...new Set(problems)]),
        GatewayMessage: gatewayMessage,
      },
      responses,
      headers: headerComponents,
      parameters: parameterComponents,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-preau' },
        refresh: { type: 'apiKey', in: 'cookie', name: '__Secure-preau-renew' },
      },
    },
  }
}
