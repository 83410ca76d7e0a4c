import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { boardPath } from '../../../shared/kernel/board.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf } from '../news/territory.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

const school = audience('school', college)
const guardiansOfA = audience('class-guardians', groups.sixA.id)

let territory: BoardsTerritory
beforeEach(async () => {
  territory = await openBoards()
})
afterEach(() => territory.close())

/** Publishes one after the other, a minute apart, and lets the stream do its part. */
const publish = async (draft: Parameters<typeof draftOf>[0] = {}, times = 1) => {
  let id = ''
  for (let count = 0; count < times; count++) {
    territory.clock.now = new Date(territory.clock.now.getTime() + 60_000)
    id = await territory.publish('marc', draft)
  }
  await territory.deliverToTheEnd()
  return id
}

describe('a board', () => {
  it('shows a publication to every role that its audience holds, with its text', async () => {
    const id = await publish()
    for (const role of ['pupils', 'guardians', 'staff'] as const) {
      const board = await territory.boardOf(college, role, school)
      expect(board?.rows).toMatchObject([{ id, opened: { body: 'Le collège est **fermé** à partir de lundi.' } }])
    }
  })

  it('is in the indexes of those roles only that its audience can hold', async () => {
    await publish({ audiences: [guardiansOfA] })
    const listed = async (role: 'pupils' | 'guardians' | 'staff') =>
      (await territory.indexOf(college, role))?.audiences.map(({ id }) => id)
    expect(await listed('guardians')).toEqual([guardiansOfA])
    expect(await listed('staff')).toEqual([guardiansOfA])
    expect(await listed('pupils')).toEqual([])
  })

  it('names a file for a text that is too long to stand in it', async () => {
    const body = 'Mot '.repeat(400).trim()
    await publish({ body })
    const [row] = (await territory.boardOf(college, 'staff', school))?.rows ?? []
    expect(row?.opened).toBeUndefined()
    expect(await territory.json(boardPath(school, row?.text ?? ''))).toMatchObject({
      body,
      audiences: [{ id: school }],
    })
  })

  it('keeps the name of a text when another news item is published', async () => {
    await publish({ body: 'Mot '.repeat(400) })
    const before = await territory.boardOf(college, 'staff', school)
    await publish()
    const after = await territory.boardOf(college, 'staff', school)
    expect(after?.rows[1]?.text).toBe(before?.rows[0]?.text)
    expect(after?.rows).toHaveLength(2)
  })

  it('has the newest 20 rows, and says where the older ones begin', async () => {
    await publish({}, 23)
    const board = await territory.boardOf(college, 'staff', school)
    expect(board?.rows).toHaveLength(20)
    const older = await accepted(
      territory.ask('list', undefined, { params: { audience: school }, query: { cursor: board?.next ?? '' } }),
    )
    expect(older.body.items).toHaveLength(3)
  })

  it('carries open notices that are older than its newest rows', async () => {
    const notice = await publish({ notice: 'guardian' })
    await publish({}, 21)
    const board = await territory.boardOf(college, 'guardians', school)
    expect(board?.rows.map(({ id }) => id)).not.toContain(notice)
    expect(board?.notices.map(({ id }) => id)).toEqual([notice])
  })

  it.each(['urgent', 'recalled', 'recalled to a class'])(
    'carries what is %s and older than its newest rows',
    async what => {
      const id = await publish({ urgent: what === 'urgent', audiences: [school, guardiansOfA] })
      await publish({ audiences: [school, guardiansOfA] }, 25)
      if (what !== 'urgent') {
        const group = what === 'recalled to a class' ? { group: groups.sixA.id } : {}
        await accepted(territory.ask('remind', 'marc', { params: { news: id }, body: { state: 'unseen', ...group } }))
        await territory.deliverToTheEnd()
      }
      const open = async (of: string) => {
        const board = await territory.boardOf(college, 'guardians', of)
        expect(board?.rows.map(row => row.id)).not.toContain(id)
        return board?.notices.map(row => row.id)
      }
      for (const audience of [school, guardiansOfA]) expect(await open(audience)).toEqual([id])
      // An edit keeps it there; of what is neither urgent nor recalled, and of what was taken back, there is nothing.
      const draft = draftOf({ audiences: [school, guardiansOfA], title: 'Autrement', urgent: false })
      await accepted(territory.ask('edit', 'marc', { params: { news: id }, body: { ...draft, version: 1 } }))
      await territory.deliverToTheEnd()
      for (const audience of [school, guardiansOfA]) expect(await open(audience)).toEqual(what === 'urgent' ? [] : [id])
      await accepted(territory.ask('withdraw', 'marc', { params: { news: id } }))
      await territory.deliverToTheEnd()
      for (const audience of [school, guardiansOfA]) expect(await open(audience)).toEqual([])
    },
  )

  it('puts open notices beyond 30 into a second file', async () => {
    await publish({ notice: 'guardian' }, 35)
    await publish({ pinned: true }, 20)
    const board = await territory.boardOf(college, 'guardians', school)
    expect(board?.notices).toHaveLength(30)
    expect(await territory.json(boardPath(school, board?.moreNotices ?? ''))).toMatchObject({
      notices: { length: 5 },
    })
  })

  it('is gone with its texts and its earlier states once something was taken back', async () => {
    const kept = await publish()
    const id = await publish({ title: 'À ne plus lire', body: 'Secret '.repeat(200) })
    await accepted(territory.ask('withdraw', 'marc', { params: { news: id } }))
    await territory.deliverToTheEnd()
    const contents = [...(await territory.allFiles())].filter(([, body]) => /À ne plus lire|Secret/.test(body))
    expect(contents).toEqual([])
    expect((await territory.boardOf(college, 'staff', school))?.rows.map(row => row.id)).toEqual([kept])
  })

  it('is empty, and stays named, once all was taken back', async () => {
    const id = await publish()
    await accepted(territory.ask('withdraw', 'marc', { params: { news: id } }))
    await territory.deliverToTheEnd()
    expect(await territory.boardOf(college, 'staff', school)).toEqual({ rows: [], notices: [] })
  })

  it('has another name in each audience, so that nobody sees that two got the same', async () => {
    await publish({ audiences: [audience('pupils', college), audience('teachers', college)] })
    const index = await territory.indexOf(college, 'staff')
    const pupils = await territory.indexOf(college, 'pupils')
    expect(pupils?.audiences[0]?.boards).toHaveLength(1)
    expect(index?.audiences[0]?.boards).not.toEqual(pupils?.audiences[0]?.boards)
  })

  it('is not put again when the same records are delivered again', async () => {
    await publish()
    const before = await territory.allFiles()
    await territory.publish('marc')
    const rows = await territory.stream.deliverAll()
    await territory.stream.deliver(rows)
    await territory.stream.deliver(rows)
    await territory.deliverToTheEnd()
    expect((await territory.allFiles()).size).toBe(before.size + 1)
  })
})

describe('the metric of renderings', () => {
  it('counts the invocations that render boards, and no others', async () => {
    const count = vi.spyOn(territory.platform.log, 'count')
    /** What is counted while the stream delivers what `work` writes, and nothing of what follows from that. */
    const counted = async (work: () => Promise<unknown>) => {
      count.mockClear()
      await work()
      return count.mock.calls.map(([metric]) => metric)
    }
    expect(await counted(() => territory.publish('marc'))).toEqual([])
    expect(await counted(territory.stream.deliverAll)).toEqual(['RenderingInvocations'])
    const [news = ''] = await territory.feedOf(school)
    await territory.see('sophie', news)
    expect(await counted(territory.deliverToTheEnd)).toEqual([])
  })
})
