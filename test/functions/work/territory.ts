import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { features } from '../../../functions/features.ts'
import type { Deliveries } from '../../../functions/platform/delivery.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { workPatterns } from '../../../functions/work/patterns.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { PupilWork, SentWork, SetPiece, SetSummary } from '../../../shared/work/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { startDynamoDb } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { type Clock, testPlatform } from '../../support/platform.ts'
import { seedSchool } from '../../support/school.ts'
import { openWork } from '../../support/work.ts'
import { openClock } from '../clock/clock.ts'
import { openStream } from '../delivery/stream.ts'
import { exercises } from './examples.ts'

type Routes = typeof workContract.routes

/** A school on a table with its stream and its clock, and the function of the work. Callers as in test/support/school.ts. */
export const openTerritory = async (start = new Date('2026-11-23T07:00:00.000Z')) => {
  const database = await startDynamoDb({ stream: true })
  const clock: Clock = { now: start }
  const platform = await testPlatform(database, clock)
  const { people, callers } = await seedSchool(database, start)
  const handler = openWork(platform)
  const listed = Object.values(features).flatMap((feature): Deliveries[] => (feature ? [feature] : []))
  const stream = await openStream(database, platform, listed)
  await stream.fresh()
  const runClock = openClock(platform)
  await runClock()

  const ask = (name: keyof Routes, who: string | undefined, options: Omit<CallOptions, 'as'> = {}) =>
    call(handler, platform, workContract.routes[name], { ...options, as: who === undefined ? undefined : callers[who] })
  const idOf = (name: string): string => {
    const person = people[name]
    if (!person) throw new Error(`nobody is called ${name} here`)
    return person.id
  }
  /** Sets work as `who`, for 6e A unless told otherwise, and lets the stream do its part. */
  const set = async (who: string, sent: Partial<SentWork> = {}): Promise<readonly SetPiece[]> => {
    const { body } = await accepted(ask('set', who, { body: { ...exercises, ...sent } }))
    await stream.deliverAll()
    return body.items
  }
  /** Sets one piece. */
  const setOne = async (who: string, sent: Partial<SentWork> = {}): Promise<SetPiece> => {
    const [piece] = await set(who, sent)
    if (!piece) throw new Error('nothing was set')
    return piece
  }
  const table = openTable(
    database.table,
    { query: [workPatterns.rows], get: [workPatterns.piece] },
    () => clock.now,
    database.client,
  )
  /** What stands in an audience's notebook, as `day title`, the first day first. */
  const notebook = async (audience: string): Promise<string[]> =>
    (await table.all(workPatterns.rows, { audience }, { consistent: true })).map(({ day, title }) => `${day} ${title}`)
  /** The clock's run at an instant, and what the stream makes of it. */
  const runAt = async (at: string): Promise<void> => {
    clock.now = new Date(at)
    await runClock()
    await stream.deliverAll()
  }
  /** What a pupil ticked, as they see it themselves. */
  const workOf = async (who: string): Promise<PupilWork> => {
    const { body } = await accepted(ask('state', who))
    return body.items[0]
  }
  /** What somebody set for the days of a week. */
  const mine = async (who: string, week: string): Promise<readonly SetSummary[]> =>
    (await accepted(ask('mine', who, { query: { week } }))).body.items
  const pieceOf = (piece: string) => table.get(workPatterns.piece, { piece }, { consistent: true })
  const items = openItems(database)
  const person = async (who: string) => {
    const found = await items.get(directoryPatterns.person, { person: idOf(who) })
    if (!found) throw new Error(`nobody is called ${who} here`)
    return found
  }
  /** What `work` does while the directory says something else of somebody. */
  const whileChanged = async (who: string, change: object, work: () => Promise<void>): Promise<void> => {
    const key = { person: idOf(who) }
    const known = await person(who)
    await items.put(directoryPatterns.person, key, { ...known, ...change })
    await work()
    await items.put(directoryPatterns.person, key, known)
  }
  /** What `work` does while somebody teaches no class any more. */
  const withoutGroups = (who: string, work: () => Promise<void>): Promise<void> =>
    whileChanged(who, { groups: [] }, work)
  const freeze = (who: string) =>
    items.put(
      platformPatterns.freeze,
      { person: idOf(who) },
      { at: clock.now.toISOString(), reason: 'Mot de passe volé' },
    )
  /** Gives what is fresh to two environments at the same moment, until nothing follows. */
  const deliverTwice = async (): Promise<void> => {
    for (let records = await stream.fresh(); records.length > 0; records = await stream.fresh()) {
      const replies = await Promise.all([stream.deliver(records), stream.deliver(records)])
      if (replies.some(({ batchItemFailures }) => batchItemFailures.length > 0)) await stream.deliver(records)
    }
  }
  const { close } = database
  return {
    database,
    clock,
    platform,
    stream,
    callers,
    ask,
    idOf,
    set,
    setOne,
    notebook,
    runAt,
    workOf,
    mine,
    pieceOf,
    person,
    whileChanged,
    withoutGroups,
    freeze,
    deliverTwice,
    close,
  }
}

export type Territory = Awaited<ReturnType<typeof openTerritory>>
