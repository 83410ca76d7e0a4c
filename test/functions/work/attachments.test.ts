import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workRenderer } from '../../../functions/work/board.ts'
import { workPatterns } from '../../../functions/work/patterns.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import type { BoardPiece } from '../../../shared/work/board.ts'
import type { SentWork } from '../../../shared/work/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { audience, groups } from '../../support/school.ts'
import { openOwnDocuments } from '../documents/own-documents.ts'
import { exercises } from './examples.ts'
import { openTerritory, type Territory } from './territory.ts'

const pupils = audience('class', groups.sixA.id)
const families = audience('class-guardians', groups.sixA.id)
let t: Territory
let own: ReturnType<typeof openOwnDocuments>
beforeAll(async () => {
  t = await openTerritory()
  own = openOwnDocuments(t)
})
afterAll(() => t.close())

/** What a reader of an audience sees of a piece's files, on the board and in the list. */
const seenBy = async (of: string, piece: string) => {
  const rendered = (await workRenderer.render(
    t.platform as never,
    {
      audience: of,
      part: async () => 'file',
    } as never,
  )) as { pieces: BoardPiece[] }
  const { body } = await t.ask('list', undefined, { params: { audience: of } })
  const inList = (body.items as BoardPiece[]).find(({ id }) => id === piece)?.attachments
  const onBoard = rendered.pieces.find(({ id }) => id === piece)?.attachments
  expect(onBoard).toEqual(inList)
  return inList
}
const to = [{ group: groups.sixA.id, day: '2026-11-24' }]
const setWith = (attachments: string[], more: Partial<SentWork> = {}) => t.setOne('anne', { to, attachments, ...more })
const edit = (piece: string, version: number, more: object) => {
  const { subject, title, text } = exercises
  return t.ask('edit', 'anne', {
    params: { piece },
    body: { subject, title, text, day: '2026-11-24', version, ...more },
  })
}

describe('a file that hangs on a piece', () => {
  it('is seen by the class and by its guardians, each with the address of their audience', async () => {
    const file = await own.add('anne')
    const { id, attachments } = await setWith([file])
    expect(attachments).toEqual([{ file, name: 'Fiche.pdf', length: 9, type: 'application/pdf', scan: 'clean' }])
    for (const one of [pupils, families]) {
      const [seen] = (await seenBy(one, id)) ?? []
      expect(seen?.link).toContain(`/media/${one}/${file}-`)
      expect(Object.keys(seen ?? {}).sort()).toEqual(['file', 'length', 'link', 'name', 'scan', 'type'])
    }
    const { body } = await accepted(t.ask('piece', 'anne', { params: { piece: id } }))
    expect(body.attachments[0].link).toMatch(/^\/media\/own\//)
    expect(await own.placesOf(file)).toEqual([2, 2])
  })

  it('hangs in a place for each class, which end one by one; the file outlives its document', async () => {
    const file = await own.add('anne')
    const days = ['2026-11-24', '2026-11-25'].map(day => ({ group: groups.sixA.id, day }))
    const [first] = await t.set('anne', { to: days, attachments: [file] })
    expect(await own.placesOf(file)).toEqual([3, 3])
    await accepted(edit(first?.id ?? '', 1, { attachments: [] }))
    expect(await own.placesOf(file)).toEqual([2, 2])
    expect(await own.isWithdrawn(file)).toBe(true)
    await t.stream.deliverToTheEnd()
    expect(await seenBy(pupils, first?.id ?? '')).toBeUndefined()
  })

  it('may be nobody else’s, infected, in the trash, or a folder; then nothing is set', async () => {
    const marks = await own.add('paul')
    const infected = await own.add('anne', 'Virus.pdf', 'infected')
    const trashed = await own.add('anne', 'Vieux.pdf')
    await own.trash('anne', trashed)
    for (const wrong of [marks, infected, trashed, timeId(t.clock.now)]) {
      const { status, body } = await t.ask('set', 'anne', { body: { ...exercises, to, attachments: [wrong] } })
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'body.attachments.0'])
    }
    expect((await t.ask('set', 'anne', { body: { ...exercises, to, attachments: Array(6).fill(marks) } })).status).toBe(
      400,
    )
  })

  it('has no address until it was scanned, and gets one then, while the piece keeps its version', async () => {
    const file = await own.add('anne', 'Neuf.pdf', 'waiting')
    const { id } = await setWith([file])
    expect((await seenBy(pupils, id))?.[0]).toMatchObject({ scan: 'waiting' })
    expect((await seenBy(pupils, id))?.[0]?.link).toBeUndefined()
    // As the function of arrivals tells it.
    await own.change(file, { scan: 'clean' })
    await own.tell(file, 'work', id)
    await t.stream.deliverToTheEnd()
    expect((await seenBy(pupils, id))?.[0]?.link).toContain(file)
    expect((await t.pieceOf(id))?.version).toBe(1)
  })

  it('gets the scan’s result also where that came while it was being hung', async () => {
    const file = await own.add('anne', 'Course.pdf', 'waiting')
    await own.change(file, { scan: 'clean', copy: 2 })
    const { id } = await setWith([file])
    await t.stream.deliverToTheEnd()
    expect((await seenBy(pupils, id))?.[0]?.link).toContain(`/${file}.2-`)
  })

  it('stays with an edit of an app that knows no files, and with one that names it', async () => {
    const file = await own.add('anne')
    const other = await own.add('anne', 'Corrigé.pdf')
    const { id } = await setWith([file])
    expect((await accepted(edit(id, 1, { title: 'Autre titre' }))).body.attachments).toHaveLength(1)
    const { body } = await accepted(edit(id, 2, { attachments: [file, other] }))
    expect(body.attachments.map(({ name }: { name: string }) => name)).toEqual(['Fiche.pdf', 'Corrigé.pdf'])
    expect([await own.placesOf(file), await own.placesOf(other)]).toEqual([
      [2, 2],
      [2, 2],
    ])
    expect(await own.isWithdrawn(file)).toBe(false)
  })

  it('hangs on a copy of the piece though its document is gone, and on a copy of one’s own alone', async () => {
    const file = await own.add('anne')
    const { id: copiedFrom } = await setWith([file])
    await own.trash('anne', file)
    const copy = { ...exercises, to, attachments: [file] }
    expect((await t.ask('set', 'anne', { body: copy })).status).toBe(400)
    const { body } = await accepted(t.ask('set', 'anne', { body: { ...copy, copiedFrom } }))
    expect(body.items[0].attachments.map((one: { file: string }) => one.file)).toEqual([file])
    expect(await own.placesOf(file)).toEqual([3, 3])
    // A piece of a colleague's.
    const piece = await t.pieceOf(copiedFrom)
    if (!piece) throw new Error('the piece is not there')
    const items = openItems(t.database)
    await items.put(
      workPatterns.piece,
      { piece: copiedFrom },
      { ...piece, author: { id: t.idOf('marc'), name: 'Marc' } },
    )
    expect((await t.ask('set', 'anne', { body: { ...copy, copiedFrom } })).status).toBe(400)
  })

  it('is withdrawn with a piece that is taken back, and is there again with it', async () => {
    const file = await own.add('anne')
    const { id } = await setWith([file])
    await accepted(t.ask('remove', 'anne', { params: { piece: id } }))
    expect(await own.isWithdrawn(file)).toBe(true)
    await accepted(t.ask('restore', 'anne', { params: { piece: id } }))
    await t.stream.deliverToTheEnd()
    expect(await seenBy(pupils, id)).toHaveLength(1)
    expect(await own.placesOf(file)).toEqual([2, 2])
  })
})
