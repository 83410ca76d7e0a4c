import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newsHandler } from '../../functions/news/handler.ts'
import { newsPatterns } from '../../functions/news/patterns.ts'
import { type Access, uses } from '../../functions/platform/access.ts'
import { answering, background, type Waiting } from '../../functions/platform/dynamodb.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { openKeys } from '../../functions/platform/platform.ts'
import { root } from '../../lib/platform/root.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { draftOf, openTerritory, type Territory } from '../functions/news/territory.ts'
import { type CallOptions, call } from '../support/call.ts'
import { audience, college } from '../support/school.ts'
import { type Failing, startFailingTable } from './failing-table.ts'

/** As functions wait, but for the milliseconds, so that the tests do not. */
const hurried: Waiting = { ...answering, connection: 2_000, read: 60, write: 90, pause: 1 }

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

let failing: Awaited<ReturnType<typeof startFailingTable>>
afterEach(() => failing.close())

/** Calls the news function, whose table fails. Its keys are in its cache, as they are within five minutes of a request. */
const ask = async (name: keyof typeof newsContract.routes, how: Failing, options: CallOptions) => {
  failing = await startFailingTable(how, hurried)
  const { table, now } = { table: t.platform.config.table, now: t.platform.now }
  await t.platform.keys.current()
  const handler = newsHandler({
    ...t.platform,
    table: openTable<Access>(table, {}, now, failing.client, hurried),
    requests: openTable<Access>(table, {}, now, failing.client, hurried),
  } as never)
  return call(handler, t.platform, newsContract.routes[name], options)
}

describe.each<Failing>(['hangs', 'stalls', 'throttles'])('a request while the table %s', how => {
  const unavailable = async (name: keyof typeof newsContract.routes, options: CallOptions) => {
    const reply = await ask(name, how, options)
    expect([reply.status, reply.body.type]).toEqual([503, '/api/problems/unavailable'])
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    return failing.asked
  }

  it('a shared read: is answered with 503 after two attempts', async () => {
    const asked = await unavailable('list', { params: { audience: audience('school', college) } })
    expect(asked).toEqual(['Query', 'Query'])
  })

  it('a private read: is answered with 503 after two attempts', async () => {
    const asked = await unavailable('mine', { as: t.callers.marc })
    // The list, and the version of the caller's access beside it, whose second attempt may come after the answer.
    await expect.poll(() => [...asked].sort()).toEqual(['GetItem', 'GetItem', 'Query', 'Query'])
  })

  it('a write: is answered with 503 after two attempts of its first request', async () => {
    const asked = await unavailable('publish', { as: t.callers.marc, body: draftOf() })
    expect(asked).toEqual(['GetItem', 'GetItem'])
  })
})

describe('the keys of an environment that has none yet', () => {
  it('are asked for twice each, and the request is answered with 503', async () => {
    failing = await startFailingTable('hangs', hurried)
    const requests = openTable<Access>(t.platform.config.table, {}, t.platform.now, failing.client, hurried) as never
    const handler = newsHandler({ ...t.platform, requests, keys: openKeys(requests, t.platform.now) } as never)
    const reply = await call(handler, t.platform, newsContract.routes.mine, { as: t.callers.marc })
    expect([reply.status, reply.body.type]).toEqual([503, '/api/problems/unavailable'])
    expect(failing.asked).toEqual(Array(2).fill('GetItem'))
  })
})

describe('a batch that the table leaves undone', () => {
  it('is asked for three times more, with short pauses: the caller waits', async () => {
    failing = await startFailingTable('leaves batches undone', hurried)
    const access = uses({ getMany: [newsPatterns.news] })
    const table = openTable('table', access, t.platform.now, failing.client, hurried)
    await expect(table.getMany(newsPatterns.news, [{ news: '1' }])).rejects.toThrow('unprocessed')
    expect(failing.asked).toEqual(Array(4).fill('BatchGetItem'))
  })
})

describe('a client of DynamoDB', () => {
  it('is opened nowhere in functions or commands but where its waiting is bounded', () => {
    const sources = globSync('{functions,bin}/**/*.ts', { cwd: root })
    const opening = sources.filter(path => readFileSync(join(root, path), 'utf8').includes('new DynamoDBClient('))
    expect(opening).toEqual(['functions/platform/dynamodb.ts'])
  })
})

describe('the figures', () => {
  const longest = ({ attempts, pause = 0 }: Waiting, attempt: number) => attempts * attempt + (attempts - 1) * pause

  it('bound a read to a second, a write to two, and a request behind the stream to its function’s time', () => {
    expect(longest(answering, answering.read)).toBeLessThanOrEqual(1_000)
    expect(longest(answering, answering.write)).toBeLessThanOrEqual(2_000)
    // The SDK pauses for up to 1, 2 and 4 s before it repeats a throttled request.
    expect(longest(background, background.write) + 7_000).toBeLessThanOrEqual(20_000)
  })
})
