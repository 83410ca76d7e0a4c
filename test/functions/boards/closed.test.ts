import { afterEach, beforeEach, expect, test } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { openItems } from '../../support/items.ts'
import { audience, college, groups } from '../../support/school.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

const closed = audience('class-guardians', groups.sixA.id)
const other = audience('class-guardians', groups.sixB.id)

let territory: BoardsTerritory
beforeEach(async () => {
  territory = await openBoards()
})
afterEach(() => territory.close())

const listed = async () => (await territory.indexOf(college, 'guardians'))?.audiences.map(({ id }) => id)
const filesOf = async (of: string) => [...(await territory.allFiles()).keys()].filter(path => path.includes(of))

test('closedSubscription() takes a closed audience out of the indexes, deletes its files, and brings it again', async () => {
  const items = openItems(territory.database)
  const id = await territory.publish('marc', { audiences: [closed, other], body: 'Mot '.repeat(400).trim() })
  await territory.deliverToTheEnd()
  expect(await listed()).toEqual([closed, other].sort())
  // The board, its text, and the empty board that was there before them.
  expect((await filesOf(closed)).length).toBe(3)

  const item = await items.get(directoryPatterns.audience, { audience: closed })
  await items.remove(directoryPatterns.audience, { audience: closed })
  await territory.deliverToTheEnd()
  expect(await listed()).toEqual([other])
  expect(await filesOf(closed)).toEqual([])
  expect((await filesOf(other)).length).toBe(3)

  await items.put(directoryPatterns.audience, { audience: closed }, item ?? {})
  await territory.deliverToTheEnd()
  expect(await listed()).toEqual([closed, other].sort())
  expect((await territory.boardOf(college, 'guardians', closed))?.rows).toMatchObject([{ id }])
})
