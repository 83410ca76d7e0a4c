import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manageKeys } from '../../../functions/keys/manage-keys.ts'
import { chunks } from '../../../functions/platform/concurrent.ts'
import { mostKeys, openEdgeStore } from '../../../functions/platform/edge-store.ts'
import { mediaSecret } from '../../../functions/platform/media.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { openKeys, readConfig } from '../../../functions/platform/platform.ts'
import { signToken, verifyToken } from '../../../functions/platform/token.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { localStore, storeArn } from '../../support/local-store.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'

type Answer = {
  method: string
  type: string
  body: { Status: string; Data?: { EdgeSecret: string }; [field: string]: unknown }
}

let db: Database
let platform: TestPlatform
let server: Server
let edge: Awaited<ReturnType<typeof localStore>>
let answers: Answer[]
const clock = { now: new Date() }

beforeEach(async () => {
  clock.now = new Date('2026-03-01T00:00:00.000Z')
  db = await startDynamoDb()
  platform = await testPlatform(db, clock)
  await DynamoDBDocumentClient.from(db.client).send(
    new DeleteCommand({ TableName: db.table, Key: { pk: 'KEYS', sk: 'KEYS' } }),
  )
  edge = await localStore()
  await byOthers({ closure: 'off' })
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
  await edge.close()
  await db.close()
})

/** What other writers put into the store, 50 a call, or delete from it. */
const byOthers = async (puts: Readonly<Record<string, string>>, deletes: readonly string[] = []) => {
  const store = openEdgeStore(edge.other, storeArn, 1)
  for (const some of chunks(Object.entries(puts), mostKeys))
    await store.update(async () => ({ puts: new Map(some), deletes: [] }))
  if (deletes.length > 0) await store.update(async () => ({ puts: new Map(), deletes }))
}
/** All that the store holds. */
const stored = () => openEdgeStore(edge.other, storeArn).list()

const run = (event: object) => {
  const { table, now, log } = platform
  return manageKeys({ table, store: openEdgeStore(edge.client, storeArn, 1), now, log })(event)
}
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
const published = async () => Object.fromEntries([...(await stored())].filter(([name]) => name !== 'closure'))
/** The secret of second factors. */
const sealing = async () => (await openItems(db).get(platformPatterns.factorsKey, {}))?.secret ?? ''

/** What the edge verifies with: the signing keys, and the secret of the addresses of media. */
const inTable = async () => {
  const stored = await keys()
  const signing = stored.signing.map(({ kid, secret }) => [kid, secret] as const)
  return { ...Object.fromEntries(signing), media: mediaSecret(stored) }
}
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
    expect(await published()).toEqual(await inTable())
    expect(edge.get('closure')).toBe('off')
  })

  it('keeps the keys at a second deploy, and writes nothing to the edge', async () => {
    const first = await deploy('Create')
    const before = await keys()
    const second = await deploy('Update', { PhysicalResourceId: first.body.PhysicalResourceId })
    const third = await deploy('Create')
    expect(await keys()).toEqual(before)
    expect([second.body.Data, third.body.Data]).toEqual([first.body.Data, first.body.Data])
    expect(second.body.PhysicalResourceId).toBe(first.body.PhysicalResourceId)
    expect(edge.calls.filter(call => call === 'POST keys')).toHaveLength(1)
  })

  it('renews the secrets that a deploy asks for, once, and publishes new signing keys before they sign', async () => {
    const first = await deploy('Create')
    const before = await keys()
    const sealed = await sealing()
    const asking = (asked: object) => ({ ResourceProperties: { KvsArn: storeArn, Renewed: JSON.stringify(asked) } })
    const second = await deploy('Update', asking({ edge: '2026-11-27', signing: '2026-11-27' }))
    const after = await keys()
    expect(second.body.Data).toEqual({ EdgeSecret: after.edge })
    expect(second.body.Data).not.toEqual(first.body.Data)
    expect(after.former).toMatchObject([{ name: 'edge', secret: before.edge }])
    expect(await sealing()).toBe(sealed)
    expect(await published()).toEqual(await inTable())
    const third = await deploy('Update', asking({ edge: '2026-11-27', signing: '2026-11-27' }))
    expect(third.body.Data).toEqual(second.body.Data)
    // A deploy without the entry leaves them as they are.
    expect((await deploy('Update')).body.Data).toEqual(second.body.Data)
    expect(await keys()).toEqual(after)
  })

  it('keeps the secret of second factors, also where the keys are written by a release that does not know it', async () => {
    await deploy('Create')
    const sealed = await sealing()
    expect(Buffer.from(sealed, 'base64url')).toHaveLength(32)
    const { former: _, renewals: __, ...known } = await keys()
    await openItems(db).put(platformPatterns.keys, {}, known)
    await deploy('Update')
    expect(await sealing()).toBe(sealed)
  })

  it('moves the secret of second factors out of the keys’ partition, and deletes it there a day after the last deploy', async () => {
    const { factorsKey, formerFactorsKey } = platformPatterns
    await openItems(db).remove(factorsKey, {})
    await openItems(db).put(formerFactorsKey, {}, { secret: 'sealed-with-it' })
    const places = async () => {
      const of = [factorsKey, formerFactorsKey]
      return Promise.all(of.map(async one => (await openItems(db).get(one, {}))?.secret))
    }
    await Promise.all([deploy('Update'), deploy('Update')])
    expect(await places()).toEqual(['sealed-with-it', 'sealed-with-it'])
    later(23)
    await run({})
    // The deploy went back, and comes again: the release before may be needed for a day more.
    await deploy('Update')
    later(23)
    await run({})
    expect(await places()).toEqual(['sealed-with-it', 'sealed-with-it'])
    later(1)
    await run({})
    expect(await places()).toEqual(['sealed-with-it', undefined])
    const before = await openItems(db).get(factorsKey, {})
    await deploy('Update')
    later(48)
    await run({})
    expect(await openItems(db).get(factorsKey, {})).toEqual(before)
  })

  it('keeps the secret that factors are sealed with, where a release before has made another one', async () => {
    await deploy('Create')
    const sealed = await sealing()
    await openItems(db).put(platformPatterns.formerFactorsKey, {}, { secret: 'of a release before' })
    await deploy('Update')
    later(24)
    await run({})
    expect(await sealing()).toBe(sealed)
    expect(await openItems(db).get(platformPatterns.formerFactorsKey, {})).toBeUndefined()
  })

  it('gives the edge again what it lost', async () => {
    await deploy('Create')
    await byOthers({}, [...(await stored()).keys()])
    await deploy('Update')
    expect(await published()).toEqual(await inTable())
  })

  it('keeps everything when the stack is deleted', async () => {
    await deploy('Create')
    const before = await keys()
    expect((await deploy('Delete', { PhysicalResourceId: 'Keys-keys' })).body.Status).toBe('SUCCESS')
    expect(await keys()).toEqual(before)
    expect(await published()).toEqual(await inTable())
  })

  it('tries again when the store changed meanwhile', async () => {
    let left = 2
    edge.state.before = async call => {
      if (call === 'POST keys' && left-- > 0) await byOthers({ closure: String(left) })
    }
    expect((await deploy('Create')).body.Status).toBe('SUCCESS')
    expect(await published()).toEqual(await inTable())
  })

  it('tells CloudFormation of a failure, without the inside', async () => {
    edge.state.before = async () => {
      throw new Error('secret detail')
    }
    const { body } = await deploy('Create')
    expect(body.Status).toBe('FAILED')
    expect(JSON.stringify(body)).not.toContain('secret detail')
  })

  it('refuses a request that is not of the documented form', async () => {
    await expect(run({ RequestType: 'Create' })).rejects.toThrow('custom resource')
  })

  it('rotates a key a day: the next one waits before it signs, one that signed verifies for 72 hours more', async () => {
    await deploy('Create')
    const signed = { person: '-', session: '-', audiences: [], roles: [], access: '-', end: 4_000_000_000 }
    const signing: string[] = []
    const tokens: { token: string; at: Date }[] = []
    for (let day = 0; day < 8; day++) {
      const before = await keys()
      later(24)
      tokens.push({ token: signToken(signed, before, clock.now), at: clock.now })
      await run({ source: 'aws.scheduler' })
      const after = await keys()
      expect(await published()).toEqual(await inTable())
      // What signs now was known to everybody before this step.
      expect(before.signing.map(one => one.kid)).toContain(after.signing[0]?.kid)
      for (const { token, at } of tokens.filter(one => clock.now.getTime() - one.at.getTime() <= 72 * 3_600_000))
        expect(verifyToken(token, after, at).state).toBe('good')
      signing.push(after.signing[0]?.kid ?? '')
      expect([after.edge, after.refresh, after.boards]).toEqual([before.edge, before.refresh, before.boards])
    }
    expect(new Set(signing).size).toBe(8)
    // Signing, next, and those of the last four days: tokens are read for three, and an hour.
    expect((await keys()).signing).toHaveLength(6)
    expect(verifyToken(tokens[0]?.token ?? '', await keys(), clock.now).state).toBe('unknown-key')
  })

  it('takes one step for an event delivered twice, also at once', async () => {
    await deploy('Create')
    later(24)
    await Promise.all([run({}), run({})])
    const once = await keys()
    await run({})
    expect(await keys()).toEqual(once)
    expect(once.signing).toHaveLength(3)
    expect(await published()).toEqual(await inTable())
    later(24)
    await run({})
    expect((await keys()).signing[0]).toEqual(once.signing.at(-1))
  })

  it('adds the secret of boards to keys of an earlier release at a deploy, once, and changes nothing else', async () => {
    await deploy('Create')
    const { boards: _, ...before } = await keys()
    await openItems(db).put(platformPatterns.keys, {}, before)
    await Promise.all([deploy('Update'), deploy('Update')])
    const { boards, ...after } = await keys()
    expect(after).toEqual(before)
    expect(Buffer.from(boards ?? '', 'base64url')).toHaveLength(32)
    await deploy('Update')
    later(24)
    await run({})
    expect((await keys()).boards).toBe(boards)
  })

  it('leaves the losses and marks in the store alone', async () => {
    await deploy('Create')
    const others = Array.from({ length: 120 }, (_, shard) => `x${shard.toString(16).padStart(3, '0')}`)
    await byOthers(Object.fromEntries([...others, 's0750001A'].map(entry => [entry, 'kept'])))
    for (let day = 0; day < 6; day++) {
      later(24)
      await run({})
    }
    for (const entry of [...others, 's0750001A']) expect(edge.get(entry), entry).toBe('kept')
    expect([...(await stored()).keys()].filter(name => name.startsWith('k'))).toHaveLength(
      (await keys()).signing.length,
    )
  })
})

describe('readConfig()', () => {
  it('names what is missing', () => {
    expect(() => readConfig({ SERVICE: 'keys' })).toThrow('TABLE_NAME, TERRITORY')
  })
})
