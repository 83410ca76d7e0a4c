import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { type AccountItem, accountPatterns, codeHash } from '../../../functions/session/accounts.ts'
import { sessionHandler } from '../../../functions/session/handler.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import { hashPassword } from '../../../functions/session/password-hash.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { type Called, type CallOptions, call } from '../../support/call.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { nothingLeaked } from '../../support/leaked.ts'
import { type Clock, type TestPlatform, testPlatform } from '../../support/platform.ts'
import { type School, seedSchool } from '../../support/school.ts'

export const password = 'quatre chevaux sans bride'
export const code = 'k7pq-2m9x-w4td'

type Name = keyof (typeof passwordContract)['routes'] | keyof (typeof sessionContract)['routes']

export type Fixture = {
  readonly db: Database
  readonly clock: Clock
  readonly platform: TestPlatform
  readonly school: School
  readonly call: (name: Name, options?: CallOptions) => Promise<Called>
  readonly items: ReturnType<typeof openItems>
  readonly account: (name: string) => Promise<AccountItem | undefined>
  /** The person as the directory has them, changed. */
  readonly change: (name: string, change: Partial<PersonItem>) => Promise<void>
}

/** Two schools on an embedded table, with accounts: `lea.martin` active, `tom.petit` with a code waiting. `stream`: with the table's stream. */
export const openFixture = async ({ stream = false } = {}): Promise<Fixture> => {
  const db = await startDynamoDb({ stream })
  const clock = { now: new Date('2026-03-16T08:00:00.000Z') }
  const platform = await testPlatform(db, clock)
  const school = await seedSchool(db, clock.now)
  const items = openItems(db)
  const hash = await hashPassword(password)
  for (const [name, { id: person }] of Object.entries(school.people)) {
    const login = `${name}.test`
    const activated = { password: hash, activatedAt: clock.now.toISOString() }
    const waiting = { codeHash: codeHash(person, code), codeExpiresAt: '2026-04-16T08:00:00.000Z' }
    const account = { person, login, ...(name === 'tom' ? waiting : activated) }
    await items.put(accountPatterns.account, { person }, account)
    await items.put(accountPatterns.login, { login }, { person })
  }
  const handlers = { password: passwordHandler(platform, nothingLeaked), session: sessionHandler(platform) }
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
    items,
    call: (name, options) => {
      const route = passwordRoutes[name] ?? sessionRoutes[name]
      if (!route) throw new Error(`no route ${name}`)
      return call(name in passwordRoutes ? handlers.password : handlers.session, platform, route, options)
    },
    account: name => items.get(accountPatterns.account, { person: person(name).id }),
    change: (name, change) =>
      items.put(directoryPatterns.person, { person: person(name).id }, { ...person(name), ...change }),
  }
}

/** What a browser would send back of the cookies of a reply. Throws with the reply if it is a refusal. */
export const jar = (reply: Called): string[] => {
  if (reply.status >= 400) throw new Error(`no session was given: ${reply.status} ${reply.raw}`)
  return reply.cookies.map(cookie => cookie.split(';')[0] ?? '')
}
