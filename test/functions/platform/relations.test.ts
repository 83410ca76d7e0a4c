import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { serve } from '../../../functions/platform/serve.ts'
import { type ProblemTable, problem, problemsOf } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { contract, relation, route, schoolRelation } from '../../../shared/kernel/route.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'
import { college, ecole, type School, seedSchool } from '../../support/school.ts'

const problems = {
  'conversation-closed': { status: 409, title: 'Nobody may write in this conversation any more.' },
} as const satisfies ProblemTable
const conversationProblem = problemsOf(problems)

const declared = contract({
  feature: 'test',
  function: 'test',
  problems,
  routes: {
    open: route({
      kind: 'private',
      method: 'GET',
      path: '/api/conversations/{conversation}',
      summary: 'Read a conversation.',
      callers: 'signed-in',
      within: relation('conversation'),
      params: z.object({ conversation: z.string() }),
      reply: z.object({ topic: z.string() }),
    }),
    send: route({
      kind: 'write',
      method: 'POST',
      path: '/api/conversations/{conversation}/messages',
      summary: 'Write to people.',
      callers: ['teacher'],
      within: relation('conversation', 'recipients'),
      params: z.object({ conversation: z.string() }),
      body: z.object({ to: z.array(z.string()) }),
      status: 201,
      reply: z.object({ to: z.array(z.string()), topic: z.string() }),
      problems: ['conversation-closed'],
    }),
    archive: route({
      kind: 'write',
      method: 'DELETE',
      path: '/api/schools/{uai}/conversations/{conversation}',
      summary: 'Put a conversation of a school away.',
      callers: ['head'],
      within: schoolRelation('conversation'),
      params: z.object({ uai: z.string(), conversation: z.string() }),
      status: 204,
    }),
    confide: route({
      kind: 'write',
      method: 'PUT',
      path: '/api/confidence',
      summary: 'Send a secret.',
      callers: 'signed-in',
      within: 'self',
      secretBody: true,
      body: z.object({ secret: z.string() }),
      status: 204,
    }),
  },
})

let db: Database
let platform: TestPlatform
let school: School
let handler: unknown
/** What ran, in its order. */
let ran: string[] = []
/** What is done while the next conversation is loaded, which is gone then. */
let meanwhile: (() => Promise<unknown>) | undefined
/** Conversation → its topic and members, by name. */
const conversations: Record<string, { topic: string; members: string[]; closed?: true }> = {
  trip: { topic: 'The trip', members: ['anne', 'lea'] },
  grades: { topic: 'Grades', members: ['denise'] },
  old: { topic: 'Last year', members: ['anne'], closed: true },
}
const clock = { now: new Date('2026-03-16T08:00:00.000Z') }
beforeAll(async () => {
  db = await startDynamoDb()
  platform = await testPlatform(db, clock)
  school = await seedSchool(db, clock.now)
  const nameOf = (person: string) => Object.keys(school.people).find(name => school.people[name]?.id === person) ?? ''
  handler = serve(
    declared,
    platform,
    {
      conversation: async ({ params, caller }) => {
        ran.push('conversation')
        const work = meanwhile
        meanwhile = undefined
        if (work) {
          await work()
          return fail(problem('not-found'))
        }
        const found = conversations[params.conversation]
        if (!found?.members.includes(nameOf(caller.person))) return fail(problem('not-found'))
        return found.closed ? fail(conversationProblem('conversation-closed')) : ok(found)
      },
      recipients: async ({ body }, before: { conversation: { members: string[] } }) => {
        ran.push('recipients')
        const strangers = body.to.filter(name => !before.conversation.members.includes(name))
        return strangers.length > 0 ? fail(problem('not-allowed')) : ok(body.to)
      },
    },
    {
      open: async ({ related }) => {
        ran.push('open')
        return ok({ topic: related.conversation.topic })
      },
      send: async ({ related, commit }) => {
        ran.push('send')
        return commit([], { to: related.recipients, topic: related.conversation.topic })
      },
      archive: async ({ commit }) => {
        ran.push('archive')
        return commit([], undefined)
      },
      confide: async ({ commit }) => commit([], undefined),
    },
  )
})
afterAll(() => db.close())
beforeEach(() => {
  ran = []
})

const ask = (name: keyof typeof declared.routes, as: string, options: CallOptions = {}) =>
  call(handler, platform, declared.routes[name], { as: school.callers[as], ...options })
const typeOf = (reply: { status: number; body: { type: string } }) => [reply.status, reply.body.type.split('/').at(-1)]
const of = (conversation: string) => ({ params: { conversation } })

describe('serve(), of a route within relations', () => {
  it('gives the implementation what the loaders gave', async () => {
    expect((await ask('open', 'lea', of('trip'))).body).toEqual({ topic: 'The trip' })
    const sent = await ask('send', 'anne', { ...of('trip'), body: { to: ['lea'] } })
    expect([sent.status, sent.body]).toEqual([201, { to: ['lea'], topic: 'The trip' }])
    expect(ran).toEqual(['conversation', 'open', 'conversation', 'recipients', 'send'])
  })

  it('lets nobody write to anybody: whoever knows a conversation’s id, or adds a stranger to it, is refused', async () => {
    const others = await ask('send', 'anne', { ...of('grades'), body: { to: ['denise'] } })
    expect([typeOf(others), ran]).toEqual([[404, 'not-found'], ['conversation']])
    const stranger = await ask('send', 'anne', { ...of('trip'), body: { to: ['lea', 'denise'] } })
    expect([typeOf(stranger), ran.includes('send')]).toEqual([[403, 'not-allowed'], false])
    expect(typeOf(await ask('open', 'denise', of('trip')))).toEqual([404, 'not-found'])
  })

  it('answers a write whose subject is gone since the same write at the same moment as that one', async () => {
    const options = { ...of('trip'), body: { to: ['lea'] }, key: 'a-key-that-two-tabs-have-sent' }
    meanwhile = () => ask('send', 'anne', options)
    const sent = await ask('send', 'anne', options)
    expect([sent.status, sent.body.topic]).toEqual([201, 'The trip'])
    meanwhile = () => ask('send', 'anne', { ...options, key: 'a-key-of-another-write' })
    expect(typeOf(await ask('send', 'anne', { ...options, key: 'one-more-key-of-its-own' }))).toEqual([
      404,
      'not-found',
    ])
  })

  it('answers an absent thing and somebody else’s alike', async () => {
    const [absent, others] = [await ask('open', 'anne', of('none')), await ask('open', 'anne', of('grades'))]
    const { instance: _, ...told } = absent.body
    expect(others.body).toMatchObject(told)
  })

  it('checks role and school before anything is loaded', async () => {
    expect(typeOf(await ask('send', 'lea', { ...of('trip'), body: { to: [] } }))).toEqual([403, 'not-allowed'])
    const elsewhere = { params: { uai: college, conversation: 'grades' } }
    expect(typeOf(await ask('archive', 'denise', elsewhere))).toEqual([403, 'not-allowed'])
    expect(ran).toEqual([])
    expect((await ask('archive', 'denise', { params: { uai: ecole, conversation: 'grades' } })).status).toBe(204)
    const others = await ask('archive', 'denise', { params: { uai: ecole, conversation: 'trip' } })
    expect(typeOf(others)).toEqual([404, 'not-found'])
  })

  it('answers with a problem of the feature that a loader found', async () => {
    const closed = await ask('send', 'anne', { ...of('old'), body: { to: [] } })
    expect(typeOf(closed)).toEqual([409, 'conversation-closed'])
    expect(closed.body.title).toBe(problems['conversation-closed'].title)
  })

  it('fails, rather than runs, where a relation has no loader', async () => {
    const runs: string[] = []
    const implementations = { open: () => runs.push('open') } as never
    const without = serve(declared, platform, {} as never, implementations)
    const reply = await call(without, platform, declared.routes.open, { as: school.callers.lea, ...of('trip') })
    expect([typeOf(reply), runs]).toEqual([[500, 'unexpected'], []])
  })
})

describe('serve(), of a route whose body is a secret', () => {
  it('keeps nothing that depends on the body', async () => {
    const lea = school.callers.lea?.person ?? ''
    const keys = ['first-key-of-the-secret', 'second-key-of-the-secret']
    for (const [index, key] of keys.entries())
      expect((await ask('confide', 'lea', { key, body: { secret: `the secret ${index}` } })).status).toBe(204)
    const items = openItems(db)
    const kept = await Promise.all(keys.map(key => items.get(platformPatterns.answer, { person: lea, key })))
    expect(kept[0]?.request).toBeTruthy()
    expect(kept[1]?.request).toBe(kept[0]?.request)
  })
})
