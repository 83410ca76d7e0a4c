import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commitFor } from '../../functions/platform/idempotency.ts'
import { platformPatterns } from '../../functions/platform/patterns.ts'
import { contracts, type FunctionName } from '../../shared/features.ts'
import { type Contract, isWriting } from '../../shared/kernel/route.ts'
import { functions } from '../features.ts'
import { call } from '../support/call.ts'
import { type Database, startDynamoDb } from '../support/dynamodb.ts'
import { openItems } from '../support/items.ts'
import { type TestPlatform, testPlatform } from '../support/platform.ts'
import { seedSchool } from '../support/school.ts'

/** What a frozen account may still write: what concerns its owner alone. */
const own = [
  'documents cancel',
  'documents complete',
  'factor addPasskey',
  'factor beginTotp',
  'factor challenge',
  'factor confirmTotp',
  'factor finish',
  'factor remove',
  'factor renewRecovery',
  'news keepDraft',
  'news removeList',
  'news saveList',
  'news seen',
  'news sign',
  'password activate',
  'password changePassword',
  'password signIn',
  'session endDevice',
  'session renew',
  'session signOut',
  'session signOutEverywhere',
  'session updateMe',
  'work keepTask',
  'work removeTask',
  'work sendHandIn',
  'work start',
  'work tick',
]

const writes = contracts.flatMap((one: Contract) =>
  Object.entries(one.routes).flatMap(([name, route]) =>
    isWriting(route) ? [{ of: one.function as FunctionName, name, route }] : [],
  ),
)

let database: Database
let platform: TestPlatform
beforeAll(async () => {
  database = await startDynamoDb()
  platform = await testPlatform(database)
})
afterAll(() => database.close())

const freeze = async (person: string) =>
  openItems(database).put(
    platformPatterns.freeze,
    { person },
    { at: new Date().toISOString(), by: 'Marc Élan', reason: 'volé' },
  )
const unfreeze = (person: string) => openItems(database).remove(platformPatterns.freeze, { person })

describe('an account whose publishing is frozen', () => {
  it('may write nothing but what concerns its owner alone', () => {
    const free = writes.filter(({ route }) => !route.reachesOthers)
    expect(free.map(({ of, name }) => `${of} ${name}`).sort()).toEqual(own)
  })

  it.each(writes.filter(({ route }) => route.reachesOthers))('is refused $of $name', async ({ of, name, route }) => {
    const { open, examples, arrange } = functions[of]
    // Whoever may call the route with its example: the head in nearly all, a teacher of what teachers alone do.
    const usual = Array.isArray(route.callers) && !route.callers.includes('head') ? 'anne' : 'marc'
    const fresh = async () => {
      const school = await seedSchool(database, undefined, { accounts: true })
      const ids = (await arrange(platform, school)) as never
      const { related, ...options } = examples[name]?.({ school, ids }) ?? {}
      const who = related?.includes(usual) === false ? (related[0] ?? '') : usual
      return { caller: school.callers[who], options }
    }
    const before = await fresh()
    const person = String(before.caller?.person)
    await freeze(person)
    const refused = await call(open(platform), platform, route, { ...before.options, as: before.caller })
    expect([refused.status, refused.body.type]).toEqual([403, '/api/problems/publishing-frozen'])
    await unfreeze(person)
    const after = await fresh()
    const reply = await call(open(platform), platform, route, { ...after.options, as: after.caller })
    expect(reply.raw ?? '').not.toContain('publishing-frozen')
  })

  it('is refused by the transaction, where the freeze comes after the request was admitted', async () => {
    const { callers } = await seedSchool(database)
    const caller = callers.anne
    if (!caller) throw new Error('nobody is called anne')
    const attempt = { caller, key: 'a-key-of-this-test-1', request: 'a request', reachesOthers: true }
    const commit = commitFor(platform, attempt)
    await freeze(caller.person)
    const done = await commit([], undefined)
    expect(done).toMatchObject({ ok: false, problem: { type: 'publishing-frozen' } })
    await unfreeze(caller.person)
    expect(await commit([], undefined)).toMatchObject({ ok: true })
  })
})
