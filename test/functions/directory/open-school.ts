import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { putAll, startDynamoDb } from '../../support/dynamodb.ts'
import { type Clock, testPlatform } from '../../support/platform.ts'
import { college, seedSchool } from '../../support/school.ts'

type Routes = typeof directoryContract.routes

/** The two schools on a table, and the directory function. Callers are named as in test/support/school.ts. */
export const openSchool = async () => {
  const clock: Clock = { now: new Date('2026-03-16T07:00:00.000Z') }
  const database = await startDynamoDb()
  const platform = await testPlatform(database, clock)
  const { people, callers } = await seedSchool(database, clock.now)
  const handler = directoryHandler(platform)
  const documents = DynamoDBDocumentClient.from(database.client)

  const ask = (name: keyof Routes, who: string, options: Omit<CallOptions, 'as'> = {}) =>
    call(handler, platform, directoryContract.routes[name], { ...options, as: callers[who] })
  const idOf = (name: string): string => {
    const person = people[name]
    if (!person) throw new Error(`nobody is called ${name} here`)
    return person.id
  }
  const issue = (who: string, whom: string[], more: { key?: string } = {}) =>
    ask('issueCodes', who, { params: { uai: college }, body: { people: whom.map(idOf) }, ...more })
  const write = (items: readonly object[]) => putAll(database, items)
  return { clock, database, platform, people, documents, ask, idOf, issue, write, close: database.close }
}

export type OpenSchool = Awaited<ReturnType<typeof openSchool>>
