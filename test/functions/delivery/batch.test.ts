import type { DynamoDBRecord } from 'aws-lambda'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countPatterns } from '../../../functions/news/counting/patterns.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { logMessages } from '../../../functions/platform/log.ts'
import { accepted } from '../../support/accepted.ts'
import { assertProperty } from '../../support/property.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from '../news/territory.ts'
import { openStream } from './stream.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const [sixA, sixB, school] = [
  audience('class', groups.sixA.id),
  audience('class', groups.sixB.id),
  audience('school', college),
]

const countsOf = async (news: string) => {
  const counts = await t.platform.table.get(countPatterns.counts, { news }, { consistent: true })
  return { seen: counts?.seen ?? 0, signed: counts?.signed ?? 0 }
}

/** A news item published, moved to another class and pinned, then unpinned: and the records of it. */
const eventful = async () => {
  const publish = await accepted(t.ask('publish', 'marc', { body: draftOf({ audiences: [sixA] }) }))
  const news: string = publish.body.id
  const edit = (audiences: string[], version: number, pinned: boolean) =>
    accepted(t.ask('edit', 'marc', { params: { news }, body: { ...draftOf({ audiences, pinned }), version } }))
  await edit([sixB, school], 1, true)
  await edit([sixB], 2, false)
  return { news, records: await t.stream.fresh() }
}

describe('deliveryHandler()', () => {
  it('ends in the same feeds whatever the order and number of the records', async ({ signal }) => {
    const { news, records } = await eventful()
    const some = fc.array(fc.constantFrom(...records), { maxLength: 6 })
    await assertProperty(
      fc.asyncProperty(some, fc.shuffledSubarray(records, { minLength: records.length }), async (before, whole) => {
        signal.throwIfAborted()
        await t.stream.deliver([...before, ...whole])
        expect(await t.feedOf(sixA)).not.toContain(news)
        expect(await t.feedOf(school)).not.toContain(news)
        expect((await t.feedOf(sixB)).filter(id => id === news)).toHaveLength(1)
      }),
      { short: 12, long: 200 },
    )
  })

  it('removes what was taken back, also when the publication is sent again after', async () => {
    const reply = await accepted(t.ask('publish', 'marc', { body: draftOf() }))
    const published = await t.stream.deliverAll()
    expect(await t.feedOf(school)).toContain(reply.body.id)
    await accepted(t.ask('withdraw', 'marc', { params: { news: reply.body.id } }))
    await t.stream.deliverAll()
    await t.stream.deliver(published)
    expect(await t.feedOf(school)).not.toContain(reply.body.id)
  })

  it('counts each fact once over replays, halves and a crash between them', async () => {
    const news = await t.publish('marc', { notice: 'guardian' })
    for (const who of ['lea', 'tom', 'sophie', 'karim']) await t.see(who, news)
    await accepted(t.ask('sign', 'ines', { params: { news }, body: {} }))
    const records = await t.stream.fresh()
    const half = Math.ceil(records.length / 2)
    await t.stream.deliver(records.slice(0, half))
    await t.stream.deliver(records)
    await t.stream.deliver(records.slice(half))
    await t.stream.deliver(records)
    expect(await countsOf(news)).toEqual({ seen: 5, signed: 1 })
  })

  it('counts once when two environments hold the same records', async () => {
    const news = await t.publish('marc')
    for (const who of ['lea', 'tom', 'sophie']) await t.see(who, news)
    const records = await t.stream.fresh()
    const answers = await Promise.all([t.stream.deliver(records), t.stream.deliver(records)])
    if (answers.some(answer => answer.batchItemFailures.length > 0)) await t.stream.deliver(records)
    expect(await countsOf(news)).toEqual({ seen: 3, signed: 0 })
  })

  it('reports the first record of what failed, delivers the rest, and succeeds when sent again', async () => {
    const good = await t.publish('marc')
    const bad = await t.publish('marc')
    await t.see('lea', bad)
    await t.see('lea', good)
    await t.see('tom', bad)
    const records = await t.stream.fresh()
    const failing = {
      ...t.platform,
      table: {
        ...t.platform.table,
        apply: (operation: Parameters<typeof t.platform.table.apply>[0]) =>
          JSON.stringify(operation.key).includes(bad)
            ? Promise.reject(new Error('the table is away'))
            : t.platform.table.apply(operation),
      },
    }
    const stream = await openStream(t.database, failing)
    const answer = await stream.deliver(records)
    const first = records.find(one => one.dynamodb?.Keys?.pk?.S === `N#${bad}` && isFact(one))
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: first?.dynamodb?.SequenceNumber }])
    expect(await countsOf(good)).toEqual({ seen: 1, signed: 0 })
    expect((await t.stream.deliver(records)).batchItemFailures).toEqual([])
    expect([await countsOf(good), await countsOf(bad)]).toEqual([
      { seen: 1, signed: 0 },
      { seen: 2, signed: 0 },
    ])
  })

  it('logs how many records and what kind of failure, never a name or a text', async () => {
    const news = await t.publish('marc', { title: 'Varicelle en sixième' })
    await t.see('sophie', news)
    await t.stream.deliverAll()
    const logged = JSON.stringify(t.platform.lines)
    expect(logged).toContain(logMessages.delivered.code)
    expect(logged).not.toMatch(/Varicelle|Bernard|Sophie/)
    expect(logged).not.toContain(t.idOf('sophie'))
  })

  it('passes over records nobody waits for', async () => {
    const answer = await t.stream.deliver([
      { eventName: 'INSERT', dynamodb: { Keys: { pk: { S: 'P#x' }, sk: { S: 'PERSON' } }, SequenceNumber: '1' } },
    ])
    expect(answer).toEqual({ batchItemFailures: [] })
  })

  it('keeps an unreadable record out of what it delivers, and reports it', async () => {
    const { news, records } = await eventful()
    const [one, ...rest] = records.filter(record => record.dynamodb?.Keys?.pk?.S === `N#${news}`)
    const broken = { ...one, dynamodb: { ...one?.dynamodb, NewImage: { odd: { B: 'AA==' } } } } as DynamoDBRecord
    const answer = await t.stream.deliver([broken, ...rest])
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: one?.dynamodb?.SequenceNumber }])
    expect(await t.feedOf(sixB)).toContain(news)
  })

  it('gives a feed row the end of its news as its own', async () => {
    const until = '2026-03-20T17:00:00.000Z'
    const news = await t.publish('marc', { until })
    const row = await t.platform.table.get(newsPatterns.feedRow, {
      audience: school,
      pinned: '0',
      publishedAt: t.clock.now.toISOString(),
      news,
    })
    expect(row?.expiresAt).toBe(Date.parse(until) / 1000)
  })
})

const isFact = (record: DynamoDBRecord) => record.dynamodb?.Keys?.sk?.S?.startsWith('SEEN#') === true
