import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApi } from '../../../lib/platform/openapi.ts'
import { contracts } from '../../../shared/features.ts'
import { type Contract, needsKey, type Route } from '../../../shared/kernel/route.ts'
import { uploadContract } from '../../support/upload.ts'

describe('openApi()', () => {
  const document = JSON.parse(JSON.stringify(openApi(contracts, '1.0.0'))) as {
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>
  }

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
    const written = Object.entries(document.paths).flatMap(([path, of]) =>
      Object.keys(of).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(new Set(declared).size).toBe(declared.length)
    expect(written.sort()).toEqual(declared.sort())
  })

  it('declares each path parameter, and the Idempotency-Key of each write that needs one', () => {
    for (const [path, of] of Object.entries(document.paths))
      for (const operation of Object.values(of)) {
        const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
        const inPath = operation.parameters.filter(one => one.in === 'path').map(one => one.name)
        expect(inPath.sort(), operation.operationId).toEqual(placeholders.sort())
        const keyed = operation.parameters.some(one => one.name === 'Idempotency-Key')
        const route = declared.get(operation.operationId)
        expect(keyed, operation.operationId).toBe(route !== undefined && needsKey(route))
      }
  })

  it('describes a board’s files by their schemas, and what the edge answers instead', async () => {
    const { get } = document.paths['/boards/{audience}/news-text.1.{content}'] as never as Record<
      'get',
      { responses: Record<string, { content: Record<string, { schema: { properties: object } }> }> }
    >
    const [reply] = Object.values(get.responses[200]?.content ?? {})
    expect(Object.keys(reply?.schema.properties ?? {})).toEqual(['body', 'audiences'])
    expect(Object.keys(get.responses)).toEqual(['200', '400', '401', '403', '404', '503'])
  })

  it('knows no path of boards where none is declared', () => {
    const without = contracts.map(({ board: _, ...rest }: Contract): Contract => rest)
    expect(Object.keys(openApi(without, '1.0.0').paths as object).filter(path => path.startsWith('/boards'))).toEqual(
      [],
    )
  })

  it('describes an upload as a write that announces a file and replies with its grant', async () => {
    const described = JSON.parse(JSON.stringify(openApi([...contracts, uploadContract], '1.0.0')))
    const validator = new Validator()
    expect((await validator.validate(structuredClone(described))).errors ?? []).toEqual([])
    const { parameters, requestBody, responses } = described.paths['/api/drawings'].post
    expect(parameters.map((one: { name: string }) => one.name)).toEqual(['Idempotency-Key'])
    const { required, properties } = requestBody.content['application/json'].schema
    expect(required).toEqual(['title', 'file'])
    expect(properties.file).toMatchObject({ required: ['length', 'type', 'sha256'] })
    const reply = responses[201].content['application/json'].schema
    expect(reply.required).toEqual(['id', 'upload'])
    expect(reply.properties.upload).toMatchObject({ required: ['url', 'headers', 'expiresAt'] })
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '403', '409']))
  })
})
