import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryHandler } from '../../functions/directory/routes.ts'
import { newsHandler } from '../../functions/news/routes.ts'
import { passwordHandler } from '../../functions/session/password-routes.ts'
import { sessionHandler } from '../../functions/session/routes.ts'
import { directoryContract } from '../../shared/directory/contract.ts'
import { contracts } from '../../shared/features.ts'
import type { Contract, Route } from '../../shared/kernel/route.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { passwordContract, sessionContract } from '../../shared/session/contract.ts'
import { type CallOptions, call } from '../support/call.ts'
import { type Database, startDynamoDb } from '../support/dynamodb.ts'
import { type TestPlatform, testPlatform } from '../support/platform.ts'
import { audience, college, groups, type School, seedSchool } from '../support/school.ts'

/**
 * How to call a route rightly, and who is related to what its path names. A route added to a contract does not compile
 * here until it is told.
 */
type Example = Pick<CallOptions, 'params' | 'query' | 'body'> & {
  /** For routes within a relation: all who have it. */
  related?: readonly string[]
}
type ExamplesOf<Declared extends Contract> = Record<keyof Declared['routes'], (news: string) => Example>

const classAudience = audience('class-guardians', groups.sixA.id)
const draft = {
  uai: college,
  title: 'Sortie au musée',
  body: 'Départ à **8 h**.',
  audiences: [classAudience],
  pinned: false,
  urgent: false,
  notice: 'guardian' as const,
}
const own = () => ({})
const ofCollege = () => ({ params: { uai: college } })
const editors = ['anne', 'claire', 'marc', 'nadia']
const readers = ['anne', 'sophie', 'karim']

const newsExamples: ExamplesOf<typeof newsContract> = {
  list: () => ({ params: { audience: classAudience } }),
  read: news => ({ params: { audience: classAudience, news } }),
  marks: own,
  mine: own,
  ofSchool: ofCollege,
  choices: ofCollege,
  reach: () => ({ params: { uai: college }, query: { audiences: classAudience }, related: editors }),
  edited: news => ({ params: { news }, related: editors }),
  readers: news => ({ params: { news }, query: { state: 'all' }, related: editors }),
  publish: () => ({ body: draft, related: editors }),
  edit: news => ({ params: { news }, body: { ...draft, version: 1 }, related: editors }),
  withdraw: news => ({ params: { news }, related: editors }),
  see: news => ({ params: { news }, related: readers }),
  sign: news => ({ params: { news }, body: {}, related: ['sophie', 'karim'] }),
  remind: news => ({ params: { news }, body: { state: 'unseen' }, related: editors }),
}
const directoryExamples = (lea: string): ExamplesOf<typeof directoryContract> => ({
  people: ofCollege,
  groups: ofCollege,
  members: () => ({ params: { group: groups.sixA.id }, query: { role: 'pupil' }, related: editors }),
  issueCodes: () => ({ params: { uai: college }, body: { people: [lea] }, related: ['anne', 'marc', 'nadia'] }),
})
const passwordExamples: ExamplesOf<typeof passwordContract> = {
  signIn: () => ({ body: { login: 'nobody', password: 'not the right one', personalDevice: false } }),
  activate: () => ({
    body: { login: 'nobody', code: '0000-0000-0000', password: 'not the right one', personalDevice: false },
  }),
  changePassword: () => ({ body: { current: 'not the right one', next: 'another long one' } }),
}
const sessionExamples: ExamplesOf<typeof sessionContract> = {
  renew: own,
  signOut: own,
  signOutEverywhere: own,
  devices: own,
  me: own,
  updateMe: () => ({ body: { language: 'fr' } }),
}

let database: Database
let platform: TestPlatform
let school: School

const servers = () => {
  const examples = (of: object) => of as Record<string, (news: string) => Example>
  return [
    { contract: newsContract as Contract, handler: newsHandler(platform), examples: examples(newsExamples) },
    {
      contract: directoryContract as Contract,
      handler: directoryHandler(platform),
      examples: examples(directoryExamples(school.people.lea?.id ?? '')),
    },
    {
      contract: passwordContract as Contract,
      handler: passwordHandler(platform),
      examples: examples(passwordExamples),
    },
    { contract: sessionContract as Contract, handler: sessionHandler(platform), examples: examples(sessionExamples) },
  ]
}

const seed = async () => {
  school = await seedSchool(database, undefined, { accounts: true })
  const published = await call(newsHandler(platform), platform, newsContract.routes.publish, {
    body: draft,
    as: school.callers.anne,
  })
  return published.body.id as string
}

/** What the declaration alone says of a caller, before any relation. */
const declaredRefusal = (route: Route, name: string | undefined): 401 | 403 | undefined => {
  if (route.kind === 'shared' || route.callers === 'anyone') return undefined
  if (name === undefined) return 401
  const held = school.callers[name]?.roles ?? []
  const inSchool = held.filter(one => route.within !== 'school' || one.uai === college)
  const { callers } = route
  return inSchool.some(one => callers === 'signed-in' || callers.includes(one.role)) ? undefined : 403
}

beforeAll(async () => {
  database = await startDynamoDb()
  platform = await testPlatform(database)
  await seed()
})
afterAll(() => database.close())

it('every contract of the territory is tried', () => {
  const tried = servers().map(one => one.contract.function)
  expect(tried.sort()).toEqual(contracts.map(one => one.function).sort())
})

describe.each(contracts.flatMap(one => Object.keys(one.routes).map(name => ({ of: one.function, name }))))(
  'serve() $of $name',
  ({ of, name }) => {
    const found = () => {
      const server = servers().find(one => one.contract.function === of)
      const route = server?.contract.routes[name]
      if (!server || !route) throw new Error(`no server for ${of} ${name}`)
      return { ...server, route, example: server.examples[name] as (news: string) => Example }
    }

    it('refuses whoever is signed out, in another role or of another school, and answers the others', async () => {
      const { handler, route, example } = found()
      let news = await seed()
      for (const caller of [undefined, ...Object.keys(school.callers)]) {
        // A write may change what the next caller would meet.
        if (route.kind === 'write') news = await seed()
        const { related, ...options } = example(news)
        const who = caller === undefined ? undefined : school.callers[caller]
        const { status, body } = await call(handler, platform, route, { ...options, as: who })
        const label = `${caller ?? 'signed out'}: ${status} ${body?.type ?? ''}`
        const refused = declaredRefusal(route, caller)
        if (refused) expect(status, label).toBe(refused)
        else if (caller !== undefined && related && !related.includes(caller))
          expect([403, 404, 422], label).toContain(status)
        else if (of === 'password' || name === 'renew') expect([401, 429], label).toContain(status)
        else expect(status, label).toBeLessThan(300)
      }
    })

    it('refuses whoever did not come through the edge', async () => {
      const { handler, route, example } = found()
      const options = { ...example(await seed()), as: school.callers.anne, headers: { 'x-preau-edge': 'guessed' } }
      const { status, body } = await call(handler, platform, route, options)
      expect([status, body.type]).toEqual([403, '/api/problems/not-through-edge'])
    })
  },
)
