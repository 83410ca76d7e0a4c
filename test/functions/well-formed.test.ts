import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts, type FunctionName } from '../../shared/features.ts'
import type { Contract } from '../../shared/kernel/route.ts'
import { functions } from '../features.ts'
import { type CallOptions, call } from '../support/call.ts'
import { type Database, startDynamoDb } from '../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../support/platform.ts'
import { type School, seedSchool } from '../support/school.ts'

type Schema = { readonly _zod: { readonly def: Record<string, unknown> & { readonly type: string } } }

/** The paths of all texts that a schema takes: `login`, `people.0`. */
const textsOf = (schema: unknown, path = ''): string[] => {
  const { def } = (schema as Schema)._zod
  const below = (part: unknown, name: string) => textsOf(part, path === '' ? name : `${path}.${name}`)
  if (def.type === 'object') return Object.entries(def.shape as object).flatMap(([name, part]) => below(part, name))
  if (def.type === 'array') return below(def.element, '0')
  if (def.type === 'union') return (def.options as unknown[]).flatMap(one => textsOf(one, path))
  if (def.innerType !== undefined) return textsOf(def.innerType, path)
  if (['string', 'enum', 'literal', 'template_literal'].includes(def.type)) return [path]
  if (['number', 'boolean'].includes(def.type)) return []
  throw new Error(`textsOf() knows no schema of the type ${def.type}`)
}

/** A copy of a value with `text` at `path`. */
const withText = (value: unknown, [name = '', ...rest]: readonly string[], text: string): unknown => {
  const put = (before: unknown) => (rest.length === 0 ? text : withText(before, rest, text))
  if (Array.isArray(value)) return Object.assign([...value], { [name]: put(value[Number(name)]) })
  const copy: Record<string, unknown> = { ...(value as object | undefined) }
  return { ...copy, [name]: put(copy[name]) }
}

const parts = ['params', 'query', 'body'] as const

const fields = contracts.flatMap((one: Contract) =>
  Object.entries(one.routes).flatMap(([name, route]) =>
    parts.flatMap(part =>
      (route[part] ? textsOf(route[part]) : []).map(path => ({ of: one.function as FunctionName, name, part, path })),
    ),
  ),
)

const broken = ['\ud83c', 'a\udf84', '\udf84\ud83c', `${'a'.repeat(139)}\ud83c`]

let database: Database
let platform: TestPlatform
let school: School
const arranged = new Map<FunctionName, unknown>()

beforeAll(async () => {
  database = await startDynamoDb()
  platform = await testPlatform(database)
  school = await seedSchool(database, undefined, { accounts: true })
  for (const of of new Set(fields.map(field => field.of)))
    arranged.set(of, await functions[of].arrange(platform, school))
})
afterAll(() => database.close())

/** A caller whom the route lets in, so that nothing but the text is refused. */
const callerOf = (callers: unknown): string =>
  callers === 'anyone' || callers === 'signed-in' || callers === 'members'
    ? 'anne'
    : (Object.entries(school.callers).find(([, { roles }]) =>
        roles.some(({ role }) => (callers as readonly string[]).includes(role)),
      )?.[0] ?? 'nobody')

describe('a text that is not well-formed Unicode', () => {
  it('is tried in every part of a request', () => {
    expect(new Set(fields.map(({ part }) => part))).toEqual(new Set(parts))
    expect(fields.length).toBeGreaterThan(40)
  })

  it.each(fields)('is refused as $part $path of $of $name', async ({ of, name, part, path }) => {
    const { open, contract, examples } = functions[of]
    const route = contract.routes[name]
    const example = examples[name]?.({ school, ids: arranged.get(of) as never })
    if (!route || !example) throw new Error(`no example of ${of} ${name}`)
    const { related, ...options } = example
    const as = school.callers[related?.[0] ?? callerOf('callers' in route ? route.callers : undefined)]
    for (const text of broken) {
      const given = { ...options, as, [part]: withText(options[part], path.split('.'), text) } as CallOptions
      const reply = await call(open(platform), platform, route, given)
      // Where the school of the path decides who may call, an ill-formed one is a school in which the caller holds nothing.
      if (part === 'params' && reply.status === 403) continue
      expect([reply.status, reply.body.type], JSON.stringify(text)).toEqual([400, '/api/problems/invalid-request'])
      expect(reply.body.errors).toEqual([
        { path: `${part === 'params' ? 'path' : part}.${path}`, message: expect.stringMatching(/surrogate/) },
      ])
    }
  })
})
