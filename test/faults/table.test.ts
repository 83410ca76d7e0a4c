import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logMessages } from '../../functions/platform/log.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { draftOf, openTerritory, type Territory } from '../functions/news/territory.ts'
import { accepted } from '../support/accepted.ts'
import { audience, college } from '../support/school.ts'
import { failures, faultsOf } from './faults.ts'

let t: Territory
let faults: ReturnType<typeof faultsOf>
let news: string

beforeAll(async () => {
  t = await openTerritory()
  faults = faultsOf(t.database.client)
  news = await t.publish('marc')
})
afterAll(() => t.close())

const typeOf = (reply: { body: { type: string } }) => reply.body.type.split('/').at(-1)
const inSchool = { params: { audience: audience('school', college) } }
const publish = (key: string) => t.ask('publish', 'marc', { body: draftOf({ title: `Fois ${key}` }), key })
const titled = async (key: string) =>
  (await accepted(t.ask('mine', 'marc'))).body.items.filter((one: { title: string }) => one.title === `Fois ${key}`)

describe('a read while the table fails', () => {
  it.each(['throttled', 'timeout', 'cut'] as const)('%s: is answered with 503 and Retry-After', async failure => {
    for (const [on, ask] of [
      ['Query', () => t.ask('state', 'sophie')],
      ['Query', () => t.ask('list', undefined, inSchool)],
      ['Get', () => t.ask('edited', 'marc', { params: { news } })],
    ] as const) {
      const reply = await faults.during({ on, error: failures[failure] }, ask)
      expect([reply.status, typeOf(reply)]).toEqual([503, 'unavailable'])
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      expect((await ask()).status, 'and answers as soon as the table does').toBe(200)
    }
  })

  // An error of one of several requests at once that nobody waits for would end the process: vitest fails for it.
  it.each([
    ['state', 'sophie', {}],
    ['marked', 'sophie', { query: { news: '0'.repeat(22) } }],
    ['mine', 'marc', {}],
    ['ofSchool', 'marc', { params: { uai: college } }],
    ['choices', 'marc', { params: { uai: college } }],
    ['reach', 'marc', { params: { uai: college }, query: { audiences: audience('school', college) } }],
  ] as const)('%s: is answered with 503 where every request fails', async (name, who, options) => {
    const reply = await faults.during({ error: failures.timeout }, () => t.ask(name, who, options))
    expect([reply.status, typeOf(reply)]).toEqual([503, 'unavailable'])
  })

  it('an unhandled error: neither the reply nor the log contains its message', async () => {
    const before = t.platform.lines.length
    const reply = await faults.during({ on: 'Query', error: failures.unhandled }, () => t.ask('state', 'sophie'))
    expect([reply.status, typeOf(reply)]).toEqual([500, 'unexpected'])
    expect(reply.raw).not.toMatch(/Léa|2009|Error|\.ts/)
    const lines = t.platform.lines.slice(before)
    expect(lines.map(({ code }) => code)).toEqual([logMessages.failed.code, logMessages.answered.code])
    expect(JSON.stringify(lines)).not.toMatch(/Léa|2009/)
    const { requestId } = lines[0]?.fields ?? {}
    expect(reply.headers['x-request-id']).toBe(requestId)
    expect(lines[1]?.fields.requestId).toBe(requestId)
  })
})

describe('a write while the table fails', () => {
  it('throttled: has no effect, and its repeat has one', async () => {
    const key = randomId()
    const reply = await faults.during({ on: 'TransactWrite', error: failures.throttled }, () => publish(key))
    expect([reply.status, typeOf(reply)]).toEqual([503, 'unavailable'])
    expect(await titled(key)).toEqual([])
    expect((await publish(key)).status).toBe(201)
    expect(await titled(key)).toHaveLength(1)
  })

  it.each(['cut', 'timeout'] as const)(
    '%s after it was executed: its repeat gets the first answer, with one effect in all',
    async failure => {
      const key = randomId()
      const lost = await faults.during({ on: 'TransactWrite', error: failures[failure], after: true }, () =>
        publish(key),
      )
      expect([lost.status, typeOf(lost)]).toEqual([503, 'unavailable'])
      const done = await titled(key)
      expect(done).toHaveLength(1)
      const repeat = await publish(key)
      expect([repeat.status, repeat.body.id]).toEqual([201, done[0].id])
      expect(await titled(key)).toHaveLength(1)
    },
  )

  it('with a busy item: is retried a few times, and then answered with 503', async () => {
    const key = randomId()
    const some = await faults.during({ on: 'TransactWrite', error: failures.busy, times: 3 }, () => publish(key))
    expect(some.status).toBe(201)
    const other = randomId()
    const none = await faults.during({ on: 'TransactWrite', error: failures.busy }, () => publish(other))
    expect([none.status, typeOf(none)]).toEqual([503, 'unavailable'])
    expect(await titled(other)).toEqual([])
  })
})

describe('the stream while the table fails', () => {
  it('reports records that were not processed, and processes them at the retry', async () => {
    const key = randomId()
    const { body } = await publish(key)
    const records = await t.stream.fresh()
    const first = await faults.during({ on: 'TransactWrite', error: failures.throttled }, () =>
      t.stream.deliver(records),
    )
    expect(first, 'the first failed record').not.toEqual([])
    await t.stream.deliver(records)
    expect(await t.feedOf(audience('school', college))).toContain(body.id)
  })
})

describe('log lines', () => {
  it('contain no name, no text and no token', async () => {
    const before = t.platform.lines.length
    await publish(randomId())
    await accepted(t.ask('read', undefined, { params: { audience: audience('school', college), news } }))
    await t.see('sophie', news)
    await t.ask('publish', 'marc', { body: { ...draftOf(), title: '' } })
    const logged = JSON.stringify(t.platform.lines.slice(before))
    expect(logged).toContain('"route":"POST /api/news"')
    for (const hidden of ['Fois', 'fermé', 'Marc', 'Sophie', t.idOf('sophie'), t.idOf('marc'), news])
      expect(logged, hidden).not.toContain(hidden)
    expect(logged).not.toMatch(/eyJ|cookie|authorization/i)
  })
})
