import type { DynamoDBRecord } from 'aws-lambda'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { rolesIn } from '../../../functions/directory/audiences.ts'
import type { BoardFiles } from '../../../functions/platform/boards/files.ts'
import type { AudienceKind } from '../../../shared/kernel/audience.ts'
import { BoardIndex, boardPath, indexRoleOf, indexRoles } from '../../../shared/kernel/board.ts'
import { newsBoard } from '../../../shared/news/board.ts'
import { accepted } from '../../support/accepted.ts'
import { assertProperty } from '../../support/property.ts'
import { audience, college, ecole, groups } from '../../support/school.ts'
import { draftOf } from '../news/territory.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

/** Which calls of the bucket fail, by their number: before they do anything, or after. */
type Plan = { readonly before: ReadonlySet<number>; readonly after: ReadonlySet<number> }

const noFault: Plan = { before: new Set(), after: new Set() }
let plan = noFault
let calls = 0
/** What was wrong at the moment an index was put. */
const wrong: string[] = []
/** The boards and texts that an index named, by path. */
const named = new Set<string>()

const isAbsent = async (files: BoardFiles, path: string) => (await files.get(path)) === undefined

/** Notes boards and texts that an index names before they are there, and audiences that its role cannot hold. */
const checkIndex = async (files: BoardFiles, path: string, body: string) => {
  const role = path.split('/').at(-1)
  for (const { id, kind, boards } of BoardIndex.parse(JSON.parse(body)).audiences) {
    if (!rolesIn(kind as AudienceKind).some(one => indexRoleOf(one) === role))
      wrong.push(`${kind} is listed for ${role}`)
    for (const file of boards) {
      const found = await files.get(boardPath(id, file))
      if (!found) {
        wrong.push(`${file} is named and not there`)
        continue
      }
      const { rows, notices, moreNotices } = newsBoard.schema.parse(JSON.parse(found.body))
      const parts = [...rows, ...notices].flatMap(({ text }) => text ?? []).concat(moreNotices ?? [])
      for (const part of parts)
        if (await isAbsent(files, boardPath(id, part))) wrong.push(`${part} is named and not there`)
      for (const one of [file, ...parts]) named.add(boardPath(id, one))
    }
  }
}

const faulty = (files: BoardFiles): BoardFiles => {
  const counted =
    <Args extends readonly unknown[], Value>(call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      const number = calls++
      if (plan.before.has(number)) throw new Error('the bucket did not answer')
      const value = await call(...args)
      if (plan.after.has(number)) throw new Error('the answer of the bucket was lost')
      return value
    }
  return {
    get: counted(files.get),
    put: counted(async (path, body, cache, expected) => {
      if (path.includes('/index.')) await checkIndex(files, path, body)
      return files.put(path, body, cache, expected)
    }),
    remove: counted(files.remove),
  }
}

let t: BoardsTerritory
beforeAll(async () => {
  t = await openBoards(faulty)
  // So that there are indexes, whatever is tried first.
  await t.publish('marc')
  await t.deliverToTheEnd()
})
afterAll(() => t.close())
afterEach(() => {
  plan = noFault
})

const audiences = [
  audience('school', college),
  audience('guardians', college),
  audience('class', groups.sixA.id),
  audience('class-guardians', groups.sixB.id),
]

type Action =
  | { readonly do: 'publish'; readonly to: readonly string[]; readonly long: boolean; readonly notice: boolean }
  | { readonly do: 'edit'; readonly which: number; readonly to: readonly string[]; readonly pinned: boolean }
  | { readonly do: 'withdraw'; readonly which: number }

const to = fc.subarray(audiences, { minLength: 1 })
const which = fc.nat({ max: 20 })
const anAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('publish' as const), to, long: fc.boolean(), notice: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), which, to, pinned: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which }) },
)

type Published = { id: string; version: number; notice: 'none' | 'guardian'; withdrawn: boolean; marker: string }

/** Does something to the news as their author; what is refused is left. */
const act = async (action: Action, known: Published[]): Promise<void> => {
  t.clock.now = new Date(t.clock.now.getTime() + 1_000)
  if (action.do === 'publish') {
    const marker = `marque-${known.length}-${t.clock.now.getTime()}`
    const holdsGuardians = action.to.some(id => id !== audiences[2])
    const notice = action.notice && holdsGuardians ? 'guardian' : 'none'
    const body = draftOf({
      title: marker,
      body: `${marker} `.repeat(action.long ? 60 : 1),
      audiences: [...action.to],
      notice,
    })
    const reply = await accepted(t.ask('publish', 'marc', { body }))
    known.push({ id: reply.body.id, version: 1, notice, withdrawn: false, marker })
    return
  }
  const news = known[action.which % Math.max(1, known.length)]
  if (!news || news.withdrawn) return
  const params = { news: news.id }
  if (action.do === 'withdraw') {
    await accepted(t.ask('withdraw', 'marc', { params }))
    news.withdrawn = true
    return
  }
  const { to: addressed, pinned } = action
  if (news.notice !== 'none' && addressed.every(id => id === audiences[2])) return
  const { marker, notice, version } = news
  const draft = draftOf({ title: marker, body: marker, audiences: [...addressed], notice, pinned })
  await accepted(t.ask('edit', 'marc', { params, body: { ...draft, version } }))
  news.version++
}

/** Delivers a batch as two environments at once would while the clock runs, whatever fails. */
const inTwoEnvironments = (records: readonly DynamoDBRecord[]) =>
  Promise.all([t.stream.deliver(records), t.stream.deliver([...records].reverse()), t.runClock()])

/** As long as the clock looks back for what failed, and superseded files are kept. */
const minutesUntilDeleted = 15

/** The indexes, and all files that they name, by path. */
const current = async (): Promise<Map<string, string>> => {
  const all = await t.allFiles()
  const bodies = [...all].filter(([path]) => path.includes('/index.')).map(([, body]) => body)
  for (const [path, body] of all)
    if (bodies.some(index => index.includes(path.split('/').at(-1) ?? ''))) bodies.push(body)
  const isNamed = (path: string) =>
    path.includes('/index.') || bodies.some(body => body.includes(path.split('/').at(-1) ?? ''))
  // Rendering all anew also puts the indexes of the other school, where nothing was ever published.
  return new Map([...all].filter(([path]) => isNamed(path) && !path.includes(ecole)))
}

describe('rendering', () => {
  it('ends in the files of one correct run, whatever the order, repeats, failures and environments', async ({
    signal,
  }) => {
    const faults = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 8 })
    const scenario = fc.record({
      // What is on the boards already, as what follows changes it or takes it away.
      earlier: fc.array(anAction, { maxLength: 3 }),
      actions: fc.array(anAction, { minLength: 1, maxLength: 6 }),
      before: faults,
      after: faults,
      order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      // Of nothing to more than a superseded file is kept.
      minutes: fc.infiniteStream(fc.constantFrom(0, 0, 1, 4, 11)),
    })
    await assertProperty(
      fc.asyncProperty(scenario, async ({ earlier, actions, before, after, order, minutes }) => {
        signal.throwIfAborted()
        const known: Published[] = []
        const pass = () => t.pass(minutes.next().value ?? 0)
        for (const action of earlier) await act(action, known)
        await t.deliverToTheEnd()
        for (const action of actions) {
          await act(action, known)
          await pass()
        }
        plan = { before: new Set(before), after: new Set(after) }
        calls = 0
        const ordered = (records: DynamoDBRecord[]) =>
          records
            .map(record => [order.next().value, record] as const)
            .sort(([a], [b]) => a - b)
            .map(([, record]) => record)
        const pending: DynamoDBRecord[] = []
        for (let hop = 0; hop < 3; hop++) {
          const records = await t.stream.fresh()
          pending.push(...records)
          await inTwoEnvironments(ordered(pending))
          await pass()
        }
        plan = noFault
        // What the stream retries, in its order.
        expect((await t.stream.deliver(pending)).batchItemFailures).toEqual([])
        await t.deliverToTheEnd()

        expect(wrong).toEqual([])
        for (const id of audiences) {
          const listed = await accepted(t.ask('list', undefined, { params: { audience: id } }))
          const role = id === audiences[2] ? 'pupils' : 'guardians'
          const board = await t.boardOf(college, role, id)
          expect(board?.rows.map(row => row.id) ?? []).toEqual(listed.body.items.map((item: { id: string }) => item.id))
        }
        const all = [...(await t.allFiles()).values()].join('\n')
        for (const { marker, withdrawn } of known) if (withdrawn) expect(all).not.toContain(marker)

        const rendered = await current()
        await t.pass(minutesUntilDeleted)
        // Neither the boards that are named now nor their texts are deleted, and all that were named before are.
        expect([...(await current())]).toEqual([...rendered])
        const left = [...(await t.allFiles()).keys()].filter(path => named.has(path) && !rendered.has(path))
        expect(left).toEqual([])

        await t.files.remove([...(await t.allFiles()).keys()])
        await orderRebuild(t.platform.table, t.clock.now)
        await t.deliverToTheEnd()
        const anew = await current()
        expect([...anew]).toEqual([...rendered])
        expect(indexRoles.every(role => [...anew.keys()].some(path => path.endsWith(role)))).toBe(true)

        // The next run begins with nothing of this one's on the boards.
        for (const { id, withdrawn } of known)
          if (!withdrawn) await accepted(t.ask('withdraw', 'marc', { params: { news: id } }))
        await t.deliverToTheEnd()
        named.clear()
      }),
      { short: 6, long: 150 },
    )
  })
})
