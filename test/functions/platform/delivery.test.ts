import type { DynamoDBRecord } from 'aws-lambda'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { uses } from '../../../functions/platform/access.ts'
import { type Change, deliveries, subscription } from '../../../functions/platform/delivery.ts'
import { job, stepSize } from '../../../functions/platform/job.ts'
import { logMessages } from '../../../functions/platform/log.ts'
import { put, update } from '../../../functions/platform/operation.ts'
import { one } from '../../../functions/platform/pattern.ts'
import { jobFields } from '../../../functions/platform/patterns.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'
import { openStream, type Stream } from '../delivery/stream.ts'

const cost = { hottest: 'none' }
const dish = one('MENU#{school}', 'DISH#{name}', z.object({ name: z.string() }), cost)
const price = one('MENU#{school}', 'PRICE#{name}', z.object({ cents: z.number() }), cost)
const mailing = one('MENU#{school}', 'MAIL#{at}', z.object({ people: z.number(), ...jobFields }), cost)
const letter = one('BOX#{person}', 'LETTER#{at}', z.object({ times: z.number() }), cost)
const access = uses({
  get: [mailing],
  update: [letter, mailing],
  subscribes: { INSERT: [dish, price, mailing], MODIFY: [dish, mailing], REMOVE: [dish] },
})

type Seen = { readonly name: string; readonly school: string; readonly what: string[] }
const seen: Seen[] = []
let failing: (seen: Seen) => boolean = () => false
let lost: (step: number) => boolean = () => false
let steps = 0

const listening = (
  name: string,
  of: readonly (typeof dish | typeof price)[],
  on: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[],
  group?: (change: Change<typeof dish | typeof price>) => string,
) =>
  subscription<typeof dish | typeof price, typeof access>({
    name,
    of,
    on,
    ...(group && { group }),
    deliver: async (_, changes) => {
      const what = changes.map(({ event, args, before, after }) => {
        const [was, is] = [before, after].map(image => JSON.stringify(image ?? null))
        return `${event} ${args.name} ${was} ${is}`
      })
      const found = { name, school: changes[0]?.args.school ?? '', what }
      if (failing(found)) throw new Error('Léa Martin is not delivered')
      seen.push(found)
    },
  })

/** People are numbered; a letter counts how often it was written. */
const personOf = (number: number) => `person ${String(number).padStart(6, '0')}`
const menu = deliveries(
  access,
  listening('dishes', [dish], ['INSERT', 'MODIFY', 'REMOVE']),
  listening('all', [dish, price], ['INSERT']),
  job({
    name: 'mailing',
    of: mailing,
    step: async ({ table }, { at }, { people, cursor = '' }) => {
      steps++
      const left = Array.from({ length: people }, (_, number) => personOf(number)).filter(person => person > cursor)
      const now = left.slice(0, stepSize)
      for (const person of now) await table.apply(update('letter', letter, { person, at }, { set: { times: 1 } }))
      if (lost(steps)) throw new Error('the environment ended')
      return left.length > stepSize ? now.at(-1) : undefined
    },
  }),
)

let database: Database
let platform: TestPlatform
let stream: Stream
beforeAll(async () => {
  database = await startDynamoDb({ stream: true })
  platform = await testPlatform(database)
  stream = await openStream(database, platform, [menu])
})
afterAll(() => database.close())
beforeEach(async () => {
  await stream.fresh()
  seen.length = 0
  steps = 0
  failing = () => false
  lost = () => false
  platform.lines.length = 0
})

const write = (school: string, name: string) => put('dish', dish, { school, name }, { name })
const cents = (school: string, name: string) => put('price', price, { school, name }, { cents: 420 })
const transact = async (operations: Parameters<typeof platform.table.transact>[0]) => {
  for (const operation of operations) expect((await platform.table.transact([operation])).ok).toBe(true)
}
const schoolOf = (record: DynamoDBRecord) => record.dynamodb?.Keys?.pk?.S?.slice('MENU#'.length)

describe('deliveryHandler()', () => {
  it('gives each subscription the changes of its kinds and events, those of a partition together and in order', async () => {
    const changed = put('dish', dish, { school: 'a', name: 'soupe' }, { name: 'soupe du jour' })
    await transact([write('a', 'soupe'), write('b', 'riz'), cents('a', 'soupe'), write('a', 'pain'), changed])
    const records = await stream.fresh()
    await stream.deliver(records)
    const of = (name: string, school: string) => seen.filter(one => one.name === name && one.school === school)
    expect(of('all', 'a').map(one => one.what)).toEqual([
      ['INSERT soupe null {"name":"soupe"}', 'INSERT soupe null {"cents":420}', 'INSERT pain null {"name":"pain"}'],
    ])
    expect(of('dishes', 'b')).toHaveLength(1)
    expect(of('dishes', 'a')[0]?.what.map(one => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'INSERT soupe',
      'INSERT pain',
      'MODIFY soupe',
    ])
  })

  it('reports the first record of what failed, and delivers the rest', async () => {
    await transact([write('c', 'x1'), write('d', 'y1'), write('c', 'x2'), write('d', 'y2'), write('e', 'z1')])
    failing = one => one.school === 'd' && one.name === 'dishes'
    const records = await stream.fresh()
    const { batchItemFailures } = await stream.deliver(records)
    const first = records.find(record => schoolOf(record) === 'd')
    expect(batchItemFailures).toEqual([{ itemIdentifier: first?.dynamodb?.SequenceNumber }])
    expect(seen.map(one => `${one.name} ${one.school}`).sort()).toEqual([
      ...['all c', 'all d', 'all e', 'dishes c', 'dishes e'],
    ])
    const failure = platform.lines.find(line => line.code === logMessages.undelivered.code)
    expect(failure?.fields).toMatchObject({ subscription: 'dishes', error: 'Error' })
    expect(JSON.stringify(platform.lines)).not.toContain('Léa')
  })

  it('reports a record that is not of the form of its item, and delivers the others', async () => {
    await transact([write('f', 'bon'), write('g', 'gris')])
    const records = await stream.fresh()
    const broken = records.map(record =>
      schoolOf(record) === 'f'
        ? { ...record, dynamodb: { ...record.dynamodb, NewImage: { name: { N: '7' } } } }
        : record,
    )
    const { batchItemFailures } = await stream.deliver(broken as DynamoDBRecord[])
    const sequence = broken[0]?.dynamodb?.SequenceNumber
    expect(new Set(batchItemFailures.map(one => one.itemIdentifier))).toEqual(new Set([sequence]))
    expect(seen.map(one => one.school)).toEqual(['g', 'g'])
  })

  it('gives a subscription with groups of its own the changes of a group together, across partitions', async () => {
    const names = deliveries(
      access,
      listening('names', [dish], ['INSERT'], change => change.args.name),
    )
    const grouped = await openStream(database, platform, [names])
    await grouped.fresh()
    await transact([write('i', 'lentilles'), write('i', 'tarte'), write('j', 'lentilles')])
    const records = await grouped.fresh()
    await grouped.deliver(records)
    expect(seen.map(one => one.what.length)).toEqual([2, 1])
    seen.length = 0
    failing = one => one.what.length === 2
    const { batchItemFailures } = await grouped.deliver(records)
    expect(batchItemFailures).toEqual([{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber }])
    expect(seen).toHaveLength(1)
  })

  it('acknowledges what nobody subscribes to', async () => {
    await openLetter('somebody')
    expect(await stream.deliver(await stream.fresh())).toEqual({ batchItemFailures: [] })
    expect(seen).toEqual([])
  })
})

const openLetter = (person: string) =>
  platform.table.apply(update('letter', letter, { person, at: 'x' }, { set: { times: 1 } }))

describe('job()', () => {
  const people = 2 * stepSize + 100
  const begin = async (at: string) => {
    await transact([put('mailing', mailing, { school: 'h', at }, { people })])
  }
  const letters = async (at: string) => {
    const keys = Array.from({ length: people }, (_, number) => ({ person: personOf(number), at }))
    return (await platform.table.getMany(letter, keys)).filter(one => one !== undefined).length
  }
  /** Delivers until the stream has nothing new, as the event source mapping would; what failed comes again. */
  const deliverAll = async () => {
    const batches: number[] = []
    for (let records = await stream.fresh(); records.length > 0; ) {
      batches.push(records.length)
      const { batchItemFailures } = await stream.deliver(records)
      if (batchItemFailures.length === 0) records = await stream.fresh()
    }
    return batches
  }

  it('does its part for so many a step, and goes on through the stream until all are done', async () => {
    await begin('1')
    await deliverAll()
    expect([steps, await letters('1')]).toEqual([3, people])
    expect((await platform.table.get(mailing, { school: 'h', at: '1' }, { consistent: true }))?.doneAt).toBeDefined()
  })

  it('ends in the same state where records come twice, and begins nothing again that is done', async () => {
    await begin('2')
    const first = await stream.fresh()
    await stream.deliver(first)
    await stream.deliver(first)
    await deliverAll()
    await stream.deliver(first)
    expect(await letters('2')).toBe(people)
    expect(steps).toBeLessThanOrEqual(4)
  })

  it('does a step again whose end was lost, and misses nobody', async () => {
    lost = step => step === 2
    await begin('3')
    await deliverAll()
    expect([steps, await letters('3')]).toEqual([4, people])
  })

  it('moves on once where two environments do one step', async () => {
    await begin('4')
    const records = await stream.fresh()
    const answers = await Promise.all([stream.deliver(records), stream.deliver(records)])
    expect(answers.flatMap(answer => answer.batchItemFailures)).toEqual([])
    await deliverAll()
    expect(await letters('4')).toBe(people)
    expect(steps).toBeLessThanOrEqual(4)
  })
})
