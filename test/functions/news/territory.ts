import { features } from '../../../functions/features.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import type { Deliveries } from '../../../functions/platform/delivery.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsDraft } from '../../../shared/news/draft.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { startDynamoDb } from '../../support/dynamodb.ts'
import { type Clock, type TestPlatform, testPlatform } from '../../support/platform.ts'
import { audience, college, seedSchool } from '../../support/school.ts'
import { openClock } from '../clock/clock.ts'
import { openStream } from '../delivery/stream.ts'

type Routes = typeof newsContract.routes

/**
 * A school on a table with its stream, and the news function. Callers are named as in test/support/school.ts.
 * @param more deliveries beside the features' own.
 */
export const openTerritory = async (
  start = new Date('2026-03-16T07:00:00.000Z'),
  more: (platform: TestPlatform, listed: readonly Deliveries[]) => readonly Deliveries[] = () => [],
) => {
  const database = await startDynamoDb({ stream: true })
  const clock: Clock = { now: start }
  const platform = await testPlatform(database, clock)
  const requests: string[] = []
  database.client.middlewareStack.add(
    (next, context) => args => {
      requests.push(context.commandName?.replace(/Command$/, '') ?? '')
      return next(args)
    },
    { step: 'initialize' },
  )
  const { people, callers } = await seedSchool(database, start)
  const handler = newsHandler(platform)
  const listed = Object.values(features).flatMap(feature => feature ?? [])
  const stream = await openStream(database, platform, [...listed, ...more(platform, listed)])
  await stream.fresh()

  const ask = (name: keyof Routes, who: string | undefined, options: Omit<CallOptions, 'as'> = {}) =>
    call(handler, platform, newsContract.routes[name], { ...options, as: who === undefined ? undefined : callers[who] })
  const idOf = (name: string): string => {
    const person = people[name]
    if (!person) throw new Error(`nobody is called ${name} here`)
    return person.id
  }
  /** Publishes as `who`, to the whole collège unless told otherwise, and lets the stream do its part. */
  const publish = async (who: string, draft: Partial<NewsDraft> = {}): Promise<string> => {
    const reply = await accepted(ask('publish', who, { body: draftOf(draft) }))
    await stream.deliverAll()
    return reply.body.id
  }
  const feedOf = async (of: string): Promise<string[]> => {
    const reply = await accepted(ask('list', undefined, { params: { audience: of } }))
    return reply.body.items.map((item: { id: string }) => item.id)
  }
  const runClock = openClock(platform)
  /** The clock's run at an instant, and what the stream makes of it. */
  const tick = async (at: string): Promise<void> => {
    clock.now = new Date(at)
    await runClock()
    await stream.deliverAll()
  }
  /** Says that `who` has opened a news item. Throws if it is not recorded. */
  const see = async (who: string, news: string): Promise<void> => {
    const { body } = await accepted(ask('seen', who, { body: { news: [news] } }))
    if (!body.seen.includes(news)) throw new Error(`${who} may not read ${news}`)
  }
  /** What `who` did with a news item, and whether they were reminded of it; undefined if neither. */
  const markOf = async (who: string, news: string): Promise<NewsMark | undefined> => {
    const { items } = (await accepted(ask('marked', who, { query: { news } }))).body as { items: NewsMark[] }
    const { audiences } = (await accepted(ask('state', who))).body as { audiences: { acts: NewsMark[] }[] }
    const act = audiences.flatMap(({ acts }) => acts).find(one => one.news === news)
    const mark = { news, ...act, ...items.find(one => one.news === news) }
    return Object.keys(mark).length > 1 ? mark : undefined
  }
  /** The requests `work` makes of the table. */
  const requestsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    requests.length = 0
    await work()
    return [...requests]
  }
  const { close } = database
  return {
    database,
    clock,
    platform,
    callers,
    stream,
    ask,
    idOf,
    publish,
    runClock,
    tick,
    see,
    markOf,
    feedOf,
    requestsOf,
    close,
  }
}

export type Territory = Awaited<ReturnType<typeof openTerritory>>

/** A draft addressed to the whole collège, with what a test changes of it. */
export const draftOf = (more: Partial<NewsDraft> = {}): NewsDraft => ({
  uai: college,
  title: 'Fermeture de l’établissement',
  body: 'Le collège est **fermé** à partir de lundi.',
  audiences: [audience('school', college)],
  pinned: false,
  urgent: false,
  notice: 'none',
  ...more,
})
