import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts, type FunctionName } from '../../shared/features.ts'
import { AudienceId, GroupId, PersonId, Uai } from '../../shared/kernel/ids.ts'
import { type Contract, isCached, isInSchool, isWriting, type Route } from '../../shared/kernel/route.ts'
import { functions } from '../features.ts'
import { call } from '../support/call.ts'
import { type Database, startDynamoDb } from '../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../support/platform.ts'
import { college, type School, seedSchool } from '../support/school.ts'

let database: Database
let platform: TestPlatform
let school: School

/** The two schools as they were, and what the function's examples name. */
const arrange = async (name: FunctionName) => {
  school = await seedSchool(database, undefined, { accounts: true })
  return { school, ids: (await functions[name].arrange(platform, school)) as never }
}

/** What the declaration alone says of a caller, before any relation. */
const declaredRefusal = (route: Route, name: string | undefined): 401 | 403 | undefined => {
  if (isCached(route) || route.callers === 'anyone') return undefined
  if (name === undefined) return 401
  const held = school.callers[name]?.roles ?? []
  const counting = held.filter(one => !isInSchool(route.within) || one.uai === college)
  const wanted: 'signed-in' | readonly string[] = route.callers
  return counting.some(one => wanted === 'signed-in' || wanted.includes(one.role)) ? undefined : 403
}

beforeAll(async () => {
  database = await startDynamoDb()
  platform = await testPlatform(database)
})
afterAll(() => database.close())

const routes = contracts.flatMap((one: Contract) =>
  Object.entries(one.routes).map(([name, route]) => ({ of: one.function as FunctionName, name, route })),
)

describe.each(routes)('serve() $of $name', ({ of, name, route }) => {
  const { open, examples, mayAnswer } = functions[of]
  const others = mayAnswer?.[name]

  it('refuses whoever is signed out, in another role or of another school, and answers the others', async ({
    signal,
  }) => {
    const handler = open(platform)
    let arranged = await arrange(of)
    let isAsArranged = true
    for (const caller of [undefined, ...Object.keys(school.callers)]) {
      signal.throwIfAborted()
      if (!isAsArranged) arranged = await arrange(of)
      const example = examples[name]?.(arranged)
      if (!example) throw new Error(`no example of ${of} ${name}`)
      const { related, ...options } = example
      const who = caller === undefined ? undefined : school.callers[caller]
      const { status, body } = await call(handler, platform, route, { ...options, as: who })
      // What was done may change what the next caller would meet; a refused caller has done nothing.
      isAsArranged = !isWriting(route) || status === 401 || status === 403
      const label = `${caller ?? 'signed out'}: ${status} ${body?.type ?? ''}`
      const refused = declaredRefusal(route, caller)
      if (refused) expect(status, label).toBe(refused)
      else if (caller !== undefined && related && !related.includes(caller))
        expect([403, 404, 422], label).toContain(status)
      else if (others) expect(others, label).toContain(status)
      else expect(status, label).toBeLessThan(300)
    }
  })

  it('refuses whoever did not come through the edge', async () => {
    const { related: _, ...options } = examples[name]?.(await arrange(of)) ?? {}
    const as = school.callers.anne
    const reply = await call(open(platform), platform, route, {
      ...options,
      as,
      headers: { 'x-preau-edge': 'guessed' },
    })
    expect([reply.status, reply.body.type]).toEqual([403, '/api/problems/not-through-edge'])
  })
})

/** Ids of people and of what they belong to. */
const named = new Set<unknown>([AudienceId, GroupId, PersonId, Uai])

/** True if a schema takes such an id, at whatever depth. */
const takesId = (schema: unknown, seen = new Set<unknown>()): boolean => {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return false
  seen.add(schema)
  return named.has(schema) || Object.values(schema).some(part => takesId(part, seen))
}
const shapeOf = (schema: Route['params']) => schema?._zod.def

describe('a route that is called with ids of people, groups, audiences or schools', () => {
  it.each(routes.filter(({ route }) => !isCached(route)))('$of $name proves the relation to them', ({ route }) => {
    if (isCached(route)) return
    const { within, params, query, body } = route
    const proved = typeof within === 'object'
    const path = takesId(
      Object.entries(shapeOf(params)?.shape ?? {}).filter(([key]) => key !== 'uai' || !isInSchool(within)),
    )
    expect(proved || !(path || takesId(shapeOf(query)) || takesId(shapeOf(body)))).toBe(true)
  })
})
