import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsHandler } from '../../../functions/news/handler.ts'
import { contracts, type FunctionName } from '../../../shared/features.ts'
import { type Contract, isWriting } from '../../../shared/kernel/route.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { functions } from '../../features.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { type Clock, type TestPlatform, testPlatform } from '../../support/platform.ts'
import { audience, college, groups, type School, seedSchool } from '../../support/school.ts'
import { openStream } from '../delivery/stream.ts'
import { draftOf } from './territory.ts'

const clock: Clock = { now: new Date('2026-03-16T07:00:00.000Z') }
const marker = 'Avant-son-heure'

let database: Database
let platform: TestPlatform
let school: School
/** What each function's examples name, and the scheduled news item. */
const ids = new Map<FunctionName, unknown>()
let scheduled = ''
/** Whoever may manage the item: its author, and who runs the school. They see it in what they follow. */
const managers = new Set<string>()

beforeAll(async () => {
  database = await startDynamoDb({ stream: true })
  platform = await testPlatform(database, clock)
  school = await seedSchool(database, clock.now, { accounts: true })
  const stream = await openStream(database, platform)
  for (const name of new Set(contracts.map((one: Contract) => one.function as FunctionName)))
    ids.set(name, await functions[name].arrange(platform, school))
  const to = [audience('school', college), audience('class-guardians', groups.sixA.id)]
  const publishAt = new Date(clock.now.getTime() + 3_600_000).toISOString()
  const body = draftOf({ title: marker, body: marker, audiences: to, notice: 'guardian', pinned: true, publishAt })
  const publish = newsContract.routes.publish
  scheduled = (await accepted(call(newsHandler(platform), platform, publish, { body, as: school.callers.marc }))).body
    .id
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
    const asked = [options]
    if (options.params && 'news' in options.params)
      asked.push({ ...options, params: { ...options.params, news: scheduled } })
    const readers = Object.keys(school.callers).filter(one => !managers.has(one))
    expect(readers.length).toBeGreaterThan(3)
    for (const reader of readers)
      for (const one of asked) {
        const { body } = await call(handler, platform, route, { ...one, as: school.callers[reader] })
        const told = JSON.stringify(body ?? '')
        expect(told, reader).not.toContain(marker)
        if (one === options) expect(told, reader).not.toContain(scheduled)
      }
  })

  it('is in what its author follows, so that this test looks for what is there', async () => {
    const { mine } = newsContract.routes
    const { body } = await accepted(call(newsHandler(platform), platform, mine, { as: school.callers.marc }))
    expect(JSON.stringify(body)).toContain(marker)
  })
})
