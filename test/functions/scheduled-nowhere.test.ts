import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsHandler } from '../../functions/news/handler.ts'
import { contracts, type FunctionName } from '../../shared/features.ts'
import { type Contract, isWriting } from '../../shared/kernel/route.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { workContract } from '../../shared/work/contract.ts'
import { functions } from '../features.ts'
import { accepted } from '../support/accepted.ts'
import { call } from '../support/call.ts'
import { type Database, startDynamoDb } from '../support/dynamodb.ts'
import { type Clock, type TestPlatform, testPlatform } from '../support/platform.ts'
import { audience, college, groups, type School, seedSchool } from '../support/school.ts'
import { openWork } from '../support/work.ts'
import { openStream } from './delivery/stream.ts'
import { draftOf } from './news/territory.ts'
import { essay } from './work/examples.ts'

const clock: Clock = { now: new Date('2026-03-16T07:00:00.000Z') }

/** What is scheduled: an item of the news, and an assignment. `by`: whoever set it, who sees it. */
type Scheduled = { readonly id: string; readonly marker: string; readonly param: 'news' | 'piece'; readonly by: string }

let database: Database
let platform: TestPlatform
let school: School
/** What each function's examples name. */
const ids = new Map<FunctionName, unknown>()
const scheduled: Scheduled[] = []
/** Whoever runs the school: they see it in what they follow. */
const managers = new Set<string>()

beforeAll(async () => {
  database = await startDynamoDb({ stream: true })
  platform = await testPlatform(database, clock)
  school = await seedSchool(database, clock.now, { accounts: true })
  const stream = await openStream(database, platform)
  for (const name of new Set(contracts.map((one: Contract) => one.function as FunctionName)))
    ids.set(name, await functions[name].arrange(platform, school))
  const publishAt = new Date(clock.now.getTime() + 3_600_000).toISOString()
  const { publish } = newsContract.routes
  const to = [audience('school', college), audience('class-guardians', groups.sixA.id)]
  const [title, work] = ['Avant-son-heure', 'Devoir-a-venir']
  const body = draftOf({ title, body: title, audiences: to, notice: 'guardian', pinned: true, publishAt })
  const news = await accepted(call(newsHandler(platform), platform, publish, { body, as: school.callers.marc }))
  scheduled.push({ id: news.body.id, marker: title, param: 'news', by: 'marc' })
  const piece = { ...essay, title: work, text: work, publishAt }
  const { set } = workContract.routes
  const given = await accepted(call(openWork(platform), platform, set, { body: piece, as: school.callers.anne }))
  scheduled.push({ id: given.body.items[0].id, marker: work, param: 'piece', by: 'anne' })
  await stream.deliverToTheEnd()
  const running = ['head', 'pupil-life', 'administrator']
  for (const [name, { roles }] of Object.entries(school.callers))
    if (roles.some(({ uai, role }) => uai === college && running.includes(role))) managers.add(name)
})
afterAll(() => database.close())

const reads = contracts.flatMap((one: Contract) =>
  Object.entries(one.routes).flatMap(([name, route]) =>
    isWriting(route) ? [] : [{ of: one.function as FunctionName, name, route }],
  ),
)

describe('what is scheduled', () => {
  it.each(reads)('is not in what $of $name answers to its readers', async ({ of, name, route }) => {
    const { open, examples } = functions[of]
    const handler = open(platform)
    const { related: _, ...options } = examples[name]?.({ school, ids: ids.get(of) } as never) ?? {}
    const readers = Object.keys(school.callers).filter(one => !managers.has(one))
    expect(readers.length).toBeGreaterThan(3)
    for (const reader of readers)
      for (const { id, marker, param, by } of scheduled) {
        if (reader === by) continue
        const ask = async (one: typeof options) =>
          JSON.stringify((await call(handler, platform, route, { ...one, as: school.callers[reader] })).body ?? '')
        const told = await ask(options)
        expect(told, reader).not.toContain(marker)
        expect(told, reader).not.toContain(id)
        if (options.params && param in options.params)
          expect(await ask({ ...options, params: { ...options.params, [param]: id } }), reader).not.toContain(marker)
      }
  })

  it('is in what its author follows, so that this test looks for what is there', async () => {
    const news = await accepted(
      call(newsHandler(platform), platform, newsContract.routes.mine, { as: school.callers.marc }),
    )
    const query = { week: '2100-W01' }
    const work = await accepted(
      call(openWork(platform), platform, workContract.routes.mine, { query, as: school.callers.anne }),
    )
    for (const { marker } of scheduled) expect(JSON.stringify([news.body, work.body])).toContain(marker)
  })
})
