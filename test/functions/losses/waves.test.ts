import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { keyOf } from '../../../functions/platform/pattern.ts'
import { audience, college, groups } from '../../support/school.ts'
import { jar } from '../session/fixture.ts'
import { type Losses, openLosses } from './fixture.ts'
import { keyFor, refuses } from './reader.ts'

let t: Losses
beforeEach(async () => {
  t = await openLosses()
})
afterEach(() => t.close())

const id = (index: number) => personId('test', `pupil-${index}`)

/** The stream's record of a pupil who changes class, as the end of a school year brings them. */
const moved = (index: number, sequence = index): DynamoDBRecord => {
  const lea = t.school.people.lea as PersonItem
  const before = { ...lea, id: id(index) }
  const kept = audience('class', groups.sixA.id)
  const after = { ...before, audiences: before.audiences.filter(one => one.id !== kept), access: 'moved' }
  const key = keyOf(directoryPatterns.person, { person: before.id })
  const image = (item: PersonItem) => marshall({ ...key, ...item }, { removeUndefinedValues: true }) as never
  return {
    eventName: 'MODIFY',
    dynamodb: {
      Keys: marshall(key) as never,
      SequenceNumber: String(sequence),
      ApproximateCreationDateTime: t.seconds(),
      OldImage: image(before),
      NewImage: image(after),
    },
  }
}
const wave = (count: number) => Array.from({ length: count }, (_, index) => moved(index))

const deliver = async (records: readonly DynamoDBRecord[]) => {
  expect((await t.stream.deliver(records)).batchItemFailures).toEqual([])
  await t.deliverAll()
}
/** How many of so many people's tokens of a minute ago are refused at once. */
const refusedOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ person: id(index), session: '-', issuedAt: t.seconds() - 60 })).filter(
    issued => refuses(t.store.get(keyFor(issued.person)) ?? '', issued),
  ).length

describe('people of one school who lose access at once', () => {
  it.each([499, 500])('are all refused within seconds if they are %i', async count => {
    await deliver(wave(count))
    expect(refusedOf(count)).toBe(count)
    expect(t.store.get(`s${college}`)).toBeUndefined()
  })

  it.each([501, 2_000])('are 500 refused within seconds, and the school marked, if they are %i', async count => {
    const mine = await t.signIn('sophie')
    const other = await t.signIn('denise')
    t.later(60)
    await deliver(wave(count))
    expect(refusedOf(count)).toBe(500)
    // The school's mark refuses whoever kept access as well, once their token is older than 15 minutes: they renew.
    expect([t.refused(mine), t.marked(mine, college)]).toEqual([false, false])
    t.later(15 * 60)
    expect([t.marked(mine, college), t.refused(other)]).toEqual([true, false])
    const renewed = jar(await t.call('renew', { cookies: mine }))
    t.later(15 * 60)
    expect([t.marked(renewed, college), t.refused(renewed)]).toEqual([false, false])
  })

  it('are counted once where records come again, also beyond 500', async () => {
    const records = wave(500)
    await t.stream.deliver(records.slice(0, 300))
    await t.stream.deliver(records)
    await deliver(records)
    expect(refusedOf(500)).toBe(500)
    expect(t.store.get(`s${college}`)).toBeUndefined()
    await deliver([...records, moved(500)])
    await deliver([moved(500)])
    expect(t.store.get(`s${college}`)).toBe(String(Math.ceil((t.seconds() + 1) / 60) * 60))
    expect(refusedOf(501)).toBe(500)
  })

  it('are entries again an hour later, and a marked school goes on listing who ends a session', async () => {
    await deliver(wave(501))
    const lea = await t.signIn('lea')
    t.later(60)
    await t.issueCode('lea')
    await t.deliverAll()
    expect(t.refused(lea)).toBe(true)
    t.later(3600)
    await deliver([moved(600)])
    const issued = { person: id(600), session: '-', issuedAt: t.seconds() - 60 }
    expect(refuses(t.store.get(keyFor(issued.person)) ?? '', issued)).toBe(true)
  })
})
