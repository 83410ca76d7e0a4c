import type { DynamoDBRecord } from 'aws-lambda'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { rolesIn } from '../../../functions/directory/audiences.ts'
import type { BoardFiles } from '../../../functions/platform/boards/files.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import type { AudienceKind } from '../../../shared/kernel/audience.ts'
import { BoardIndex, boardPath, indexRoleOf, indexRoles } from '../../../shared/kernel/board.ts'
import { newsBoard } from '../../../shared/news/board.ts'
import { type BoardPiece, workBoard } from '../../../shared/work/board.ts'
import { accepted } from '../../support/accepted.ts'
import { assertProperty } from '../../support/property.ts'
import { audience, college, ecole, groups } from '../../support/school.ts'
import { act, anAction, audiences, dayAway, longestWait, type Published } from './actions.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

/** Which calls of the bucket fail, by their number: before they do anything, or after. */
type Plan = { readonly before: ReadonlySet<number>; readonly after: ReadonlySet<number> }

const noFault: Plan = { before: new Set(), after: new Set() }
let plan = noFault
let calls = 0
/** What was wrong at the moment an index was put. */
const wrong: string[] = []

/** The files that a file names. */
const partsOf = (file: string, content: unknown): readonly string[] => {
  const textsOf = (pieces: readonly BoardPiece[]) => pieces.flatMap(one => one.file ?? [])
  if (file.startsWith('work-later.')) return textsOf(workBoard.parts.later.parse(content).pieces)
  if (file.startsWith('work.')) {
    const { pieces, later = [], further = [] } = workBoard.schema.parse(content)
    return [textsOf(pieces), later, further].flat()
  }
  if (!file.startsWith('news.')) return []
  const { rows, notices, moreNotices } = newsBoard.schema.parse(content)
  return [...rows, ...notices].flatMap(({ text }) => text ?? []).concat(moreNotices ?? [])
}

/** Notes boards and texts that an index names before they are there, and audiences that its role cannot hold. */
const checkIndex = async (files: BoardFiles, path: string, body: string) => {
  const role = path.split('/').at(-1)
  for (const { id, kind, boards } of BoardIndex.parse(JSON.parse(body)).audiences) {
    if (!rolesIn(kind as AudienceKind).some(one => indexRoleOf(one) === role))
      wrong.push(`${kind} is listed for ${role}`)
    const named = new Set(boards)
    for (const file of named) {
      const found = await files.get(boardPath(id, file))
      if (!found) wrong.push(`${file} is named and not there`)
      else for (const part of partsOf(file, JSON.parse(found.body))) named.add(part)
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
    ...files,
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

/** The notebooks of 6e A, by who reads them. */
const notebooks = [
  ['pupils', 'class'],
  ['guardians', 'class-guardians'],
] as const

/** The day of a piece of the notebook of 6e A, as the API gives it to pupils. */
const dayOf = async (piece: string): Promise<string> => {
  const params = { audience: audience('class', groups.sixA.id) }
  const { items } = (await accepted(t.askWork('list', undefined, { params }))).body
  const found = (items as { id: string; day: string }[]).find(({ id }) => id === piece)
  if (!found) throw new Error(`the notebook does not tell of ${piece}`)
  return found.day
}

/** Paths in the bucket that neither are current nor will be deleted by the clock, by the states of the boards. */
const orphans = async (): Promise<string[]> => {
  const states = await t.platform.table.all(platformPatterns.boards, { uai: college }, { consistent: true })
  const known = states.flatMap(({ audience: of, file, parts, retired, putting = [] }) =>
    [file, ...Object.values(parts), ...[...retired, ...putting].map(one => one.file)].map(name => boardPath(of, name)),
  )
  return [...(await t.allFiles()).keys()].filter(path => !path.includes('/index.') && !known.includes(path))
}

/** The markers of what is scheduled that stand somewhere in the bucket before their time. */
const early = async (known: readonly Published[]): Promise<string[]> => {
  const all = [...(await t.allFiles()).values()].join('\n')
  const now = t.clock.now.toISOString()
  return known.flatMap(({ marker, publishAt = now }) => (publishAt > now && all.includes(marker) ? [marker] : []))
}

/** Looks at the bucket while its faults are off. */
const withoutFaults = async <Value>(look: () => Promise<Value>): Promise<Value> => {
  const during = plan
  plan = noFault
  const before = calls
  const value = await look()
  plan = during
  calls = before
  return value
}

/** Delivers a batch as two environments at once would while the clock runs, whatever fails. */
const inTwoEnvironments = (records: readonly DynamoDBRecord[]) =>
  Promise.all([t.stream.deliver(records), t.stream.deliver([...records].reverse()), t.runClock()])

/** As long as the clock looks back for what failed, and superseded files are kept. */
const minutesUntilDeleted = 15

/** The indexes, and all files that they name, and what these name, by path. */
const current = async (): Promise<Map<string, string>> => {
  const all = await t.allFiles()
  const found = new Set([...all.keys()].filter(path => path.includes('/index.')))
  // A set is gone through to its end, with what is added meanwhile.
  for (const path of found) {
    const body = all.get(path) ?? ''
    for (const other of all.keys()) if (body.includes(other.split('/').at(-1) ?? '')) found.add(other)
  }
  // Rendering all anew also puts the indexes of the other school, where nothing was ever published.
  return new Map([...all].filter(([path]) => found.has(path) && !path.includes(ecole)))
}

const faults = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 8 })
const aScenario = fc.record({
  // What is on the boards already, as what follows changes it or takes it away.
  earlier: fc.array(anAction, { maxLength: 3 }),
  actions: fc.array(anAction, { minLength: 1, maxLength: 6 }),
  before: faults,
  after: faults,
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  // Of nothing to more than a superseded file is kept.
  minutes: fc.infiniteStream(fc.constantFrom(0, 0, 1, 4, 11)),
})
type Scenario = typeof aScenario extends fc.Arbitrary<infer Value> ? Value : never

/** The next morning, where a run could last until midnight: what is rendered anew after it shows other days. */
const toMorning = async (): Promise<void> => {
  if (t.clock.now.getUTCHours() < 18) return
  t.clock.now = new Date(`${dayAway(t, 1)}T07:00:00.000Z`)
  await t.runClock()
}

/** Takes everything back, so that nothing of a run, or of one that failed, is on the boards of the next one. */
const takeBack = async (known: readonly Published[]): Promise<void> => {
  plan = noFault
  wrong.length = 0
  await t.deliverToTheEnd()
  for (const { of, id, withdrawn } of known) {
    if (withdrawn) continue
    if (of === 'news') await accepted(t.ask('withdraw', 'marc', { params: { news: id } }))
    else await accepted(t.askWork('remove', 'anne', { params: { piece: id } }))
  }
  await t.deliverToTheEnd()
}

/** Goes through a scenario. `known`: what it has published, which grows as it does. */
const check = async ({ earlier, actions, before, after, order, minutes }: Scenario, known: Published[]) => {
  const pass = () => t.pass(minutes.next().value ?? 0)
  for (const action of earlier) await act(t, action, known)
  await t.deliverToTheEnd()
  for (const action of actions) {
    await act(t, action, known)
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
    // Whatever ended in between: each file is current, or the clock knows it.
    expect(await withoutFaults(orphans)).toEqual([])
    expect(await withoutFaults(() => early(known))).toEqual([])
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
  for (const [role, kind] of notebooks) {
    const params = { audience: audience(kind, groups.sixA.id) }
    const { items } = (await accepted(t.askWork('list', undefined, { params }))).body
    const { pieces = [], later } = (await t.workBoardOf(college, role, params.audience)) ?? {}
    const file = later === undefined ? undefined : await t.json(boardPath(params.audience, later))
    const beyond = file === undefined ? [] : workBoard.parts.later.parse(file).pieces
    const shown = [...beyond, ...pieces].map(({ id }) => id)
    const from = dayAway(t, -workBoard.holds.daysBack)
    expect(shown).toEqual(items.flatMap(({ id, day }: { id: string; day: string }) => (day >= from ? [id] : [])))
  }
  const all = [...(await t.allFiles()).values()].join('\n')
  for (const { marker, withdrawn } of known) if (withdrawn) expect(all).not.toContain(marker)

  expect(await early(known)).toEqual([])
  if (known.some(({ publishAt }) => publishAt !== undefined)) {
    await t.pass(longestWait + 1)
    await t.deliverToTheEnd()
  }
  const published = [...(await t.allFiles()).values()].join('\n')
  const from = dayAway(t, -workBoard.holds.daysBack)
  for (const { of, id, marker, publishAt, withdrawn } of known) {
    if (publishAt === undefined || withdrawn) continue
    // A notebook's earlier days come from the API alone.
    if (of === 'news' || (await dayOf(id)) >= from) expect(published).toContain(marker)
  }

  const rendered = await current()
  await t.pass(minutesUntilDeleted)
  // Neither the boards that are named now nor their texts are deleted, and all other files are.
  expect([...(await current())]).toEqual([...rendered])
  const left = [...(await t.allFiles()).keys()].filter(path => !rendered.has(path) && !path.includes(ecole))
  expect(left).toEqual([])

  await t.files.remove([...(await t.allFiles()).keys()])
  await orderRebuild(t.platform.table, t.clock.now)
  await t.deliverToTheEnd()
  const anew = await current()
  expect([...anew]).toEqual([...rendered])
  expect(indexRoles.every(role => [...anew.keys()].some(path => path.endsWith(role)))).toBe(true)
}

describe('rendering', () => {
  it('ends in the files of one correct run, whatever the order, repeats, failures and environments', async ({
    signal,
  }) => {
    await assertProperty(
      fc.asyncProperty(aScenario, async scenario => {
        signal.throwIfAborted()
        await toMorning()
        const known: Published[] = []
        try {
          await check(scenario, known)
        } finally {
          await takeBack(known)
        }
      }),
      { short: 6, long: 150 },
    )
  })
})
