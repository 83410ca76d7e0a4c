import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BoardFiles } from '../../../functions/platform/boards/files.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college } from '../../support/school.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

const school = audience('school', college)

/** What happens before the next file of a board is put. */
let meanwhile: (() => Promise<void>) | undefined
let ran = 0

const interrupted = (files: BoardFiles): BoardFiles => ({
  ...files,
  put: async (path, ...more) => {
    if (meanwhile && !path.includes('/index.')) {
      const other = meanwhile
      meanwhile = undefined
      await other()
      ran++
    }
    return files.put(path, ...more)
  },
})

let territory: BoardsTerritory
beforeEach(async () => {
  territory = await openBoards(interrupted)
  ran = 0
})
afterEach(() => territory.close())

describe('renderBoard()', () => {
  const titles = async () => (await territory.boardOf(college, 'staff', school))?.rows.map(row => row.title)
  const deliver = async () => {
    expect((await territory.stream.deliver(await territory.stream.fresh())).batchItemFailures).toEqual([])
  }

  it.each([
    ['the first', 0],
    ['a further', 1],
  ])('does not replace what another environment made current since it read %s state', async (_, before) => {
    if (before > 0) {
      await territory.publish('marc', { title: 'Avant' })
      await deliver()
    }
    await territory.publish('marc', { title: 'Un' })
    const records = await territory.stream.fresh()
    meanwhile = async () => {
      await territory.publish('marc', { title: 'Deux' })
      await deliver()
    }
    expect((await territory.stream.deliver(records)).batchItemFailures).toEqual([])
    expect(ran).toBe(1)
    expect((await titles())?.toSorted()).toEqual([...(before > 0 ? ['Avant'] : []), 'Deux', 'Un'])
  })

  it.each([
    ['beside others', ['Reste']],
    ['as the only one', []],
  ])('does not bring back what was withdrawn since it read the news, %s', async (_, others) => {
    for (const title of others) await territory.publish('marc', { title })
    await territory.deliverToTheEnd()
    const id = await territory.publish('marc', { title: 'Retiré' })
    const records = await territory.stream.fresh()
    meanwhile = async () => {
      await accepted(territory.ask('withdraw', 'marc', { params: { news: id } }))
      await territory.deliverToTheEnd()
    }
    expect((await territory.stream.deliver(records)).batchItemFailures).toEqual([])
    expect(ran).toBe(1)
    expect(await titles()).toEqual(others)
  })
})
