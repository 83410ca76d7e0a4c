import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { PersonItem } from '../../../functions/directory/items.ts'
import { codeHash } from '../../../functions/session/code.ts'
import { sessionKeys } from '../../../functions/session/items.ts'
import { hashPassword } from '../../../functions/session/password-hash.ts'
import { passwordHandler } from '../../../functions/session/password-routes.ts'
import { sessionHandler } from '../../../functions/session/routes.ts'
import { passwordContract, sessionContract } from '../../../shared/session/contract.ts'
import { type Called, type CallOptions, call } from '../../support/call.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { type Clock, type TestPlatform, testPlatform } from '../../support/platform.ts'
import { type School, seedSchool } from '../../support/school.ts'

export const password = 'quatre chevaux sans bride'
export const code = 'k7pq-2m9x-w4td'

type Name = keyof (typeof passwordContract)['routes'] | keyof (typeof sessionContract)['routes']

export type Stage = {
  readonly db: Database
  readonly clock: Clock
  readonly platform: TestPlatform
  readonly school: School
  readonly call: (name: Name, options?: CallOptions) => Promise<Called>
  readonly put: (item: Record<string, unknown>) => Promise<void>
  readonly get: (key: { pk: string; sk: string }) => Promise<Record<string, unknown> | undefined>
  readonly account: (name: string) => Promise<Record<string, unknown> | undefined>
  /** The person as the directory has them, changed. */
  readonly change: (name: string, change: Partial<PersonItem>) => Promise<void>
}

/** Two schools on an embedded table, with accounts: `lea.martin` active, `tom.petit` with a code waiting. */
export const openStage = async (): Promise<Stage> => {
  const db = await startDynamoDb()
  const clock = { now: new Date('2026-03-16T08:00:00.000Z') }
  const platform = await testPlatform(db, clock)
  const school = await seedSchool(db, clock.now)
  const documents = DynamoDBDocumentClient.from(db.client, { marshallOptions: { removeUndefinedValues: true } })
  const put = async (Item: Record<string, unknown>) => {
    await documents.send(new PutCommand({ TableName: db.table, Item }))
  }
  const get = async (Key: { pk: string; sk: string }) =>
    (await documents.send(new GetCommand({ TableName: db.table, Key, ConsistentRead: true }))).Item
  const hash = await hashPassword(password)
  for (const [name, person] of Object.entries(school.people)) {
    const login = `${name}.test`
    const active = name !== 'tom'
    await put({
      ...sessionKeys.account(person.id),
      person: person.id,
      login,
      ...(active && { password: hash, activatedAt: clock.now.toISOString() }),
      ...(!active && { codeHash: codeHash(person.id, code), codeExpiresAt: '2026-04-16T08:00:00.000Z' }),
    })
    await put({ ...sessionKeys.login(login), person: person.id })
  }
  const handlers = { password: passwordHandler(platform), session: sessionHandler(platform) }
  const passwordRoutes: Record<string, (typeof passwordContract)['routes'][keyof (typeof passwordContract)['routes']]> =
    passwordContract.routes
  const sessionRoutes: Record<string, (typeof sessionContract)['routes'][keyof (typeof sessionContract)['routes']]> =
    sessionContract.routes
  const person = (name: string) => {
    const found = school.people[name]
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }
  return {
    db,
    clock,
    platform,
    school,
    put,
    get,
    call: (name, options) => {
      const route = passwordRoutes[name] ?? sessionRoutes[name]
      if (!route) throw new Error(`no route ${name}`)
      return call(name in passwordRoutes ? handlers.password : handlers.session, platform, route, options)
    },
    account: name => get(sessionKeys.account(person(name).id)),
    change: (name, change) => put({ ...person(name), ...change }),
  }
}

/** What a browser would send back of a reply's cookies. */
export const jar = (reply: Called): string[] => reply.cookies.map(cookie => cookie.split(';')[0] ?? '')
