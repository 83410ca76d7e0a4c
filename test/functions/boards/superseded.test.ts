import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { supersededDue } from '../../../functions/platform/boards/superseded.ts'
import { dueKey, dueShards } from '../../../functions/platform/due.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { boardCache, boardPath, indexCache, indexPath } from '../../../shared/kernel/board.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { audience, college } from '../../support/school.ts'
import { draftOf } from '../news/territory.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

const school = audience('school', college)
const args = { uai: college, audience: school, service: 'news' }

/** How often the bucket still refuses to delete. */
let refusals = 0
/** True while each invocation ends once it has put a file of a board. */
let isEnding = false
let territory: BoardsTerritory
beforeEach(async () => {
  refusals = 0
  isEnding = false
  territory = await openBoards(files => ({
    ...files,
    put: async (path, ...more) => {
      const done = await files.put(path, ...more)
      if (isEnding && /Secret|À ne plus lire/.test(more[0])) throw new Error('the invocation has ended')
      return done
    },
    remove: async paths => {
      if (paths.length > 0 && refusals-- > 0) throw new Error('the bucket did not answer')
      await files.remove(paths)
    },
  }))
})
afterEach(() => territory.close())

const publish = async (draft: Parameters<BoardsTerritory['publish']>[1] = {}) => {
  const id = await territory.publish('marc', draft)
  await territory.deliverToTheEnd()
  return id
}
const stateOf = async () => {
  const state = await territory.platform.table.get(platformPatterns.board, args, { consistent: true })
  if (!state) throw new Error('the school has no board')
  return state
}
const boardFiles = async () => [...(await territory.allFiles()).keys()].filter(path => !path.includes('/index.'))
/** All paths that the state of the board says are current. */
const currentFiles = async () => {
  const { file, parts } = await stateOf()
  return [file, ...Object.values(parts)].map(name => boardPath(school, name)).sort()
}
/** Due items of superseded files in the hour that begins now. */
const dueItems = async () => {
  const from = territory.clock.now.getTime()
  const minutes = Array.from({ length: 60 }, (_, at) => new Date(from + at * 60_000).toISOString().slice(0, 16))
  const partitions = minutes.flatMap(minute => dueShards.map(shard => ({ minute, shard })))
  const found = await Promise.all(
    partitions.map(one => territory.platform.table.all(platformPatterns.dueIn, one, { consistent: true })),
  )
  return found.flat().filter(({ kind }) => kind === 'boards')
}

describe('supersededDue()', () => {
  it('is 5 to 15 minutes later, at a whole minute, the same for all that is superseded within ten minutes', () => {
    const at = (ms: number) => supersededDue(college, new Date(Date.parse('2026-03-16T07:00:00.000Z') + ms)).at
    const instants = Array.from({ length: 600 }, (_, second) => {
      const due = at(second * 1000)
      const later = Date.parse(due) - Date.parse('2026-03-16T07:00:00.000Z') - second * 1000
      expect(later).toBeGreaterThanOrEqual(5 * 60_000)
      expect(later).toBeLessThan(15 * 60_000)
      expect(due).toMatch(/:00\.000Z$/)
      return due
    })
    expect(new Set(instants).size).toBe(2)
  })

  it('spreads schools over the minutes', () => {
    const now = new Date('2026-03-16T07:00:00.000Z')
    const minutes = Array.from({ length: 400 }, (_, of) => dueKey(supersededDue(`075${of}`, now)).minute)
    for (const count of Map.groupBy(minutes, minute => minute).values()) expect(count.length).toBeLessThan(80)
  })
})

describe('the clock', () => {
  it('deletes superseded boards and texts some minutes later, and no others', async () => {
    const first = await publish({ body: 'Mot '.repeat(400) })
    const before = await boardFiles()
    await publish()
    expect(await boardFiles()).toHaveLength(before.length + 1)
    await accepted(
      territory.ask('edit', 'marc', {
        params: { news: first },
        body: { ...draftOf({ body: 'Phrase '.repeat(400) }), version: 1 },
      }),
    )
    await territory.deliverToTheEnd()
    await territory.pass(4)
    expect(await boardFiles()).toHaveLength(before.length + 3)
    await territory.pass(11)
    expect(await boardFiles()).toEqual(await currentFiles())
    expect((await stateOf()).retired).toEqual([])
  })

  it('has one due item for all that a school publishes in a minute', async () => {
    for (const to of [school, audience('pupils', college), school, audience('teachers', college), school])
      await publish({ audiences: [to] })
    expect(await dueItems()).toHaveLength(1)
    await territory.pass(15)
    expect(await dueItems()).toEqual([])
  })

  it('deletes later what the bucket refused to delete', async () => {
    await publish()
    await publish()
    refusals = 12
    await territory.pass(30)
    expect(refusals).toBeLessThanOrEqual(0)
    expect(await boardFiles()).toEqual(await currentFiles())
  })

  it('deletes at last what was withdrawn, where the delivery could not', async () => {
    const id = await publish({ title: 'À ne plus lire' })
    await accepted(territory.ask('withdraw', 'marc', { params: { news: id } }))
    refusals = 1
    const records = await territory.stream.deliverAll()
    expect(records.length).toBeGreaterThan(0)
    expect((await territory.stream.deliver(await territory.stream.fresh())).batchItemFailures).not.toEqual([])
    await territory.pass(15)
    expect([...(await territory.allFiles()).values()].join()).not.toContain('À ne plus lire')
  })

  it('puts an index that still names a superseded board, before it deletes that', async () => {
    await publish()
    const path = indexPath(college, 'staff')
    const outdated = await territory.files.get(path)
    await publish()
    const current = await territory.files.get(path)
    // As if the delivery had failed after it wrote the board's state.
    await territory.files.put(path, outdated?.body ?? '', indexCache, current)
    await territory.pass(15)
    expect((await territory.files.get(path))?.body).toBe(current?.body)
    expect((await territory.boardOf(college, 'staff', school))?.rows).toHaveLength(2)
  })

  it('deletes what a state of the previous release holds without a due item, once something of the school is rendered', async () => {
    await publish()
    // The due item of what this publication superseded is done.
    await territory.pass(15)
    const at = territory.clock.now.toISOString()
    const file = 'news.1.ancienancien0'
    await territory.files.put(boardPath(school, file), '{}', boardCache, undefined)
    await openItems(territory.database).put(platformPatterns.board, args, {
      ...(await stateOf()),
      retired: [{ file, at }],
    })
    await territory.pass(20)
    expect(await boardFiles()).toContain(boardPath(school, file))
    await publish({ audiences: [audience('pupils', college)] })
    await publish({ audiences: [audience('pupils', college)] })
    await territory.pass(15)
    expect(await boardFiles()).not.toContain(boardPath(school, file))
  })
})

describe('a file that was put by an invocation which ended before its board was current', () => {
  const contents = async () => [...(await territory.allFiles()).values()].join()
  /** Publishes what an invocation puts and then ends; gives the news. */
  const abandon = async (isFirst: boolean) => {
    if (!isFirst) await publish()
    const id = await territory.publish('marc', { title: 'À ne plus lire', body: 'Secret '.repeat(200) })
    isEnding = true
    expect((await territory.stream.deliver(await territory.stream.fresh())).batchItemFailures).not.toEqual([])
    isEnding = false
    expect(await contents()).toMatch(/Secret|À ne plus lire/)
    return id
  }
  const cases = [
    ['the first of the board', true],
    ['of a further state', false],
  ] as const

  it.each(cases)('is deleted by the clock, though nothing renders the board again: %s', async (_, isFirst) => {
    await abandon(isFirst)
    await territory.pass(15)
    expect(await contents()).not.toMatch(/Secret|À ne plus lire/)
    expect(await boardFiles()).toEqual(await currentFiles())
  })

  it.each(cases)('is deleted at once when what it holds is withdrawn: %s', async (_, isFirst) => {
    const id = await abandon(isFirst)
    await accepted(territory.ask('withdraw', 'marc', { params: { news: id } }))
    await territory.deliverToTheEnd()
    expect(await contents()).not.toMatch(/Secret|À ne plus lire/)
  })

  it('becomes current, and is kept, where the stream delivers again', async () => {
    await publish()
    await territory.publish('marc', { title: 'À ne plus lire', body: 'Secret '.repeat(200) })
    const records = await territory.stream.fresh()
    isEnding = true
    expect((await territory.stream.deliver(records)).batchItemFailures).not.toEqual([])
    isEnding = false
    expect((await territory.stream.deliver(records)).batchItemFailures).toEqual([])
    await territory.pass(15)
    expect(await boardFiles()).toEqual(await currentFiles())
    expect((await territory.boardOf(college, 'staff', school))?.rows).toHaveLength(2)
  })
})

describe('a board whose content returns', () => {
  it('gets a name that is neither to be deleted nor was lately, and keeps it', async () => {
    await publish()
    const { file: first } = await stateOf()
    const withdrawn = await publish()
    await accepted(territory.ask('withdraw', 'marc', { params: { news: withdrawn } }))
    await territory.deliverToTheEnd()
    const { file: returned } = await stateOf()
    expect(returned).not.toBe(first)
    expect(await boardFiles()).toEqual(await currentFiles())
    await territory.pass(15)
    expect(await boardFiles()).toEqual(await currentFiles())
    // The first name could be given again now.
    await territory.pass(120)
    await orderRebuild(territory.platform.table, territory.clock.now)
    await territory.deliverToTheEnd()
    expect((await stateOf()).file).toBe(returned)
  })
})
