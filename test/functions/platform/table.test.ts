import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cursorOf } from '../../../functions/platform/cursor.ts'
import { check, put, update } from '../../../functions/platform/operation.ts'
import { patterns } from '../../../functions/platform/patterns.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
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

describe('list()', () => {
  it('gives every row once, page after page', async () => {
    const whole = await platform.table.all(patterns.schoolMembers, [college, 'guardian'])
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await platform.table.list(patterns.schoolMembers, [college, 'guardian'], { limit: 1, cursor })
      if (!page.ok) throw new Error(page.problem.type)
      names.push(...page.value.items.map(one => one.person))
      cursor = page.value.next
    } while (cursor)
    expect(names).toEqual(whole.map(one => one.person))
    expect(names).toHaveLength(3)
  })

  it('refuses a cursor of another list', async () => {
    for (const cursor of [cursorOf('M#teacher#x'), cursorOf('SCHOOL'), 'rubbish']) {
      const page = await platform.table.list(patterns.schoolMembers, [college, 'guardian'], { cursor })
      const errors = [{ path: 'query.cursor', message: 'is not of this list' }]
      expect(page).toEqual({ ok: false, problem: problem('invalid-request', { errors }) })
    }
  })
})

describe('get()', () => {
  it('finds nothing that has expired, whether it was deleted or not', async () => {
    const expiresAt = clock.now.getTime() / 1000 + 60
    await platform.table.transact([put('count', patterns.throttle, ['x'], { attempts: 1, expiresAt })])
    expect(await platform.table.get(patterns.throttle, ['x'])).toMatchObject({ attempts: 1 })
    clock.now = new Date(clock.now.getTime() + 60_000)
    expect(await platform.table.get(patterns.throttle, ['x'])).toBeUndefined()
    expect(await platform.table.getMany(patterns.throttle, [['x'], ['y']])).toEqual([])
  })
})

describe('transact()', () => {
  it('does all or nothing, and names the conditions that did not hold', async () => {
    const id = school.people.lea?.id ?? ''
    const expiresAt = clock.now.getTime() / 1000 + 60
    const done = await platform.table.transact([
      put('first', patterns.throttle, ['all'], { attempts: 1, expiresAt }),
      check('second', patterns.person, [id], { is: { status: 'suspended' } }),
      check('third', patterns.person, [school.people.tom?.id ?? ''], { is: { status: 'active' } }),
    ])
    expect(done).toEqual({ ok: false, problem: { refused: ['second'], busy: false } })
    expect(await platform.table.get(patterns.throttle, ['all'], { consistent: true })).toBeUndefined()
  })
})

describe('apply()', () => {
  it('adds up what is counted at once', async () => {
    const expiresAt = clock.now.getTime() / 1000 + 60
    const one = update('one', patterns.throttle, ['sum'], { add: { attempts: 1 }, set: { expiresAt } })
    await Promise.all(Array.from({ length: 20 }, () => platform.table.apply(one)))
    expect(await platform.table.get(patterns.throttle, ['sum'], { consistent: true })).toMatchObject({ attempts: 20 })
  })
})
