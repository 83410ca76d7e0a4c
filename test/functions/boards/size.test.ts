import { brotliCompressSync, constants } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { boardPath } from '../../../shared/kernel/board.ts'
import { newsBoard } from '../../../shared/news/board.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college } from '../../support/school.ts'
import { draftOf } from '../news/territory.ts'
import { type BoardsTerritory, openBoards } from './fixture.ts'

const school = audience('school', college)

let territory: BoardsTerritory
beforeEach(async () => {
  territory = await openBoards()
})
afterEach(() => territory.close())

/** A text of words that hardly repeat, so that it is compressed no better than what people write. */
const textOf = (length: number, seed: number): string => {
  let state = seed + 1
  let text = ''
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    text += `${state.toString(36)} `
  }
  return text.slice(0, length).trim()
}

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

it('holds no more bytes than it declares, however long the texts; the API and a second file hold the rest', async () => {
  const published = []
  const notices = []
  for (let count = 0; count < 36; count++) {
    territory.clock.now = new Date(territory.clock.now.getTime() + 60_000)
    const notice = count < 12 ? 'guardian' : 'none'
    const draft = draftOf({ title: textOf(120, count), body: textOf(590, 100 + count), notice })
    const { id } = (await accepted(territory.ask('publish', 'marc', { body: draft }))).body
    published.unshift(id)
    if (notice === 'guardian') notices.push(id)
  }
  await territory.deliverToTheEnd()
  const board = await territory.boardOf(college, 'guardians', school)
  if (!board) throw new Error('there is no board')
  const body = JSON.stringify(board)
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(newsBoard.holds.bytes + 200)
  // Letters at random are the worst there is: sentences are compressed to some 8 KB (docs/decisions/0025).
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  expect(brotliCompressSync(body, { params }).length).toBeLessThanOrEqual(16_000)

  expect(board.rows.length).toBeLessThan(newsBoard.holds.rows)
  const listed = ids(board.rows)
  for (let cursor = board.next; cursor !== undefined; ) {
    const options = { params: { audience: school }, query: { cursor } }
    const { items, next } = (await accepted(territory.ask('list', undefined, options))).body
    listed.push(...ids(items))
    cursor = next
  }
  expect(listed).toEqual(published)

  const more = (await territory.json(boardPath(school, board.moreNotices ?? ''))) as { notices: { id: string }[] }
  expect(more.notices.length).toBeGreaterThan(0)
  const shown = [...ids(board.rows), ...ids(board.notices), ...ids(more.notices)]
  expect(shown).toEqual(expect.arrayContaining(notices))
  expect(new Set(shown).size).toBe(shown.length)
})
