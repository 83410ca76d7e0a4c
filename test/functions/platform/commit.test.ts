import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { commitFor, firstAnswer, requestHash } from '../../../functions/platform/idempotency.ts'
import type { Attempt } from '../../../functions/platform/incoming.ts'
import { put, update } from '../../../functions/platform/operation.ts'
import { one } from '../../../functions/platform/pattern.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { answerLifetime, resendLifetime } from '../../../shared/kernel/idempotency.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'
import { type School, seedSchool } from '../../support/school.ts'

const counted = one('TEST#{name}', 'COUNT', z.object({ count: z.number() }), { hottest: 'none' })

let db: Database
let platform: TestPlatform
let school: School
const clock = { now: new Date('2026-03-16T08:00:00.000Z') }
beforeAll(async () => {
  db = await startDynamoDb()
  platform = await testPlatform(db, clock)
  school = await seedSchool(db, clock.now)
})
afterAll(() => db.close())

const attemptOf = (name: string, key: string, request = 'request'): Attempt => {
  const caller = school.callers[name]
  if (!caller) throw new Error(`nobody is called ${name}`)
  return { caller, key, request }
}
const add = (name: string) => update('count', counted, { name }, { add: { count: 1 } })
const countOf = async (name: string) => (await platform.table.get(counted, { name }, { consistent: true }))?.count ?? 0
/** The person as an import would write them, changed. */
const change = async (name: string, changed: Partial<PersonItem>) => {
  const person = school.people[name]
  if (!person) throw new Error(`nobody is called ${name}`)
  await openItems(db).put(directoryPatterns.person, { person: person.id }, { ...person, ...changed })
}

describe('commitFor()', () => {
  it('gives a repeat the first answer, and has one effect', async () => {
    const attempt = attemptOf('lea', 'key-of-the-repeat')
    const first = await commitFor(platform, attempt)([add('repeat')], { number: 1 })
    const second = await commitFor(platform, attempt)([add('repeat')], { number: 2 })
    expect([first, second]).toEqual([1, 1].map(number => ({ ok: true, value: { number } })))
    expect(await countOf('repeat')).toBe(1)
  })

  it('gives concurrent repeats one answer, and has one effect', async () => {
    const attempt = attemptOf('lea', 'key-of-the-concurrent')
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, number) => commitFor(platform, attempt)([add('concurrent')], { number })),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(await countOf('concurrent')).toBe(1)
  })

  it('refuses a key used for another request', async () => {
    const key = 'key-of-two-requests'
    await commitFor(platform, attemptOf('lea', key))([add('two')], {})
    const other = await commitFor(platform, attemptOf('lea', key, 'another'))([add('two')], {})
    expect(other).toEqual({ ok: false, problem: problem('idempotency-key-reused') })
    expect(await countOf('two')).toBe(1)
  })

  it('keeps the keys of two people apart', async () => {
    const key = 'key-of-two-people'
    for (const name of ['lea', 'tom']) await commitFor(platform, attemptOf(name, key))([add('people')], {})
    expect(await countOf('people')).toBe(2)
  })

  it('does not keep an answer that holds a secret', async () => {
    const attempt = attemptOf('lea', 'key-of-a-secret')
    await commitFor(platform, attempt)([add('secret')], { secret: 'x' }, { remember: false })
    expect(await firstAnswer(platform, attempt)).toEqual({ ok: true, value: { reply: undefined, remembered: false } })
    expect(await commitFor(platform, attempt)([add('secret')], { secret: 'y' })).toMatchObject({ ok: true })
    expect(await countOf('secret')).toBe(1)
  })

  it('remembers an answer for longer than a device sends a write again, then forgets it', async () => {
    const attempt = attemptOf('lea', 'key-of-last-month')
    await commitFor(platform, attempt)([add('month')], {})
    const start = clock.now
    clock.now = new Date(start.getTime() + resendLifetime * 1000)
    expect(await firstAnswer(platform, attempt)).toMatchObject({ ok: true, value: { remembered: true } })
    clock.now = new Date(start.getTime() + answerLifetime * 1000)
    expect(await firstAnswer(platform, attempt)).toEqual({ ok: true, value: undefined })
    clock.now = start
  })

  it('refuses a suspended person at once', async () => {
    await change('tom', { status: 'suspended' })
    const refused = await commitFor(platform, attemptOf('tom', 'key-of-the-suspended'))([add('suspended')], {})
    expect(refused).toEqual({ ok: false, problem: problem('session-stale') })
    expect(await countOf('suspended')).toBe(0)
  })

  it('refuses a person whom an import moved, at once', async () => {
    await change('anne', { access: 'another' })
    const refused = await commitFor(platform, attemptOf('anne', 'key-of-the-moved'))([add('moved')], {})
    expect(refused).toEqual({ ok: false, problem: problem('session-stale') })
    expect(await countOf('moved')).toBe(0)
  })

  it('refuses a session that was ended or has expired', async () => {
    const attempt = attemptOf('paul', 'key-of-the-signed-out')
    const { person, session } = attempt.caller
    await openItems(db).remove(sessionPatterns.session, { person, session })
    const refused = { ok: false, problem: problem('session-ended') }
    expect(await commitFor(platform, attempt)([add('ended')], {})).toEqual(refused)
    await openItems(db).put(
      sessionPatterns.session,
      { person, session },
      { session, expiresAt: clock.now.getTime() / 1000 },
    )
    expect(await commitFor(platform, attempt)([add('ended')], {})).toEqual(refused)
    expect(await countOf('ended')).toBe(0)
  })

  it('gives the problem of the condition that did not hold', async () => {
    const attempt = attemptOf('marc', 'key-of-the-condition')
    const there = put('name', counted, { name: 'there' }, { count: 1 }, { absent: true })
    expect(await commitFor(platform, attempt)([there], {})).toMatchObject({ ok: true })
    const again = attemptOf('marc', 'key-of-the-condition-2')
    expect(await commitFor(platform, again)([there], {})).toEqual({ ok: false, problem: problem('conflict') })
    const said = await commitFor(platform, again)(
      [there],
      {},
      {
        refused: names => problem(names.includes('name') ? 'not-found' : 'conflict'),
      },
    )
    expect(said).toEqual({ ok: false, problem: problem('not-found') })
  })

  it('knows nobody who is not in the directory', async () => {
    const attempt = attemptOf('remi', 'key-of-the-removed')
    await openItems(db).remove(directoryPatterns.person, { person: attempt.caller.person })
    expect(await commitFor(platform, attempt)([add('removed')], {})).toMatchObject({ ok: false })
    expect(await countOf('removed')).toBe(0)
  })
})

describe('requestHash()', () => {
  const hashOf = (method: 'POST' | 'PUT', rawPath: string, body: string, more: { secretBody?: true } = {}) =>
    requestHash({ method, ...more }, { rawPath, body, isBase64Encoded: false } as APIGatewayProxyEventV2)

  it('tells method, path and body apart', () => {
    const hashes = [
      hashOf('POST', '/a', 'b'),
      hashOf('PUT', '/a', 'b'),
      hashOf('POST', '/ab', ''),
      hashOf('POST', '/a', 'c'),
    ]
    expect(new Set(hashes).size).toBe(4)
  })

  it('leaves a body out that holds a secret', () => {
    const secret = { secretBody: true } as const
    expect(hashOf('PUT', '/a', 'one password', secret)).toBe(hashOf('PUT', '/a', 'another', secret))
    expect(hashOf('PUT', '/a', 'x', secret)).not.toBe(hashOf('PUT', '/b', 'x', secret))
  })
})
