import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { workRenderer } from '../../../functions/work/board.ts'
import type { BoardPiece } from '../../../shared/work/board.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { openOwnDocuments } from '../documents/own-documents.ts'
import { type Class, openClass } from './hand-ins/class.ts'

const pupils = audience('class', groups.sixA.id)
const families = audience('class-guardians', groups.sixA.id)
/** Longer than what stands in a board. */
const long = 'a) 11/8 '.repeat(60).trim()

let c: Class
let own: ReturnType<typeof openOwnDocuments>
beforeAll(async () => {
  c = await openClass()
  own = openOwnDocuments(c)
})
beforeEach(() => c.goTo(-600))
afterAll(() => c.close())

const askGive = (piece: string, body: object, who = 'anne') =>
  c.ask('giveCorrection', who, { params: { piece }, body: { attachments: [], ...body } })
const give = async (...given: Parameters<typeof askGive>) => {
  const { body } = await accepted(askGive(...given))
  await c.stream.deliverAll()
  return body
}
const withdraw = async (piece: string) => {
  await accepted(c.ask('withdrawCorrection', 'anne', { params: { piece } }))
  await c.stream.deliverAll()
}

/** The correction as an audience reads it on its board; the file of a long text is its text. */
const onBoard = async (of: string, piece: string) => {
  const part = async (_: string, __: string, make: () => Promise<{ readonly text: string }>) => (await make()).text
  const board = await workRenderer.render(c.platform as never, { audience: of, part } as never)
  return (board as { pieces: BoardPiece[] }).pieces.find(({ id }) => id === piece)?.correction
}
const inList = async (of: string, piece: string) => {
  const { body } = await c.ask('list', undefined, { params: { audience: of } })
  return body.items.find(({ id }: BoardPiece) => id === piece)?.correction
}

describe('the correction for a class', () => {
  it('is read by pupils and guardians on the board, in the list and under each hand-in, once it is given', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    expect(await onBoard(pupils, piece)).toBeUndefined()
    const file = await own.add('anne', 'Corrigé.pdf')
    await give(piece, { text: 'a) 11/8', attachments: [file] })
    for (const audienceId of [pupils, families]) {
      const board = await onBoard(audienceId, piece)
      expect(board).toMatchObject({ text: 'a) 11/8', at: c.at(-600), attachments: [{ name: 'Corrigé.pdf' }] })
      expect(board?.attachments?.[0]?.link).toContain(`/media/${audienceId}/${file}-`)
      expect(await inList(audienceId, piece)).toEqual(board)
    }
    for (const who of ['lea', 'sophie', 'anne']) {
      const { correction } = await c.seenBy(who, piece)
      expect(correction, who).toMatchObject({ text: 'a) 11/8', attachments: [{ name: 'Corrigé.pdf' }] })
      expect(correction?.attachments?.[0]?.link, who).toMatch(/^\/media\/own\//)
    }
    const { body } = await accepted(c.ask('collected', 'anne', { params: { piece } }))
    expect(body.correction).toMatchObject({ text: 'a) 11/8' })
  })

  it('of a long text is in a file of the board, and whole in the list', async () => {
    const piece = await c.assigned()
    await give(piece, { text: long })
    expect(await onBoard(pupils, piece)).toEqual({ file: long, at: c.at(-600) })
    expect(await inList(pupils, piece)).toEqual({ text: long, at: c.at(-600) })
  })

  it('is changed, and stays where the piece is edited', async () => {
    const piece = await c.assigned()
    const [first, second] = [await own.add('anne', 'Un.pdf'), await own.add('anne', 'Deux.pdf')]
    await give(piece, { text: 'a) 12/8', attachments: [first] })
    c.goTo(-590)
    const { version } = await give(piece, { text: 'a) 11/8', attachments: [second] })
    expect([await own.placesOf(first), await own.placesOf(second)]).toEqual([
      [1, 1],
      [2, 2],
    ])
    const edit = { subject: 'Français', title: 'Récit', day: '2026-11-24', version, attachments: [second] }
    await accepted(c.ask('edit', 'anne', { params: { piece }, body: edit }))
    await c.stream.deliverAll()
    expect(await onBoard(pupils, piece)).toMatchObject({ text: 'a) 11/8', attachments: [{ file: second }] })
    // The file hangs on the piece once, however often it names it.
    expect(await own.placesOf(second)).toEqual([2, 2])
    await withdraw(piece)
    expect(await own.placesOf(second)).toEqual([2, 2])
  })

  it('is withdrawn with its files, once or twice', async () => {
    const piece = await c.assigned()
    const file = await own.add('anne')
    await give(piece, { attachments: [file] })
    await withdraw(piece)
    await withdraw(piece)
    expect(await onBoard(pupils, piece)).toBeUndefined()
    expect(await inList(pupils, piece)).toBeUndefined()
    expect(await own.placesOf(file)).toEqual([1, 1])
  })

  it('has an address for its files once they were scanned', async () => {
    const piece = await c.assigned()
    const file = await own.add('anne', 'Corrigé.pdf', 'waiting')
    await give(piece, { attachments: [file] })
    expect((await onBoard(pupils, piece))?.attachments?.[0]).toMatchObject({ scan: 'waiting' })
    await own.change(file, { scan: 'clean' })
    await own.tell(file, 'work', piece)
    await c.stream.deliverToTheEnd()
    expect((await onBoard(pupils, piece))?.attachments?.[0]).toMatchObject({
      scan: 'clean',
      link: expect.stringContaining(file),
    })
  })

  it('is of an assignment that the class sees, by its teacher, and has a text or a file', async () => {
    const piece = await c.assigned()
    expect((await askGive(piece, {})).status).toBe(400)
    for (const who of ['paul', 'lea'])
      expect((await askGive(piece, { text: 'a' }, who)).status, who).toBeGreaterThan(400)
    const task = await c.setOne('anne')
    expect((await askGive(task.id, { text: 'a' })).status).toBe(409)
    await accepted(c.ask('remove', 'anne', { params: { piece } }))
    expect((await askGive(piece, { text: 'a' })).status).toBe(409)
    await c.withoutGroups('anne', async () => {
      expect((await askGive(task.id, { text: 'a' })).status).toBe(422)
    })
  })
})
