import type { DynamoDBRecord } from 'aws-lambda'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FeedItem, newsPatterns } from '../../../functions/news/patterns.ts'
import { dueShards, minuteOf } from '../../../functions/platform/due.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { argsOf } from '../../../functions/platform/pattern.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { type Dated, stateOf } from '../../../shared/news/rules.ts'
import { type Fault, failures, faultsOf } from '../../faults/faults.ts'
import { accepted } from '../../support/accepted.ts'
import { deleteAll } from '../../support/dynamodb.ts'
import { assertProperty } from '../../support/property.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
let faults: ReturnType<typeof faultsOf>
beforeAll(async () => {
  t = await openTerritory()
  faults = faultsOf(t.database.client)
  await t.runClock()
})
afterAll(() => t.close())

const audiences = [audience('school', college), audience('class-guardians', groups.sixA.id)] as const

type StoredRow = { readonly key: { readonly pk: string; readonly sk: string }; readonly item: FeedItem }

/** The rows that stand in the table, also those whose end has come: `F 0 <audience> <publication> <news>`. */
const storedRows = async () => {
  const table = openTable(
    t.database.table,
    { query: [newsPatterns.feed, newsPatterns.openRows] },
    () => new Date(0),
    t.database.client,
  )
  const rows = new Map<string, StoredRow>()
  for (const of of audiences) {
    for await (const page of table.pages(newsPatterns.feed, { audience: of }, { consistent: true }))
      for (const row of page) rows.set(`${row.key.pk} ${row.key.sk}`, row)
    for await (const page of table.pages(newsPatterns.openRows, { audience: of }, { consistent: true }))
      for (const row of page) rows.set(`${row.key.pk} ${row.key.sk}`, row)
  }
  return rows
}

/** What the model knows of a news item. `shown`: whether it has rows; undefined while a run of the clock was disturbed. */
type Known = Dated & {
  readonly id: string
  readonly version: number
  readonly pinned: boolean
  readonly notice: string
  readonly audiences: readonly { readonly id: string }[]
  shown: boolean | undefined
  /** All instants that it was ever to change its state at. */
  readonly dates: Set<string>
}

const rowNames = ({ id, pinned, notice, publishedAt, audiences: of }: Known) =>
  of.flatMap(one => [
    `FEED#${one.id} F#${pinned ? 1 : 0}#${publishedAt}#${id}`,
    ...(notice === 'none' ? [] : [`FEED#${one.id} O#${publishedAt}#${id}`]),
  ])

/** True if a record is the clock's mark on a news item: nothing changes but when it was decided. */
const isMark = ({ dynamodb }: DynamoDBRecord): boolean =>
  dynamodb?.OldImage?.version?.N !== undefined &&
  dynamodb.OldImage.version.N === dynamodb.NewImage?.version?.N &&
  dynamodb.OldImage.decidedAt?.S !== dynamodb.NewImage?.decidedAt?.S

type Value<Of> = Of extends fc.Arbitrary<infer Generated> ? Generated : never

const fault: fc.Arbitrary<Fault> = fc.record({
  on: fc.constantFrom('TransactWrite', 'Query', 'Get'),
  error: fc.constantFrom(failures.throttled, failures.cut),
  after: fc.boolean(),
  times: fc.integer({ min: 1, max: 3 }),
})
// In minutes. The clock reads every minute that passes, so that few pass; but more than it looks back.
const times = {
  publishIn: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  lasting: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
}
const after = fc.nat(6)
const draft = fc.record({
  ...times,
  pinned: fc.boolean(),
  notice: fc.constantFrom('none', 'guardian'),
  to: fc.subarray([...audiences], { minLength: 1 }),
})
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('publish' as const), draft }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), draft, which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('run' as const), after }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('failing run' as const), after, fault }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
)

const later = (minutes: number) => new Date(t.clock.now.getTime() + minutes * 60_000)

describe('what is scheduled', () => {
  it('has rows from its publication to its end, whatever is changed, repeated or disturbed', async ({ signal }) => {
    await assertProperty(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async steps => {
        signal.throwIfAborted()
        const known = new Map<string, Known>()
        const marks = new Map<string, number>()
        const delivered: DynamoDBRecord[] = []
        const isShown = (item: Known) => stateOf(item, t.clock.now) === 'published'

        const deliver = async () => {
          for (const record of await t.stream.deliverAll()) {
            delivered.push(record)
            const args = argsOf(newsPatterns.news, {
              pk: record.dynamodb?.Keys?.pk?.S ?? '',
              sk: record.dynamodb?.Keys?.sk?.S ?? '',
            })
            if (args && isMark(record)) marks.set(args.news, (marks.get(args.news) ?? 0) + 1)
          }
        }
        const bodyOf = ({ publishIn, lasting, pinned, notice, to }: Value<typeof draft>) => ({
          ...draftOf({ pinned, notice: notice as 'none', audiences: to }),
          ...(publishIn !== undefined && { publishAt: later(publishIn).toISOString() }),
          ...(lasting !== undefined && { until: later((publishIn ?? 0) + lasting).toISOString() }),
        })
        const learn = (reply: { status: number; body: Omit<Known, 'shown' | 'dates'> }) => {
          if (reply.status >= 300) return
          const { id, publishedAt, until, version, pinned, notice, audiences: of } = reply.body
          const dates = known.get(id)?.dates ?? new Set()
          const item: Known = {
            id,
            publishedAt,
            until,
            version,
            pinned,
            notice,
            audiences: of,
            shown: undefined,
            dates,
          }
          for (const at of [publishedAt, until]) if (at !== undefined && at > t.clock.now.toISOString()) dates.add(at)
          item.shown = isShown(item)
          known.set(id, item)
        }
        const nth = (which: number) => [...known.values()][which % Math.max(1, known.size)]

        const act = async (now: Value<typeof step>) => {
          if (now.do === 'publish') learn(await t.ask('publish', 'marc', { body: bodyOf(now.draft) }))
          if (now.do === 'again') await t.stream.deliver(delivered)
          if (now.do === 'edit') {
            const item = nth(now.which)
            if (!item) return
            const body = { ...bodyOf(now.draft), version: item.version }
            learn(await t.ask('edit', 'marc', { params: { news: item.id }, body }))
          }
          if (now.do === 'withdraw') {
            const item = nth(now.which)
            if (!item) return
            await accepted(t.ask('withdraw', 'marc', { params: { news: item.id } }))
            known.set(item.id, { ...item, withdrawnAt: t.clock.now.toISOString(), shown: false })
          }
          if (now.do === 'run') {
            t.clock.now = later(now.after)
            await t.runClock()
            for (const item of known.values()) item.shown = isShown(item)
          }
          if (now.do === 'failing run') {
            t.clock.now = later(now.after)
            await faults.during(now.fault, t.runClock).catch((error: unknown) => {
              if (error !== now.fault.error) throw error
            })
            for (const item of known.values()) if (item.shown !== isShown(item)) item.shown = undefined
          }
        }

        const verify = async () => {
          const rows = await storedRows()
          const stored = [...rows]
            .map(([name, { item }]) => [name, item] as const)
            .filter(([, { id }]) => known.has(id))
          const of = (sure: boolean) =>
            stored.filter(([, { id }]) => (known.get(id)?.shown !== undefined) === sure).map(([name]) => name)
          const wanted = [...known.values()].filter(({ shown }) => shown === true).flatMap(rowNames)
          expect(of(true).sort()).toEqual(wanted.sort())
          for (const [name, { id, version }] of stored) {
            const item = known.get(id)
            if (!item) continue
            expect(rowNames(item)).toContain(name)
            expect(version).toBe(item.version)
            expect(['published', 'ended']).toContain(stateOf(item, t.clock.now))
          }
          const passed = ({ dates }: Known) => [...dates].filter(at => at <= t.clock.now.toISOString()).length
          for (const item of known.values()) expect(marks.get(item.id) ?? 0).toBeLessThanOrEqual(passed(item))
        }

        await t.tick(later(1).toISOString())
        for (const now of steps) {
          await act(now)
          await deliver()
          await verify()
        }
        // Once all dates have come, nothing is left to be done.
        const dates = [...known.values()].flatMap(item => [...item.dates])
        const last = Math.max(t.clock.now.getTime(), ...dates.map(at => Date.parse(at)))
        await act({ do: 'run', after: (last - t.clock.now.getTime()) / 60_000 + 1 })
        await deliver()
        await verify()
        const partitions = [...new Set(dates.map(minuteOf))].flatMap(minute =>
          dueShards.map(shard => ({ minute, shard })),
        )
        const left = await Promise.all(
          partitions.map(one => t.platform.table.all(platformPatterns.dueIn, one, { consistent: true })),
        )
        expect(left.flat()).toEqual([])
        // What this run published is read by no other one.
        await deleteAll(
          t.database,
          (await storedRows())
            .values()
            .map(({ key }) => key)
            .toArray(),
        )
        await t.stream.fresh()
      }),
      { short: 8, long: 200 },
    )
  })
})
