import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApi } from '../../../lib/platform/openapi.ts'
import { contracts } from '../../../shared/features.ts'
import { uploadContract } from '../../support/upload.ts'

describe('openApi()', () => {
  const document = JSON.parse(JSON.stringify(openApi(contracts, '1.0.0'))) as {
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>
  }

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(structuredClone(document))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('contains every declared route, once', () => {
    const declared = contracts.flatMap(one => Object.values(one.routes).map(route => `${route.method} ${route.path}`))
    const written = Object.entries(document.paths).flatMap(([path, of]) =>
      Object.keys(of).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(new Set(declared).size).toBe(declared.length)
    expect(written.sort()).toEqual(declared.sort())
  })

  it('declares each path parameter, and the Idempotency-Key of each write', () => {
    for (const [path, of] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(of)) {
        const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
        const inPath = operation.parameters.filter(one => one.in === 'path').map(one => one.name)
        expect(inPath.sort(), operation.operationId).toEqual(placeholders.sort())
        const keyed = operation.parameters.some(one => one.name === 'Idempotency-Key')
        expect(keyed, operation.operationId).toBe(method !== 'get')
      }
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
