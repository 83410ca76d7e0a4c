import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manageKeys } from '../../../functions/keys/manage-keys.ts'
import { openKeys, readConfig } from '../../../functions/platform/platform.ts'
import { signToken, verifyToken } from '../../../functions/platform/token.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'
import { edgeStore, storeArn } from './edge-store.ts'

type Answer = {
  method: string
  type: string
  body: { Status: string; Data?: { EdgeSecret: string }; [field: string]: unknown }
}

let db: Database
let platform: TestPlatform
let server: Server
let edge: ReturnType<typeof edgeStore>
let answers: Answer[]
const clock = { now: new Date() }

beforeEach(async () => {
  clock.now = new Date('2026-03-01T00:00:00.000Z')
  db = await startDynamoDb()
  platform = await testPlatform(db, clock)
  await DynamoDBDocumentClient.from(db.client).send(
    new DeleteCommand({ TableName: db.table, Key: { pk: 'KEYS', sk: 'KEYS' } }),
  )
  edge = edgeStore()
  answers = []
  server = createServer(async (request, reply) => {
    let text = ''
    for await (const chunk of request) text += chunk
    answers.push({ method: request.method ?? '', type: request.headers['content-type'] ?? '', body: JSON.parse(text) })
    reply.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.close()
  await db.close()
})

const run = (event: object) =>
  manageKeys({ table: platform.table, client: edge.client, store: storeArn, now: platform.now, log: platform.log })(
    event,
  )
const deploy = async (RequestType: string, more = {}) => {
  await run({
    RequestType,
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=x`,
    StackId: 'arn:aws:cloudformation:eu-west-3:123456789012:stack/preau/x',
    RequestId: 'request',
    LogicalResourceId: 'Keys',
    ResourceProperties: { KvsArn: storeArn },
    ...more,
  })
  const last = answers.at(-1)
  if (!last) throw new Error('CloudFormation was not answered')
  return last
}
const keys = () => openKeys(platform.requests, platform.now).current()
const published = () => Object.fromEntries([...edge.state.held].filter(([name]) => name !== 'closure'))
const inTable = async () => Object.fromEntries((await keys()).signing.map(({ kid, secret }) => [kid, secret]))
const later = (hours: number) => {
  clock.now = new Date(clock.now.getTime() + hours * 3_600_000)
}

describe('manageKeys()', () => {
  it('makes two keys at the first deploy, in the table and at the edge, and returns the edge secret unseen', async () => {
    const { method, type, body } = await deploy('Create')
    expect([method, type]).toEqual(['PUT', ''])
    const held = await keys()
    expect(body).toMatchObject({ Status: 'SUCCESS', NoEcho: true, RequestId: 'request', LogicalResourceId: 'Keys' })
    expect(body.Data).toEqual({ EdgeSecret: held.edge })
    expect(held.signing).toHaveLength(2)
    expect(Buffer.from(held.signing[0]?.secret ?? '', 'base64url')).toHaveLength(32)
    expect(published()).toEqual(await inTable())
    expect(edge.state.held.get('closure')).toBe('off')
  })

  it('keeps the keys at a second deploy, and writes nothing to the edge', async () => {
    const first = await deploy('Create')
    const before = await keys()
    const second = await deploy('Update', { PhysicalResourceId: first.body.PhysicalResourceId })
    const third = await deploy('Create')
    expect(await keys()).toEqual(before)
    expect([second.body.Data, third.body.Data]).toEqual([first.body.Data, first.body.Data])
    expect(second.body.PhysicalResourceId).toBe(first.body.PhysicalResourceId)
    expect(edge.state.updates).toBe(1)
  })

  it('gives the edge again what it lost', async () => {
    await deploy('Create')
    edge.state.held.clear()
    await deploy('Update')
    expect(published()).toEqual(await inTable())
  })

  it('keeps everything when the stack is deleted', async () => {
    await deploy('Create')
    const before = await keys()
    expect((await deploy('Delete', { PhysicalResourceId: 'Keys-keys' })).body.Status).toBe('SUCCESS')
    expect(await keys()).toEqual(before)
    expect(published()).toEqual(await inTable())
  })

  it('tries again when the store changed meanwhile', async () => {
    let left = 2
    edge.state.interfere = () => {
      if (left-- > 0) edge.state.version++
    }
    expect((await deploy('Create')).body.Status).toBe('SUCCESS')
    expect(published()).toEqual(await inTable())
  })

  it('tells CloudFormation of a failure, without the inside', async () => {
    edge.state.interfere = () => {
      throw new Error('secret detail')
    }
    const { body } = await deploy('Create')
    expect(body.Status).toBe('FAILED')
    expect(JSON.stringify(body)).not.toContain('secret detail')
  })

  it('refuses a request that is not of the documented form', async () => {
    await expect(run({ RequestType: 'Create' })).rejects.toThrow('custom resource')
  })

  it('rotates with two keys at any time: a new one waits before it signs, an old one verifies after', async () => {
    await deploy('Create')
    const caller = { person: '-', session: '-', audiences: [], roles: [], access: '-' }
    const seen: string[] = []
    for (let step = 0; step < 5; step++) {
      const before = await keys()
      const token = signToken(caller, before, clock.now)
      later(24 * 7)
      await run({ source: 'aws.scheduler' })
      const after = await keys()
      expect(after.signing).toHaveLength(2)
      expect(published()).toEqual(await inTable())
      // What signs now was known to everybody before this step; what signed before it is still verified.
      expect(before.signing.map(one => one.kid)).toContain(after.signing[0]?.kid)
      expect(verifyToken(token, after, new Date(clock.now.getTime() - 24 * 7 * 3_600_000)).state).toBe('good')
      seen.push(after.signing[0]?.kid ?? '')
      expect([after.edge, after.refresh]).toEqual([before.edge, before.refresh])
    }
    expect(new Set(seen).size).toBe(3)
  })

  it('takes one step for an event delivered twice, also at once', async () => {
    await deploy('Create')
    later(24)
    await Promise.all([run({}), run({})])
    const once = await keys()
    await run({})
    expect(await keys()).toEqual(once)
    expect(published()).toEqual(await inTable())
    later(24)
    await run({})
    expect((await keys()).signing[0]).toEqual(once.signing[0])
    expect((await keys()).signing[1]).not.toEqual(once.signing[1])
  })
})

describe('readConfig()', () => {
  it('names what is missing', () => {
    expect(() => readConfig({ SERVICE: 'keys' })).toThrow('TABLE_NAME, TERRITORY')
  })
})
