import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { audience, college, ecole, groups } from '../../support/school.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

let territory: BoardsTerritory
beforeEach(async () => {
  territory = await openBoards()
})
afterEach(() => territory.close())

describe('orderRebuild()', () => {
  it('brings every file of a lost bucket back as it was', async () => {
    await territory.publish('marc', { body: 'Mot '.repeat(400) })
    await territory.publish('anne', { audiences: [audience('class', groups.sixA.id)] })
    await territory.publish('denise', { uai: ecole, audiences: [audience('guardians', ecole)] })
    await territory.deliverToTheEnd()
    const before = await territory.allFiles()
    await territory.files.remove([...before.keys()])
    await orderRebuild(territory.platform.table, territory.clock.now)
    await territory.deliverToTheEnd()
    const after = await territory.allFiles()
    // Files of earlier states do not come back.
    expect([...after.keys()].filter(path => !before.has(path))).toEqual([])
    for (const [path, body] of after) expect([path, body]).toEqual([path, before.get(path)])
    expect((await territory.boardOf(college, 'staff', audience('school', college)))?.rows).toHaveLength(1)
    expect((await territory.boardOf(ecole, 'guardians', audience('guardians', ecole)))?.rows).toHaveLength(1)
  })

  it('puts a school’s index once, after all its boards', async () => {
    await territory.publish('marc')
    await territory.publish('marc', { audiences: [audience('pupils', college), audience('teachers', college)] })
    await territory.deliverToTheEnd()
    const before = await territory.allFiles()
    await territory.files.remove([...before.keys()])
    territory.puts.length = 0
    await orderRebuild(territory.platform.table, territory.clock.now)
    await territory.deliverToTheEnd()
    const kinds = territory.puts
      .filter(path => !path.includes(ecole))
      .map(path => (path.includes(college) ? 'index' : 'board'))
    expect(kinds).toEqual(['board', 'board', 'board', 'index', 'index', 'index'])
  })
})
