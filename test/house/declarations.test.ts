import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { clocks, features as delivered, erasures, migrations } from '../../functions/features.ts'
import { type Access, changeEvents, uses } from '../../functions/platform/access.ts'
import type { Clock } from '../../functions/platform/clock.ts'
import { type Deliveries, deliveries, deliveryHandler, subscription } from '../../functions/platform/delivery.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { put } from '../../functions/platform/operation.ts'
import { one } from '../../functions/platform/pattern.ts'
import { pick } from '../../functions/platform/pick.ts'
import { serve } from '../../functions/platform/serve.ts'
import {
  clockAccesses,
  deliveryAccesses,
  functions as deployed,
  erasureAccesses,
  migrationAccesses,
} from '../../lib/features.ts'
import { contracts, type FeatureName, type FunctionName } from '../../shared/features.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { contract, relation, route } from '../../shared/kernel/route.ts'
import { functions as tested } from '../features.ts'
import { type Database, startDynamoDb } from '../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../support/platform.ts'

/*
 * What does not compile. Each `@ts-expect-error` is a test by itself: `npm run check` fails where the line below it
 * compiles.
 */

const Item = z.object({ name: z.string(), note: z.optional(z.string()) })
const read = one('TEST#{name}', 'READ', Item, { hottest: 'none' })
const written = one('TEST#{name}', 'WRITTEN', Item, { hottest: 'none' })

let db: Database
let platform: TestPlatform
beforeAll(async () => {
  db = await startDynamoDb()
  platform = await testPlatform(db)
})
afterAll(() => db.close())

describe('a list of features', () => {
  it('does not compile without one of them', () => {
    const { news: _, ...others } = delivered
    // @ts-expect-error: news is missing
    const forgotten: Record<FeatureName, Deliveries | undefined> = others
    const { news: __, ...untimed } = clocks
    // @ts-expect-error: what news do when something is due is missing
    const undone: Record<FeatureName, Clock | undefined> = untimed
    // @ts-expect-error: the function of news is missing
    const unserved: Record<FunctionName, unknown> = { password: 1, session: 1, directory: 1 }
    expect([forgotten, undone, unserved].map(list => 'news' in list)).toEqual([false, false, false])
  })

  it('grants each feature’s deliveries what they declare', () => {
    const declared = Object.entries(delivered).map(([name, one]) => [name, one?.access])
    expect(deliveryAccesses).toEqual(Object.fromEntries(declared))
  })

  it('lists the changes that each feature’s deliveries subscribe to, and no others', () => {
    for (const [name, one] of Object.entries(delivered))
      for (const event of changeEvents) {
        const subscribed = one?.subscriptions.filter(({ on }) => on.includes(event)).flatMap(({ of }) => of) ?? []
        const rows = one?.board?.rows ?? []
        expect(new Set(one?.access.subscribes?.[event]), `${name} ${event}`).toEqual(new Set([...subscribed, ...rows]))
      }
  })

  it('is not run with a subscription to changes that no access lists', () => {
    const to = subscription({ name: 'things', of: [read], on: ['INSERT', 'REMOVE'], deliver: async () => {} })
    const handler = (access: Access) => deliveryHandler([deliveries(access, to)], () => platform)
    expect(() => handler(uses({ get: [read] }))).toThrow('INSERT of TEST#{name} READ')
    expect(() => handler(uses({ subscribes: { INSERT: [read] } }))).toThrow('REMOVE of TEST#{name} READ')
    expect(handler(uses({ subscribes: { INSERT: [read], REMOVE: [read] } }))).toBeTypeOf('function')
  })

  it('grants what each feature does when something is due what it declares', () => {
    const declared = Object.entries(clocks).map(([name, one]) => [name, one?.access])
    expect(clockAccesses).toEqual(Object.fromEntries(declared))
  })

  it('grants what people are erased with from each feature’s items', () => {
    const declared = Object.entries(erasures).map(([name, one]) => [name, one?.access])
    expect(erasureAccesses).toEqual(Object.fromEntries(declared))
  })

  it('holds a migration to each generation of items after the oldest, and grants what it declares', () => {
    const { oldest, current } = itemGenerations
    const generations = Array.from({ length: current - oldest }, (_, index) => oldest + 1 + index)
    expect(migrations.map(({ generation }) => generation)).toEqual(generations)
    expect(migrationAccesses).toEqual(migrations.map(({ access }) => access))
  })

  it('names the features and functions of the contracts, and no other', () => {
    const [features, functions] = [contracts.map(one => one.feature), contracts.map(one => one.function)]
    for (const list of [delivered, deliveryAccesses, clocks, clockAccesses, erasures, erasureAccesses])
      expect(Object.keys(list).sort()).toEqual([...new Set(features)].sort())
    for (const list of [deployed, tested]) expect(Object.keys(list).sort()).toEqual(functions.sort())
  })
})

describe('a contract', () => {
  const common = { feature: 'test', function: 'test', problems: {} } as const
  const opened = {
    kind: 'private',
    method: 'GET',
    path: '/api/things/{thing}',
    summary: 'Read a thing.',
    callers: 'signed-in',
    within: relation('thing'),
    params: z.object({ thing: z.string() }),
    reply: z.object({ name: z.string() }),
  } as const
  const things = contract({ ...common, routes: { open: route(opened) } })
  const open = async () => ok({ name: 'x' })

  it('does not compile with a problem nobody declared', () => {
    const unknown = { ...common, routes: { open: route({ ...opened, problems: ['thing-lost'] }) } } as const
    // @ts-expect-error: thing-lost is neither common nor of this contract
    expect(contract(unknown).routes.open.problems).toEqual(['thing-lost'])
  })

  it('does not compile where a path’s placeholder has no schema', () => {
    const { params: _, ...without } = opened
    // @ts-expect-error: {thing} is not parsed
    expect('params' in route(without)).toBe(false)
  })

  it('is not served without an implementation of each route, or a loader of each relation', () => {
    const thing = async () => ok({ name: 'x' })
    // @ts-expect-error: nothing implements open
    expect(serve(things, platform, { thing }, {})).toBeTypeOf('function')
    // @ts-expect-error: nothing proves the relation to the thing
    expect(serve(things, platform, {}, { open })).toBeTypeOf('function')
    expect(serve(things, platform, { thing }, { open })).toBeTypeOf('function')
  })

  it('is not served with a reply or a problem it does not declare', () => {
    const thing = async () => ok({ name: 'x' })
    // @ts-expect-error: the reply has a name
    expect(serve(things, platform, { thing }, { open: async () => ok({ title: 'x' }) })).toBeTypeOf('function')
    const lost = async () => fail({ type: 'thing-lost', status: 410, title: 'Lost.' } as const)
    // @ts-expect-error: thing-lost is not declared
    expect(serve(things, platform, { thing }, { open: lost })).toBeTypeOf('function')
    const none = async () => fail(problem('not-found'))
    expect(serve(things, platform, { thing }, { open: none })).toBeTypeOf('function')
  })
})

describe('a table', () => {
  it('takes the access patterns that its access declares, each with its verb', async () => {
    const now = () => new Date('2026-03-16T08:00:00.000Z')
    const table = openTable(db.table, uses({ get: [read], put: [written] }), now, db.client)
    const name = 'x'
    expect(await table.transact([put('made', written, { name }, { name })])).toEqual({ ok: true, value: undefined })
    expect(await table.get(read, { name })).toBeUndefined()
    // @ts-expect-error: written is declared for put only
    expect(await table.get(written, { name })).toEqual({ name })
    // @ts-expect-error: read is declared for get only
    expect(await table.transact([put('made', read, { name }, { name })])).toMatchObject({ ok: true })
    // @ts-expect-error: nothing is declared for query
    expect(() => table.list(read, { name })).toBeTypeOf('function')
    // @ts-expect-error: a key needs its name
    expect(() => table.get(read, {})).toBeTypeOf('function')
  })
})

describe('pick()', () => {
  it('does not compile where a field that the shape requires is missing', () => {
    expect(pick(Item, { name: 'x' })).toEqual({ name: 'x' })
    // @ts-expect-error: no name
    expect(pick(Item, { note: 'x' })).toEqual({ note: 'x' })
  })
})
