import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import type { Access } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { check, put, remove, update } from '../../../functions/platform/operation.ts'
import { cursorOf, many, one } from '../../../functions/platform/pattern.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { type Database, localClient, startDynamoDb } from '../../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'
import { college, type School, seedSchool } from '../../support/school.ts'

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

/** A client whose batch requests leave all but the first `taken` of what is asked unprocessed, `times` times. */
const holdingBack = (taken: number, times: number) => {
  let requests = 0
  const client = localClient(db.endpoint)
  client.middlewareStack.add(
    (next, context) => async args => {
      const name = context.commandName ?? ''
      if (!/^Batch(GetItem|WriteItem)Command$/.test(name) || requests >= times) {
        if (/^Batch/.test(name)) requests++
        return next(args)
      }
      requests++
      const input = args.input as { RequestItems: Record<string, { Keys?: unknown[] } | unknown[]> }
      const whole = input.RequestItems[db.table] as { Keys: unknown[] } & unknown[]
      const isRead = name.startsWith('BatchGet')
      const all: unknown[] = isRead ? whole.Keys : whole
      const of = (part: unknown[]) => ({ [db.table]: isRead ? { ...whole, Keys: part } : part })
      const reply: { output: Record<string, unknown> } =
        taken > 0
          ? ((await next({ ...args, input: { ...input, RequestItems: of(all.slice(0, taken)) } } as never)) as never)
          : { output: { $metadata: {} } }
      reply.output[isRead ? 'UnprocessedKeys' : 'UnprocessedItems'] = of(all.slice(taken))
      return reply as never
    },
    { step: 'initialize' },
  )
  return { table: openTable<Access>(db.table, {}, () => clock.now, client), requests: () => requests }
}
const counterKeys = (count: number) => Array.from({ length: count }, (_, at) => ({ counter: `many ${at}` }))
const counterOf = (attempts: number) => ({ attempts, expiresAt: clock.now.getTime() / 1000 + 60 })

describe('getMany()', () => {
  it('gives what there is at the place of its key, in however many requests', async () => {
    const keys = counterKeys(230)
    await platform.table.writeMany(
      keys.slice(0, 200).map((key, at) => put('one', sessionPatterns.throttle, key, counterOf(at))),
    )
    const found = await platform.table.getMany(sessionPatterns.throttle, [...keys].reverse())
    expect(found.map(one => one?.attempts).reverse()).toEqual([...keys.keys()].map(at => (at < 200 ? at : undefined)))
    const twice = await platform.table.getMany(sessionPatterns.throttle, [{ counter: 'many 7' }, { counter: 'many 7' }])
    expect(twice.map(one => one?.attempts)).toEqual([7, 7])
  })

  it('asks again for what the table held back, until it has all', async () => {
    const { table, requests } = holdingBack(10, 3)
    const found = await table.getMany(sessionPatterns.throttle, counterKeys(60))
    expect(found.map(one => one?.attempts)).toEqual([...counterKeys(60).keys()])
    expect(requests()).toBe(4)
  })

  it('gives up after a few pauses on a table that goes on holding keys back', async () => {
    const { table, requests } = holdingBack(0, 1_000)
    const asked = table.getMany(sessionPatterns.throttle, [{ counter: 'many 1' }])
    await expect(asked).rejects.toMatchObject({ name: 'ThrottlingException' })
    expect(requests()).toBe(9)
  })
})

describe('writeMany()', () => {
  it('puts and removes, also what the table held back', async () => {
    const { table, requests } = holdingBack(5, 4)
    const keys = counterKeys(20).map(({ counter }) => ({ counter: `written ${counter}` }))
    await table.writeMany(keys.map((key, at) => put('one', sessionPatterns.throttle, key, counterOf(at))))
    expect(requests()).toBe(4)
    await platform.table.writeMany(keys.slice(0, 10).map(key => remove('one', sessionPatterns.throttle, key)))
    const found = await platform.table.getMany(sessionPatterns.throttle, keys)
    expect(found.map(one => one !== undefined)).toEqual(keys.map((_, at) => at >= 10))
  })

  it('gives up on a table that goes on holding writes back, so that the caller knows', async () => {
    const { table, requests } = holdingBack(0, 1_000)
    const written = table.writeMany([put('one', sessionPatterns.throttle, { counter: 'never' }, counterOf(1))])
    await expect(written).rejects.toMatchObject({ name: 'ThrottlingException' })
    expect(requests()).toBe(9)
  })
})

describe('list()', () => {
  it('gives every row once, page after page', async () => {
    const whole = await platform.table.all(directoryPatterns.schoolMembers, { uai: college, role: 'guardian' })
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await platform.table.list(
        directoryPatterns.schoolMembers,
        { uai: college, role: 'guardian' },
        { limit: 1, cursor },
      )
      if (!page.ok) throw new Error(page.problem.type)
      names.push(...page.value.items.map(one => one.person))
      cursor = page.value.next
    } while (cursor)
    expect(names).toEqual(whole.map(one => one.person))
    expect(names).toHaveLength(3)
  })

  it('fills a page from what follows, where rows are left out or have expired; only the last is short', async () => {
    const row = one('LIST#x', 'ROW#{at}', z.object({ at: z.string(), expiresAt: z.number() }), { hottest: 'none' })
    const rows = many('LIST#x', 'ROW#', row.item, { hottest: 'none' })
    const numbers = Array.from({ length: 40 }, (_, at) => at)
    const now = clock.now.getTime() / 1000
    const name = (at: number) => String(at).padStart(2, '0')
    // Of each five one has expired, and one is not kept.
    const expiresAt = (at: number) => (at % 5 === 2 ? now - 1 : now + 60)
    await platform.table.writeMany(
      numbers.map(at => put('row', row, { at: name(at) }, { at: name(at), expiresAt: expiresAt(at) })),
    )
    for (const newestFirst of [false, true]) {
      const pages: string[][] = []
      let cursor: string | undefined
      do {
        const keep = ({ at }: { at: string }) => Number(at) % 5 !== 0
        const page = await platform.table.list(rows, {}, { limit: 7, cursor, newestFirst, keep })
        if (!page.ok) throw new Error(page.problem.type)
        pages.push(page.value.items.map(({ at }) => at))
        cursor = page.value.next
      } while (cursor)
      const kept = numbers.filter(at => at % 5 !== 0 && at % 5 !== 2).map(name)
      expect(pages.flat()).toEqual(newestFirst ? kept.reverse() : kept)
      expect(pages.map(page => page.length)).toEqual([7, 7, 7, 3])
    }
  })

  it('lists a whole partition without an empty text for its key, which DynamoDB refuses and the embedded one does not', async () => {
    const sent: { ExpressionAttributeValues?: Record<string, unknown> }[] = []
    const client = localClient(db.endpoint)
    client.middlewareStack.add(
      next => args => {
        sent.push(args.input as never)
        return next(args)
      },
      { step: 'initialize' },
    )
    const whole = many('S#{uai}', '', z.looseObject({}), { hottest: 'none' })
    const items = await openTable<Access>(db.table, {}, () => clock.now, client).all(whole, { uai: college })
    const rows = await platform.table.all(directoryPatterns.schoolMembers, { uai: college, role: 'guardian' })
    expect(items.length).toBeGreaterThan(rows.length)
    expect(
      sent.flatMap(({ ExpressionAttributeValues = {} }) => Object.values(ExpressionAttributeValues)),
    ).not.toContain('')
  })

  it('refuses a cursor of another list', async () => {
    for (const cursor of [cursorOf('M#teacher#x'), cursorOf('SCHOOL'), 'rubbish']) {
      const page = await platform.table.list(
        directoryPatterns.schoolMembers,
        { uai: college, role: 'guardian' },
        { cursor },
      )
      const errors = [{ path: 'query.cursor', message: 'is not of this list' }]
      expect(page).toEqual({ ok: false, problem: problem('invalid-request', { errors }) })
    }
  })
})

describe('get()', () => {
  it('finds nothing that has expired, whether it was deleted or not', async () => {
    const expiresAt = clock.now.getTime() / 1000 + 60
    await platform.table.transact([
      put('count', sessionPatterns.throttle, { counter: 'x' }, { attempts: 1, expiresAt }),
    ])
    expect(await platform.table.get(sessionPatterns.throttle, { counter: 'x' })).toMatchObject({ attempts: 1 })
    clock.now = new Date(clock.now.getTime() + 60_000)
    expect(await platform.table.get(sessionPatterns.throttle, { counter: 'x' })).toBeUndefined()
    expect(await platform.table.getMany(sessionPatterns.throttle, [{ counter: 'x' }, { counter: 'y' }])).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('transact()', () => {
  it('does all or nothing, and names the conditions that did not hold', async () => {
    const id = school.people.lea?.id ?? ''
    const expiresAt = clock.now.getTime() / 1000 + 60
    const done = await platform.table.transact([
      put('first', sessionPatterns.throttle, { counter: 'all' }, { attempts: 1, expiresAt }),
      check('second', directoryPatterns.person, { person: id }, { is: { status: 'suspended' } }),
      check('third', directoryPatterns.person, { person: school.people.tom?.id ?? '' }, { is: { status: 'active' } }),
    ])
    expect(done).toEqual({ ok: false, problem: { refused: ['second'], busy: false } })
    expect(await platform.table.get(sessionPatterns.throttle, { counter: 'all' }, { consistent: true })).toBeUndefined()
  })
})

describe('transact() of many', () => {
  const expiresAt = clock.now.getTime() / 1000 + 60
  const puts = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      put(`${at}`, sessionPatterns.throttle, { counter: `transacted ${at}` }, { attempts: 1, expiresAt }),
    )

  it('does 100 operations, and says of more how many they are, before it sends any', async () => {
    let sent = 0
    const client = localClient(db.endpoint)
    client.middlewareStack.add(
      next => args => {
        sent++
        return next(args)
      },
      { step: 'initialize' },
    )
    const table = openTable<Access>(db.table, {}, () => clock.now, client)
    expect(await table.transact(puts(100))).toMatchObject({ ok: true })
    expect(sent).toBe(1)
    await expect(table.transact(puts(101))).rejects.toThrow('A transaction takes 100 operations, and not 101')
    expect(sent).toBe(1)
  })
})

describe('applyIf()', () => {
  it('says whether the condition was met, and throws what else goes wrong', async () => {
    const expiresAt = clock.now.getTime() / 1000 + 60
    const first = (counter: string) =>
      update('first', sessionPatterns.throttle, { counter }, { set: { attempts: 1, expiresAt } }, { absent: true })
    expect(await platform.table.applyIf(first('once'))).toBe(true)
    expect(await platform.table.applyIf(first('once'))).toBe(false)
    const replies = await Promise.all(Array.from({ length: 5 }, () => platform.table.applyIf(first('at once'))))
    expect(replies.filter(Boolean)).toHaveLength(1)
    const elsewhere = openTable<Access>('no-such-table', {}, () => clock.now, db.client)
    await expect(elsewhere.applyIf(first('x'))).rejects.toThrow(/not found|ResourceNotFound/i)
  })
})

describe('apply()', () => {
  it('adds up what is counted at once', async () => {
    const expiresAt = clock.now.getTime() / 1000 + 60
    const one = update(
      'one',
      sessionPatterns.throttle,
      { counter: 'sum' },
      { add: { attempts: 1 }, set: { expiresAt } },
    )
    await Promise.all(Array.from({ length: 20 }, () => platform.table.apply(one)))
    expect(await platform.table.get(sessionPatterns.throttle, { counter: 'sum' }, { consistent: true })).toMatchObject({
      attempts: 20,
    })
  })
})
