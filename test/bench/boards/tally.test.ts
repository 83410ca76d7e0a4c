import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeContract } from '../../../shared/home/contract.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { causeOf } from './functions.ts'
import { openTallies } from './tally.ts'

let database: Database
beforeAll(async () => {
  database = await startDynamoDb()
})
afterAll(() => database.close())

describe('openTallies()', () => {
  it('counts units of the table by their cause, of invocations that run at the same time', async () => {
    const tallies = openTallies()
    tallies.meter(database.client)
    const documents = DynamoDBDocumentClient.from(database.client)
    const TableName = database.table
    const get = () => documents.send(new GetCommand({ TableName, Key: { pk: 'A', sk: 'A' }, ConsistentRead: true }))
    const put = (pk: string) => documents.send(new PutCommand({ TableName, Item: { pk, sk: pk } }))
    await Promise.all([
      tallies.invocation('private read', async () => {
        for (let count = 0; count < 3; count++) await get()
      }),
      tallies.invocation('write', async () => {
        await put('B')
        await get()
      }),
    ])
    // Of nobody's invocation: the bench itself.
    await put('C')
    expect(tallies.of('private read')).toEqual({ invocations: 1, requests: 3, readUnits: 3, writeUnits: 0 })
    expect(tallies.of('write')).toEqual({ invocations: 1, requests: 2, readUnits: 1, writeUnits: 1 })
    expect(tallies.of('reader')).toEqual({ invocations: 0, requests: 0, readUnits: 0, writeUnits: 0 })
    tallies.reset()
    expect(tallies.of('write')).toEqual({ invocations: 0, requests: 0, readUnits: 0, writeUnits: 0 })
  })

  it('tells of each write and renewal once it has ended, and of nothing else', async () => {
    const tallies = openTallies()
    const told: string[] = []
    tallies.onWrite(() => told.push('written'))
    await tallies.invocation('private read', async () => told.push('read'))
    await tallies.invocation('write', async () => told.push('write'))
    await tallies.invocation('renewal', async () => told.push('renewal'))
    expect(told).toEqual(['read', 'write', 'written', 'renewal', 'written'])
  })
})

describe('causeOf()', () => {
  it.each([
    [homeContract, 'GET /api/home', 'private read'],
    [newsContract, 'GET /api/news/mine', 'private read'],
    [newsContract, 'POST /api/news/seen', 'write'],
    [newsContract, 'POST /api/news', 'publishing'],
    [sessionContract, 'POST /api/session/renewal', 'renewal'],
    [sessionContract, 'GET /api/me', 'private read'],
    // What an audience reads alike, and all that nobody has thought of.
    [newsContract, 'GET /api/audiences/{audience}/news', 'reader'],
    [newsContract, 'GET /api/audiences/{audience}/news/{news}', 'reader'],
    [newsContract, 'GET /api/nowhere', 'reader'],
  ] as const)('takes what no other cause names for something that readers caused: %#, %s', (contract, key, cause) => {
    expect(causeOf(contract, key)).toBe(cause)
  })
})
