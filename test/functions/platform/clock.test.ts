import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { uses } from '../../../functions/platform/access.ts'
import {
  type Clock,
  clock,
  clockLogMessages,
  type DueKind,
  kindConcurrency,
  mostOfKind,
} from '../../../functions/platform/clock.ts'
import { type Due, due, dueKey, dueShards, minuteOf } from '../../../functions/platform/due.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { update } from '../../../functions/platform/operation.ts'
import { keyOf, one } from '../../../functions/platform/pattern.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import type { Background } from '../../../functions/platform/platform.ts'
import { failures, faultsOf } from '../../faults/faults.ts'
import { type Database, localClient, putAll, startDynamoDb } from '../../support/dynamodb.ts'
import { openMeter } from '../../support/meter.ts'
import { type TestPlatform, type Clock as Time, testPlatform } from '../../support/platform.ts'
import { runs } from '../../support/thorough.ts'
import { openClock } from '../clock/clock.ts'

const bell = one('BELL#{name}', 'BELL', z.object({ rung: z.number() }), { hottest: 'none' })
const access = uses({ update: [bell] })
type Act = DueKind<typeof access>['act']
const ring: Act = async (_, { subject: name }) => [update('ring', bell, { name }, { add: { rung: 1 } })]

/** An instant, in minutes after the test began. */
const minutes = (count: number): string =>
  new Date(Date.parse('2026-03-16T07:00:00.000Z') + count * 60_000).toISOString()
const bells = (count: number, at: string, kind = 'bell'): Due[] =>
  Array.from({ length: count }, (_, number) => ({ kind, subject: `${kind} ${at} ${number}`, at }))

let database: Database
let time: Time
let platform: TestPlatform
let counted: Record<string, number[]>
let background: Background
beforeEach(async () => {
  database = await startDynamoDb()
  time = { now: new Date(minutes(0)) }
  platform = await testPlatform(database, time)
  counted = {}
  const count = (metric: string, value = 1) => {
    counted[metric] = [...(counted[metric] ?? []), value]
  }
  background = { ...platform, log: { ...platform.log, count } }
})
afterEach(() => database.close())

const schedule = (...items: readonly Due[]) =>
  putAll(
    database,
    due([], items).map(({ key, fields }) => ({ ...fields, ...key })),
  )
const rung = async (items: readonly Due[]) => {
  const found = await platform.table.getMany(
    bell,
    items.map(({ subject: name }) => ({ name })),
    { consistent: true },
  )
  return found.map(item => item?.rung ?? 0)
}
const times = (count: number, value = 1) => Array.from({ length: count }, () => value)
/** What is due in a minute and not done. */
const leftIn = async (minute: string) =>
  (
    await Promise.all(
      dueShards.map(shard => platform.table.all(platformPatterns.dueIn, { minute, shard }, { consistent: true })),
    )
  ).flat()
/** A run at an instant. */
const runAt = async (
  at: string,
  kinds: readonly Clock[] = [clock(access, { kind: 'bell', act: ring })],
  on = background,
) => {
  time.now = new Date(at)
  await openClock(on, kinds)()
}

describe('due()', () => {
  it('puts what is to be done, and removes what is not any more', async () => {
    const [early, late] = [minutes(5), minutes(9)].map(at => ({ kind: 'bell', subject: 'x', at })) as [Due, Due]
    await platform.table.transact(due([], [early]))
    await platform.table.transact(due([early], [late]))
    expect(await leftIn(minuteOf(early.at))).toEqual([])
    expect(await leftIn(minuteOf(late.at))).toEqual([late])
    await runAt(minutes(5))
    expect(await rung([late])).toEqual([0])
    await runAt(minutes(9))
    expect(await rung([late])).toEqual([1])
  })

  it('spreads a minute over partitions', () => {
    const shards = bells(400, minutes(1)).map(item => dueKey(item).shard)
    for (const shard of dueShards) expect(shards.filter(one => one === shard).length).toBeGreaterThan(50)
  })
})

describe('a run of the clock', () => {
  it('does what is due, once, and nothing before its time', async () => {
    const now = bells(3, minutes(2))
    const later = bells(2, '2026-03-16T07:02:30.000Z')
    await schedule(...now, ...later)
    await runAt(minutes(1))
    expect(await rung(now)).toEqual(times(3, 0))
    await runAt(minutes(2))
    expect([...(await rung(now)), ...(await rung(later))]).toEqual([1, 1, 1, 0, 0])
    await runAt(minutes(3))
    await runAt(minutes(4))
    expect([...(await rung(now)), ...(await rung(later))]).toEqual(times(5))
    expect(await leftIn(minuteOf(minutes(2)))).toEqual([])
  })

  it('does each once where two run at the same moment', async () => {
    const items = bells(40, minutes(1))
    await schedule(...items)
    await Promise.all([runAt(minutes(1)), runAt(minutes(1)), runAt(minutes(1))])
    expect(await rung(items)).toEqual(times(40))
  })

  it('does each once where the answer to a write is lost, and says that it does not know', async () => {
    const items = bells(10, minutes(1))
    await schedule(...items)
    const client = localClient(database.endpoint)
    const faults = faultsOf(client)
    const table = openTable(database.table, {}, () => time.now, client)
    const on = { ...background, table } as unknown as Background
    const lost = { on: 'TransactWrite', error: failures.cut, after: true, times: 4 } as const
    await faults.during(lost, () => runAt(minutes(1), undefined, on))
    expect(platform.lines.find(({ code }) => code === clockLogMessages.failed.code)?.fields).toMatchObject({
      failed: 4,
    })
    await runAt(minutes(2), undefined, on)
    expect(await rung(items)).toEqual(times(10))
    client.destroy()
  })

  it('finds what a slow transaction put into a minute that is over', async () => {
    await runAt(minutes(1))
    await runAt(minutes(3))
    const items = bells(3, minutes(1))
    await schedule(...items)
    await runAt(minutes(4))
    expect(await rung(items)).toEqual(times(3))
  })

  it('asks again where what it found changes before it is written', async () => {
    const items = bells(1, minutes(1))
    await schedule(...items)
    const name = items[0]?.subject ?? ''
    let asked = 0
    const act: Act = async ({ table }) => {
      asked++
      const now = update('other', bell, { name }, { set: { rung: 7 } })
      if (asked === 1) await table.apply(now)
      return [
        update('ring', bell, { name }, { add: { rung: 1 } }, asked === 1 ? { absent: true } : { is: { rung: 7 } }),
      ]
    }
    await runAt(minutes(1), [clock(access, { kind: 'bell', act })])
    expect([asked, ...(await rung(items))]).toEqual([2, 8])
  })

  it('begins nothing more shortly before its time limit, and goes on in the next run', async () => {
    const items = bells(30, minutes(1))
    await schedule(...items)
    let left = 15
    time.now = new Date(minutes(1))
    const kinds = [clock(access, { kind: 'bell', act: ring })]
    await openClock(background, kinds, () => (left-- > 0 ? 30_000 : 19_000))()
    const done = (await rung(items)).filter(Boolean).length
    expect([done > 10, done < 16]).toEqual([true, true])
    await runAt(minutes(2))
    expect(await rung(items)).toEqual(times(30))
  })
})

describe('what fails', () => {
  const healthy = clock(access, { kind: 'bell', act: ring })
  const broken = clock(access, {
    kind: 'broken',
    act: async () => {
      throw new Error('Léa Martin cannot be reached')
    },
  })

  it('holds back no other kind, is tried at each run and told, and is done once it can be', async () => {
    const bad = bells(3, minutes(1), 'broken')
    const good = [1, 2, 5, 9].flatMap(minute => bells(2, minutes(minute)))
    await schedule(...bad, ...good)
    for (let minute = 1; minute <= 12; minute++) await runAt(minutes(minute), [broken, healthy])
    expect(await rung(good)).toEqual(times(8))
    const told = platform.lines.filter(({ code }) => code === clockLogMessages.failed.code).map(({ fields }) => fields)
    expect(told.map(({ tries }) => tries)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
    expect(told[0]).toMatchObject({ kind: 'broken', failed: 3, error: 'Error' })
    expect(JSON.stringify(platform.lines)).not.toContain('Léa')
    // The minute itself is the first in which they could be done.
    expect(counted.DueLate).toEqual(Array.from({ length: 12 }, (_, at) => at * 60))
    await runAt(minutes(13), [clock(access, { kind: 'broken', act: ring }), healthy])
    expect(await rung(bad)).toEqual(times(3))
    expect(counted.DueLate?.at(-1)).toBe(0)
  })

  it('holds back none of its own kind, however much it is', async () => {
    const isBad = ({ at }: Due) => at === minutes(1)
    const act: Act = async (on, item) => {
      if (isBad(item)) throw new Error('not now')
      return ring(on, item)
    }
    await schedule(...bells(mostOfKind + 50, minutes(1)))
    await runAt(minutes(1), [clock(access, { kind: 'bell', act })])
    const good = bells(5, minutes(2))
    await schedule(...good)
    // Fifty of those that fail have not been tried yet, and are older.
    await runAt(minutes(2), [clock(access, { kind: 'bell', act })])
    expect(await rung(good)).toEqual(times(5))
  })

  it('waits, when nobody knows its kind, for a release that does', async () => {
    const items = bells(2, minutes(1), 'later')
    await schedule(...items)
    for (let minute = 1; minute <= 8; minute++) await runAt(minutes(minute), [healthy])
    expect(platform.lines.findLast(({ code }) => code === clockLogMessages.unknown.code)?.fields).toEqual({
      kind: 'later',
      left: 2,
    })
    await runAt(minutes(9), [healthy, clock(access, { kind: 'later', act: ring })])
    expect(await rung(items)).toEqual(times(2))
  })

  it('is an error of the deploy, if two features act on one kind', () => {
    expect(() => openClock(background, [healthy, healthy])).toThrow('bell')
  })
})

describe('after an outage', () => {
  /** A run behind a meter: how many requests it makes. */
  const metered = async (run: (on: Background) => Promise<void>) => {
    const meter = await openMeter(database.endpoint)
    const client = localClient(meter.endpoint)
    const table = openTable(database.table, {}, () => time.now, client)
    await run({ ...background, table } as unknown as Background)
    const reading = meter.read()
    client.destroy()
    await meter.close()
    return reading
  }

  it('of six hours all is done in one run, with four Queries a minute and one transaction an item', async () => {
    await runAt(minutes(0))
    const items = Array.from({ length: 360 }, (_, minute) => bells(1, minutes(minute + 1))).flat()
    await schedule(...items)
    const { operations } = await metered(on => runAt(minutes(360), undefined, on))
    expect(await rung(items)).toEqual(times(360))
    // The minutes that were not finished before are read as well, and where the clock stands is read and written.
    expect(operations.Query).toBeLessThanOrEqual(4 * (360 + 4))
    expect(operations.Query).toBeGreaterThanOrEqual(4 * 360 - 16)
    expect(operations).toMatchObject({ GetItem: 1, TransactWriteItems: 360 + 1 })
    const next = await metered(on => runAt(minutes(361), undefined, on))
    expect(next.operations).toEqual({ GetItem: 1, Query: 20, TransactWriteItems: 1 })
  })

  it('of half a day it goes on for some runs, the oldest first, and says how late it is', async () => {
    await runAt(minutes(0))
    const items = [1, 400, 719].flatMap(minute => bells(1, minutes(minute)))
    await schedule(...items)
    const seen: number[][] = []
    for (let minute = 720; minute < 723; minute++) {
      await runAt(minutes(minute))
      seen.push(await rung(items))
    }
    expect(seen).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [1, 1, 1],
    ])
    const [, first = 0] = counted.DueLate ?? []
    expect(first).toBeGreaterThan(300 * 60)
    expect(counted.DueLate?.at(-1)).toBe(0)
  })
})

const many = runs(2_500, 5_000)

describe(`${many} items that are due in one minute`, () => {
  it('are done over several runs, each within its bound, few at a time', async () => {
    const items = bells(many, minutes(1))
    await schedule(...items)
    let working = 0
    let most = 0
    let done = 0
    const act: Act = async (on, item) => {
      working++
      done++
      most = Math.max(most, working)
      const operations = await ring(on, item)
      await new Promise(resolve => setImmediate(resolve))
      working--
      return operations
    }
    const perRun: number[] = []
    for (let minute = 1; minute <= 6; minute++) {
      const before = done
      await runAt(minutes(minute), [clock(access, { kind: 'bell', act })])
      perRun.push(done - before)
    }
    expect(perRun.reduce((sum, count) => sum + count)).toBe(many)
    expect(Math.max(...perRun)).toBe(mostOfKind)
    expect(most).toBeLessThanOrEqual(kindConcurrency)
    expect(await rung(items)).toEqual(times(many))
  })
})

it('the key of a due item begins with its minute, by which it is found', () => {
  const item = { kind: 'bell', subject: 'a#b', at: minutes(7) }
  expect(keyOf(platformPatterns.due, dueKey(item))).toEqual({
    pk: expect.stringMatching(/^DUE#2026-03-16T07:07#[0-3]$/),
    sk: '2026-03-16T07:07:00.000Z#bell#a#b',
  })
})
