import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApi } from '../../../lib/platform/openapi.ts'
import { contracts } from '../../../shared/features.ts'
import { type Contract, isCached, isWriting, needsKey, type Route } from '../../../shared/kernel/route.ts'
import { uploadContract } from '../../support/upload.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document of every shape
type Any = any

/** A document whose operations are read with what they refer to in place of the references, but for schemas. */
const documentOf = (declared: readonly Contract[]) => {
  const document = JSON.parse(JSON.stringify(openApi(declared, '1.0.0')))
  const resolved = (one: Any): Any => {
    if (one === null || typeof one !== 'object') return one
    const at = (one as { $ref?: string }).$ref
    if (at === undefined || at.startsWith('#/components/schemas/'))
      return Array.isArray(one)
        ? one.map(resolved)
        : Object.fromEntries(Object.entries(one).map(([k, v]) => [k, resolved(v)]))
    return resolved(
      at
        .split('/')
        .slice(1)
        .reduce((found, part) => found[part], document),
    )
  }
  return { document, paths: resolved(document.paths) as Record<string, Record<string, Any>> }
}

/** Every object within another, with the way to it. */
const within = function* (node: Any, way = ''): Generator<[way: string, node: Any]> {
  if (node === null || typeof node !== 'object') return
  yield [way, node]
  for (const [name, one] of Object.entries(node)) yield* within(one, `${way}/${name}`)
}

describe('openApi()', () => {
  const { document, paths } = documentOf(contracts)
  const operations: Any[] = Object.values(paths).flatMap(of => Object.values(of))
  const operation = (id: string) => operations.find(({ operationId }) => operationId === id)

  const declared = new Map(
    contracts.flatMap((one: Contract) =>
      Object.entries(one.routes).map(([name, route]): [string, Route] => [`${one.feature}.${name}`, route]),
    ),
  )

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(structuredClone(document))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('contains every declared route and board, once', () => {
    const boards = contracts.flatMap(({ board }: Contract) => board ?? [])
    const files = boards.flatMap(({ service, shape, parts }) =>
      [service, ...Object.keys(parts).map(part => `${service}-${part}`)].map(name => `${name}.${shape}.{content}`),
    )
    const declared = [
      ...contracts.flatMap(one => Object.values(one.routes).map(route => `${route.method} ${route.path}`)),
      'GET /boards/me',
      'GET /boards/index.1/{uai}/{role}',
      ...files.map(file => `GET /boards/{audience}/${file}`),
    ]
    expect(files).toContain('news.1.{content}')
    const written = Object.entries(paths).flatMap(([path, of]) =>
      Object.keys(of).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(new Set(declared).size).toBe(declared.length)
    expect(written.sort()).toEqual(declared.sort())
  })

  it('declares each path parameter, and the Idempotency-Key of each write that needs one', () => {
    for (const [path, of] of Object.entries(paths))
      for (const { operationId, parameters } of Object.values(of)) {
        const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
        const inPath = parameters.filter((one: Any) => one.in === 'path').map((one: Any) => one.name)
        expect(inPath.sort(), operationId).toEqual(placeholders.sort())
        const keyed = parameters.some((one: Any) => one.name === 'Idempotency-Key')
        const route = declared.get(operationId)
        expect(keyed, operationId).toBe(route !== undefined && needsKey(route))
      }
  })

  it('describes a board’s files by their schemas, and what the edge answers instead', () => {
    const { responses } = operation('news.board-text')
    expect(responses[200].content['application/json'].schema).toEqual({ $ref: '#/components/schemas/NewsText' })
    expect(Object.keys(document.components.schemas.NewsText.properties)).toEqual(['body', 'audiences'])
    expect(Object.keys(responses)).toEqual(['200', '304', '400', '401', '403', '404', '503'])
  })

  it('names every schema it refers to, and writes no object of three members or more twice', () => {
    const written = new Map<string, string[]>()
    for (const [way, node] of within(document)) {
      if (typeof node.$ref === 'string') {
        const found = node.$ref
          .split('/')
          .slice(1)
          .reduce((at: Any, part: string) => at?.[part], document)
        expect(found, `${way}: ${node.$ref}`).toBeDefined()
      }
      const { type, properties = {} } = node
      if (type !== 'object' || Object.keys(properties).length < 3) continue
      const text = JSON.stringify(node)
      written.set(text, [...(written.get(text) ?? []), way])
    }
    expect([...written.values()].filter(ways => ways.length > 1)).toEqual([])
  })

  it('describes no number that is not whole, since there is none', () => {
    expect([...within(document)].flatMap(([way, { type }]) => (type === 'number' ? [way] : []))).toEqual([])
  })

  it('tells of each route what its kind may answer beside its reply', () => {
    for (const [id, route] of declared) {
      const { responses, parameters, security } = operation(id)
      const headers = (status: number) => Object.keys(responses[status]?.headers ?? {})
      expect(responses[413] !== undefined, `${id} 413`).toBe(route.body !== undefined)
      expect(responses[304] !== undefined, `${id} 304`).toBe(isCached(route))
      expect(headers(isWriting(route) ? route.status : 200), id).toEqual([
        'x-request-id',
        ...(isCached(route) ? ['etag'] : []),
        ...(isWriting(route) && route.setsCookies ? ['set-cookie'] : []),
        ...(isWriting(route) && route.clearsCache ? ['clear-site-data'] : []),
      ])
      expect(
        parameters.some(({ name }: Any) => name === 'If-None-Match'),
        id,
      ).toBe(isCached(route))
      for (const status of [429, 503]) expect(headers(status), `${id} ${status}`).toContain('retry-after')
      for (const status of [429, 500, 503])
        expect(responses[status].content['application/json'].schema, id).toEqual({
          $ref: '#/components/schemas/GatewayMessage',
        })
      const refresh = JSON.stringify(security).includes('refresh')
      expect(refresh, id).toBe(isWriting(route) && route.refreshCookie !== undefined)
    }
    expect(operation('session.renew').security).toEqual([{ refresh: [] }])
  })

  it('says of files that S3 itself answers for a name that no index names', () => {
    const [file] = Object.entries(paths).find(([path]) => path.endsWith('.{content}')) ?? []
    expect(Object.keys(paths[file ?? '']?.get.responses[404].content).sort()).toEqual([
      'application/problem+json',
      'application/xml',
    ])
    expect(Object.keys(paths['/boards/me']?.get.responses[404].content)).toEqual(['application/problem+json'])
  })

  it('knows no path of boards where none is declared', () => {
    const without = contracts.map(({ board: _, ...rest }: Contract): Contract => rest)
    expect(Object.keys(openApi(without, '1.0.0').paths as object).filter(path => path.startsWith('/boards'))).toEqual(
      [],
    )
  })

  it('describes an upload as a write that announces a file and replies with its grant', async () => {
    const described = documentOf([...contracts, uploadContract])
    const validator = new Validator()
    expect((await validator.validate(structuredClone(described.document))).errors ?? []).toEqual([])
    const { parameters, requestBody, responses } = (described.paths['/api/drawings'] as Any).post
    expect(parameters.map((one: { name: string }) => one.name)).toEqual(['Idempotency-Key'])
    const { required, properties } = requestBody.content['application/json'].schema
    expect(required).toEqual(['title', 'file'])
    const { schemas } = described.document.components
    expect(properties.file).toEqual({ $ref: '#/components/schemas/FileAnnouncement' })
    expect(schemas.FileAnnouncement).toMatchObject({ required: ['length', 'type', 'sha256'] })
    const reply = responses[201].content['application/json'].schema
    expect(reply.required).toEqual(['id', 'upload'])
    expect(reply.properties.upload).toEqual({ $ref: '#/components/schemas/UploadGrant' })
    expect(schemas.UploadGrant).toMatchObject({ required: ['puts', 'expiresAt'] })
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '403', '409']))
  })
})
