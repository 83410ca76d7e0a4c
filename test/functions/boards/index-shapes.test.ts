import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { droppedIndexes } from '../../../functions/platform/boards/index-file.ts'
import { type BoardIndex, type IndexShapes, indexCache, indexPath } from '../../../shared/kernel/board.ts'
import { audience, college } from '../../support/school.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

/** A release that raised the index's shape twice: it still puts the second, and no longer the first. */
const shapes: IndexShapes = {
  current: 3,
  former: [
    {
      shape: 2,
      downgrade: ({ poll, ...index }: BoardIndex) => ({ ...index, every: poll }),
      upgrade: index => index,
    },
  ],
}

let territory: BoardsTerritory
beforeEach(async () => {
  territory = await openBoards(undefined, { shapes })
})
afterEach(() => territory.close())

const at = (shape: number) => territory.json(indexPath(college, 'guardians', shape))

describe('a release that raised the shape of indexes', () => {
  it('puts both shapes, so that a device that still runs the previous app goes on reading', async () => {
    await territory.publish('marc', { audiences: [audience('guardians', college)] })
    await territory.deliverToTheEnd()
    const { poll, ...index } = (await at(3)) as BoardIndex
    expect(index.audiences).toHaveLength(1)
    expect(await at(2)).toEqual({ ...index, every: poll })
  })

  it('deletes what the dropped shape left, when all boards are rendered anew', async () => {
    await territory.publish('marc')
    await territory.deliverToTheEnd()
    expect(droppedIndexes(college, shapes)).toContain(indexPath(college, 'guardians', 1))
    await territory.files.put(indexPath(college, 'guardians', 1), '{}', indexCache, undefined)
    await orderRebuild(territory.platform.table, territory.clock.now)
    await territory.deliverToTheEnd()
    expect(await at(1)).toBeUndefined()
    expect(await at(2)).toBeDefined()
    expect(await at(3)).toBeDefined()
  })
})
