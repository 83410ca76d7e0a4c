import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { handInPatterns } from '../../../../functions/work/hand-ins/patterns.ts'
import {
  type Drawing,
  drawingLimits,
  drawingSide,
  type SentDrawing,
  type Stroke,
} from '../../../../shared/work/drawing.ts'
import type { Receipt } from '../../../../shared/work/hand-in.ts'
import { accepted } from '../../../support/accepted.ts'
import { assertProperty } from '../../../support/property.ts'
import { openOwnDocuments } from '../../documents/own-documents.ts'
import { type Class, openClass } from './class.ts'

let c: Class
let own: ReturnType<typeof openOwnDocuments>
beforeAll(async () => {
  c = await openClass()
  own = openOwnDocuments(c)
})
beforeEach(() => c.goTo(-600))
afterAll(() => c.close())

type Photo = { readonly piece: string; readonly version: string; readonly file: string }

/** Photos that somebody hands in for Lea, with a PDF and a text. */
const photographed = async (who = 'lea', count = 1) => {
  const piece = await c.assigned()
  const names = Array.from({ length: count }, (_, at) => `p${at}.jpg`)
  const files = await Promise.all(names.map(name => own.add(who, name, 'clean', 'image/jpeg')))
  const pdf = await own.add(who, 'fiche.pdf')
  const text = await own.add(who, 'notes.txt', 'clean', 'text/plain')
  const receipt: Receipt = await c.handIn(who, piece, { attachments: [...files, pdf, text] })
  const of = (file: string): Photo => ({ piece, version: receipt.id, file })
  return { piece, photos: files.map(of), pdf: of(pdf), text: of(text) }
}

const tick: Stroke = { ink: 'red', points: [100, 200, 300, 400] }
const remark = { x: 5000, y: 2500, text: 'Même dénominateur ?' }

const askDraw = ({ piece, version, file }: Photo, body: Partial<SentDrawing> = {}, who = 'anne') =>
  c.ask('draw', who, {
    params: { piece, pupil: c.idOf('lea'), version, file },
    body: { strokes: [tick], remarks: [], at: c.clock.now.toISOString(), ...body },
  })
const draw = (...given: Parameters<typeof askDraw>) => accepted(askDraw(...given))

/** How many drawings are stored of Lea's hand-in. */
const kept = async (piece: string): Promise<number> => {
  const { inked = [] } = (await c.stored(piece, 'lea')) ?? {}
  const found = await Promise.all(
    inked.map(drawing => c.items.get(handInPatterns.drawing, { piece, person: c.idOf('lea'), drawing })),
  )
  return found.filter(Boolean).length
}

describe('what is written on a photo', () => {
  it('is the teacher’s alone until it is given back, and then the pupil’s; a guardian reads the remarks', async () => {
    const { piece, photos } = await photographed()
    const [photo] = photos as [Photo]
    await draw(photo, { remarks: [remark] })
    const drawing = { version: photo.version, file: photo.file, strokes: [tick], remarks: [remark] }
    expect((await c.seenBy('anne', piece)).drawings).toMatchObject([drawing])
    for (const who of ['lea', 'sophie']) {
      const reply = await c.ask('handIn', who, { params: { piece, pupil: c.idOf('lea') } })
      expect(reply.raw, who).not.toMatch(/dénominateur|strokes/)
    }
    await c.giveBack(piece)
    expect((await c.seenBy('lea', piece)).returned?.drawings).toMatchObject([drawing])
    expect(await c.seenBy('lea', piece)).not.toHaveProperty('drawings')
    for (const who of ['sophie', 'karim'])
      expect((await c.seenBy(who, piece)).returned?.drawings, who).toMatchObject([{ ...drawing, strokes: [] }])
  })

  it('is shown to the guardian who handed the photo in, as to the pupil', async () => {
    const { piece, photos } = await photographed('sophie')
    await draw(photos[0] as Photo)
    await c.giveBack(piece)
    expect((await c.seenBy('sophie', piece)).returned?.drawings).toMatchObject([{ strokes: [tick] }])
    expect((await c.seenBy('karim', piece)).returned?.drawings).toMatchObject([{ strokes: [] }])
  })

  it('leaves the photo as it was handed in', async () => {
    const { piece, photos } = await photographed()
    const before = (await c.seenBy('anne', piece)).versions[0]?.files?.map(({ sha256, scan }) => [sha256, scan])
    await draw(photos[0] as Photo)
    await c.giveBack(piece)
    expect((await c.seenBy('lea', piece)).versions[0]?.files?.map(({ sha256, scan }) => [sha256, scan])).toEqual(before)
  })

  it('stands as it was drawn last on each photo, whatever order the requests come in', async ({ signal }) => {
    const one = fc.record({ minute: fc.nat(200), photo: fc.nat(1), again: fc.boolean() })
    await assertProperty(
      fc.asyncProperty(
        fc.uniqueArray(one, { minLength: 1, maxLength: 6, selector: ({ minute }) => minute }),
        async drawn => {
          signal.throwIfAborted()
          c.goTo(-300)
          const { piece, photos } = await photographed('lea', 2)
          c.goTo(0)
          for (const { minute, photo, again } of drawn)
            for (let sent = 0; sent < (again ? 2 : 1); sent++)
              await draw(photos[photo] as Photo, {
                remarks: [{ ...remark, text: String(minute) }],
                at: c.at(minute - 250),
              })
          const { drawings = [] } = await c.seenBy('anne', piece)
          for (const [at, { file }] of photos.entries()) {
            const last = Math.max(...drawn.flatMap(({ minute, photo }) => (photo === at ? minute : [])))
            const stands = drawings.find((of: Drawing) => of.file === file)?.remarks[0]?.text
            expect(stands).toBe(last >= 0 ? String(last) : undefined)
          }
          expect(await kept(piece)).toBe(drawings.length)
        },
      ),
      { short: 5, long: 60 },
    )
  })

  it('is kept of each photo, where several are drawn on at one moment', async () => {
    const { piece, photos } = await photographed('lea', 3)
    const sent = await Promise.all(photos.map(photo => askDraw(photo)))
    for (const [at, reply] of sent.entries()) if (reply.status === 503) await draw(photos[at] as Photo)
    expect((await c.seenBy('anne', piece)).drawings).toHaveLength(3)
    expect(await c.collected(piece)).toMatchObject({ drawings: 3 })
  })

  it('is answered as it stands, where what came first was drawn later', async () => {
    const { photos } = await photographed()
    const [photo] = photos as [Photo]
    await draw(photo, { remarks: [remark], at: c.at(-610) })
    const { body } = await draw(photo, { at: c.at(-620) })
    expect(body).toMatchObject({ at: c.at(-610), stands: { strokes: [tick], remarks: [remark] } })
  })

  it('is gone once it is emptied, and what was given back stays until something else is', async () => {
    const { piece, photos } = await photographed()
    const [photo] = photos as [Photo]
    await draw(photo, { remarks: [remark] })
    await c.giveBack(piece)
    c.goTo(-590)
    await draw(photo, { strokes: [] })
    expect(await c.seenBy('anne', piece)).not.toHaveProperty('drawings')
    expect((await c.seenBy('lea', piece)).returned?.drawings).toMatchObject([{ remarks: [remark] }])
    await c.handIn('lea', piece)
    await c.giveBack(piece)
    expect((await c.seenBy('lea', piece)).returned).not.toHaveProperty('drawings')
    c.goTo(-580)
    await draw(photo)
    expect(await kept(piece)).toBe(1)
  })

  it('holds giving back, where it changed since it was seen', async () => {
    const { piece, photos } = await photographed()
    const { current } = await c.collected(piece)
    await draw(photos[0] as Photo)
    const items = [{ pupil: c.idOf('lea'), version: current?.id }]
    const { body } = await accepted(c.ask('giveBack', 'anne', { params: { piece }, body: { items } }))
    expect(body).toEqual({ returned: [] })
    expect(await c.giveBack(piece)).toEqual([c.idOf('lea')])
  })

  it('is of one page of a PDF: each has its own, and no page is none of it', async () => {
    const { piece, photos, pdf } = await photographed()
    const [photo] = photos as [Photo]
    await draw(photo)
    await draw(pdf, { page: 1, remarks: [remark] })
    await draw(pdf, { page: 3 })
    await draw(pdf, { page: 1, strokes: [tick, tick] })
    const pages = async () =>
      (await c.seenBy('anne', piece)).drawings?.map(({ file, page, strokes }) => [file, page, strokes.length])
    expect(await pages()).toEqual([
      [photo.file, undefined, 1],
      [pdf.file, 3, 1],
      [pdf.file, 1, 2],
    ])
    await draw(pdf, { page: 3, strokes: [] })
    expect(await pages()).toHaveLength(2)
    expect(await kept(piece)).toBe(2)
    await c.giveBack(piece)
    expect((await c.seenBy('lea', piece)).returned?.drawings).toMatchObject([{}, { file: pdf.file, page: 1 }])
    for (const [on, page] of [
      [pdf, undefined],
      [photo, 1],
      [pdf, 0],
      [pdf, drawingLimits.page + 1],
    ] as const) {
      const { status, body } = await askDraw(on, page === undefined ? {} : { page })
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'body.page'])
    }
  })

  it('is on so many pages of a hand-in, and one that is emptied makes room', async () => {
    const { piece, pdf } = await photographed()
    for (let page = 1; page <= drawingLimits.drawn; page++) await draw(pdf, { page })
    const page = drawingLimits.drawn + 1
    const refused = await askDraw(pdf, { page })
    expect([refused.status, refused.body.type]).toEqual([409, '/api/problems/too-much-drawn'])
    await draw(pdf, { page: 1, strokes: [tick, tick] })
    await draw(pdf, { page: 2, strokes: [] })
    await draw(pdf, { page })
    expect((await c.seenBy('anne', piece)).drawings).toHaveLength(drawingLimits.drawn)
  })

  it('is of photos and PDFs of the pupil’s versions: no other file, no other version', async () => {
    const { photos, text } = await photographed()
    const [photo] = photos as [Photo]
    const other = await photographed()
    for (const wrong of [text, { ...photo, version: c.newVersion() }, { ...photo, piece: other.piece }])
      expect((await askDraw(wrong)).status).toBe(404)
    for (const who of ['lea', 'sophie']) expect((await askDraw(photo, {}, who)).status, who).toBe(403)
  })

  it('has bounds, of which the greatest fits in a request', async () => {
    const { piece, photos } = await photographed()
    const [photo] = photos as [Photo]
    const { points, strokePoints, strokes } = drawingLimits
    const line = (length: number): Stroke => ({
      ink: 'green',
      points: Array.from({ length: 2 * length }, () => drawingSide),
    })
    const full = Array.from({ length: points / strokePoints }, () => line(strokePoints))
    await draw(photo, { strokes: full })
    expect((await c.seenBy('anne', piece)).drawings?.[0]?.strokes).toHaveLength(full.length)
    const wrong: Stroke[][] = [
      [...full, line(1)],
      [line(strokePoints + 1)],
      Array.from({ length: strokes + 1 }, () => line(1)),
      [{ ink: 'red', points: [1, 2, 3] }],
      [{ ink: 'red', points: [drawingSide + 1, 0] }],
    ]
    for (const given of wrong) expect((await askDraw(photo, { strokes: given })).status).toBe(400)
  })
})
