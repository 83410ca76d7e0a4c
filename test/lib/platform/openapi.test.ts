import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApi } from '../../../lib/platform/openapi.ts'
import { contracts } from '../../../shared/features.ts'

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

  it('holds every declared route, once', () => {
    const declared = contracts.flatMap(one => Object.values(one.routes).map(route => `${route.method} ${route.path}`))
    const written = Object.entries(document.paths).flatMap(([path, of]) =>
      Object.keys(of).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(new Set(declared).size).toBe(declared.length)
    expect(written.sort()).toEqual(declared.sort())
  })

  it('declares each placeholder of a path and the key of each write', () => {
    for (const [path, of] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(of)) {
        const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
        const inPath = operation.parameters.filter(one => one.in === 'path').map(one => one.name)
        expect(inPath.sort(), operation.operationId).toEqual(placeholders.sort())
        const keyed = operation.parameters.some(one => one.name === 'Idempotency-Key')
        expect(keyed, operation.operationId).toBe(method !== 'get')
      }
  })
})
