import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { timeId } from '../../../../shared/kernel/ids.ts'
import { handInLimits } from '../../../../shared/work/hand-in.ts'
import { accepted } from '../../../support/accepted.ts'
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

const sha256 = (name: string) => createHash('sha256').update(name).digest('hex')
/** Asks to hand in files without a text. */
const askFiles = (who: string, piece: string, attachments: readonly string[], version = c.newVersion()) =>
  c.askHandIn(who, piece, { text: undefined, attachments: [...attachments] }, version)
const handInFiles = async (...given: Parameters<typeof askFiles>) => (await accepted(askFiles(...given))).body
const photos = (who: string, ...names: readonly string[]) => Promise.all(names.map(name => own.add(who, name)))
/** The files that somebody reads of Lea's hand-in, version by version. */
const filesFor = async (who: string, piece: string) =>
  (await c.seenBy(who, piece)).versions.map(({ files = [] }) => files)

describe('files of a hand-in', () => {
  it('are on its receipt with their names, sizes and SHA-256, and the same for the teacher', async () => {
    const piece = await c.assigned()
    const ids = await photos('lea', 'p1.jpg', 'p2.jpg', 'p3.jpg')
    const files = ids.map((file, at) => {
      const name = `p${at + 1}.jpg`
      return { file, name, length: 9, type: 'application/pdf', sha256: sha256(name) }
    })
    expect(await handInFiles('lea', piece, ids)).toMatchObject({ fileCount: 3, files, at: c.at(-600), size: 0 })
    const [version] = (await c.seenBy('anne', piece)).versions
    expect(version).toMatchObject({ text: '', files: files.map(one => ({ ...one, scan: 'clean' })) })
    expect(await c.collected(piece)).toMatchObject({ current: { fileCount: 3 } })
  })

  it('are read by the pupil and the teacher at addresses of their own, which end', async () => {
    const piece = await c.assigned()
    await handInFiles('lea', piece, await photos('lea', 'p.jpg'))
    const linkFor = async (who: string) => (await filesFor(who, piece))[0]?.[0]?.link ?? ''
    const [lea, anne] = [await linkFor('lea'), await linkFor('anne')]
    for (const link of [lea, anne]) expect(link).toMatch(/^\/media\/own\/\w+\//)
    expect(lea).not.toBe(anne)
    c.goTo(-580)
    expect(await linkFor('anne')).not.toBe(anne)
  })

  it('of a guardian are read by them, the pupil and the teacher; those of the pupil by no guardian', async () => {
    const piece = await c.assigned()
    const [photo = ''] = await photos('sophie', 'de-sophie.jpg')
    await handInFiles('sophie', piece, [photo])
    const [mine = ''] = await photos('lea', 'de-lea.jpg')
    await handInFiles('lea', piece, [mine])
    for (const who of ['lea', 'anne'])
      expect(
        (await filesFor(who, piece))
          .flat()
          .map(({ file }) => file)
          .sort(),
        who,
      ).toEqual([photo, mine].sort())
    expect((await filesFor('sophie', piece)).flat()).toMatchObject([{ name: 'de-sophie.jpg' }])
    const other = await c.ask('handIn', 'karim', { params: { piece, pupil: c.idOf('lea') } })
    expect(other.raw).not.toMatch(/de-(sophie|lea)\.jpg|media/)
  })

  it('hang on each version that has them, also where their author has removed the documents since', async () => {
    const piece = await c.assigned()
    const [kept = '', other = ''] = await photos('lea', 'a.jpg', 'b.jpg')
    const first = c.newVersion()
    const receipt = await handInFiles('lea', piece, [kept, other], first)
    await own.trash('lea', kept)
    c.goTo(-590)
    await handInFiles('lea', piece, [kept])
    expect(await own.placesOf(kept)).toEqual([3, 3])
    expect(await own.placesOf(other)).toEqual([2, 2])
    expect((await filesFor('anne', piece)).map(files => files.map(({ name }) => name))).toEqual([
      ['a.jpg'],
      ['a.jpg', 'b.jpg'],
    ])
    // Sent again by a device that had no answer.
    expect(await handInFiles('lea', piece, [kept, other], first)).toEqual(receipt)
    expect(await own.placesOf(kept)).toEqual([3, 3])
  })

  it('are kept once, of a version that two requests send at one moment', async () => {
    const piece = await c.assigned()
    const [photo = ''] = await photos('lea', 'a.jpg')
    const version = c.newVersion()
    const sent = await Promise.all(Array.from({ length: 4 }, () => askFiles('lea', piece, [photo], version)))
    for (const reply of sent.filter(({ status }) => status === 503)) expect(reply.body.type).toMatch(/unavailable$/)
    await handInFiles('lea', piece, [photo], version)
    expect(await own.placesOf(photo)).toEqual([2, 2])
    expect(await c.collected(piece)).toMatchObject({ versions: 1 })
  })

  it('may be twenty, and no more; a hand-in has a text or a file', async () => {
    const piece = await c.assigned()
    const all = await photos('lea', ...Array.from({ length: handInLimits.files }, (_, at) => `page-${at}.jpg`))
    expect(await handInFiles('lea', piece, all)).toMatchObject({ fileCount: 20 })
    const [one = ''] = await photos('lea', 'de-trop.jpg')
    for (const files of [[...all, one], []]) expect((await askFiles('lea', piece, files)).status).toBe(400)
  })

  it('may be nobody else’s, infected, in the trash, or another person’s of the same hand-in; then nothing is kept', async () => {
    const piece = await c.assigned()
    const [toms = '', sophies = '', trashed = ''] = [
      ...(await photos('tom', 'de-tom.jpg')),
      ...(await photos('sophie', 'de-sophie.jpg')),
      ...(await photos('lea', 'vieux.jpg')),
    ]
    await handInFiles('sophie', piece, [sophies])
    await own.trash('lea', trashed)
    const infected = await own.add('lea', 'virus.jpg', 'infected')
    for (const wrong of [toms, sophies, trashed, infected, timeId(c.clock.now)]) {
      const { status, body } = await askFiles('lea', piece, [wrong])
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'body.attachments.0'])
    }
    expect(await c.collected(piece)).toMatchObject({ versions: 1 })
  })

  it('have no address until they were scanned, nor if they are infected, and their receipt stays', async () => {
    const piece = await c.assigned()
    const file = await own.add('lea', 'a.jpg', 'waiting')
    await handInFiles('lea', piece, [file])
    const seen = async () => (await filesFor('anne', piece))[0]?.[0]
    expect(await seen()).toMatchObject({ scan: 'waiting', sha256: sha256('a.jpg') })
    expect(await seen()).not.toHaveProperty('link')
    await own.change(file, { scan: 'clean', copy: 1 })
    expect((await seen())?.link).toContain(`/${file}.1-`)
    await own.change(file, { scan: 'infected' })
    expect(await seen()).toMatchObject({ scan: 'infected', sha256: sha256('a.jpg') })
    expect(await seen()).not.toHaveProperty('link')
  })

  it('stay with the hand-in where the assignment is taken back', async () => {
    const piece = await c.assigned()
    await handInFiles('lea', piece, await photos('lea', 'a.jpg'))
    await accepted(c.ask('remove', 'anne', { params: { piece } }))
    for (const who of ['lea', 'anne']) expect((await filesFor(who, piece))[0]?.[0]?.link, who).toBeDefined()
  })
})

describe('a file that no scanner can look into', () => {
  const ask = (who: string, piece: string, file: string) =>
    c.ask('unscannedFile', who, { params: { piece, pupil: c.idOf('lea'), file } })

  it('is handed in all the same, and is saved by the teacher and by whom it is of, past the edge', async () => {
    const piece = await c.assigned()
    const file = await own.add('sophie', 'archive.zip', 'unscannable')
    await handInFiles('sophie', piece, [file])
    expect((await filesFor('lea', piece))[0]?.[0]).toMatchObject({ scan: 'unscannable' })
    expect((await filesFor('anne', piece))[0]?.[0]).not.toHaveProperty('link')
    for (const who of ['anne', 'sophie']) expect((await accepted(ask(who, piece, file))).body.url, who).toContain(file)
    expect((await ask('lea', piece, file)).status).toBe(403)
    for (const who of ['karim', 'ines', 'paul']) expect((await ask(who, piece, file)).status, who).toBe(404)
    await c.whileChanged('sophie', { children: [] }, async () => {
      expect((await ask('sophie', piece, file)).status).toBe(404)
    })
  })

  it('of a return is saved by a guardian only after it was given back', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    const file = await own.add('anne', 'corrigé.zip', 'unscannable')
    await c.note(piece, { comment: 'Voir.', attachments: [file] })
    expect((await ask('karim', piece, file)).status).toBe(404)
    await accepted(ask('anne', piece, file))
    await c.giveBack(piece)
    await accepted(ask('karim', piece, file))
  })

  it('has no such address where it is clean or infected, or is of another hand-in', async () => {
    const [piece, other] = [await c.assigned(), await c.assigned()]
    const file = await own.add('lea', 'a.jpg')
    await handInFiles('lea', piece, [file])
    for (const scan of ['clean', 'waiting', 'infected'] as const) {
      await own.change(file, { scan })
      const { status, body } = await ask('anne', piece, file)
      expect([status, body.type]).toEqual([409, '/api/problems/file-not-served'])
    }
    expect((await ask('anne', other, file)).status).toBe(404)
  })
})

describe('files of a return', () => {
  const noteFiles = (piece: string, attachments: readonly string[] | undefined, comment = 'Voir le corrigé.') =>
    c.note(piece, { comment, ...(attachments && { attachments }) })

  it('are the teacher’s alone until they are given back, and then the pupil’s and all guardians’', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    const file = await own.add('anne', 'Corrigé.pdf')
    await noteFiles(piece, [file])
    expect((await c.seenBy('anne', piece)).note).toMatchObject({ files: [{ name: 'Corrigé.pdf' }] })
    for (const who of ['lea', 'sophie', 'karim']) {
      const reply = await c.ask('handIn', who, { params: { piece, pupil: c.idOf('lea') } })
      expect(reply.raw, who).not.toMatch(/Corrigé|media/)
    }
    await c.giveBack(piece)
    for (const who of ['lea', 'sophie', 'karim'])
      expect((await c.seenBy(who, piece)).returned?.files?.[0], who).toMatchObject({
        name: 'Corrigé.pdf',
        link: expect.stringMatching(/^\/media\/own\//),
      })
  })

  it('stay with a comment that names none, and what was given back stays until something else is', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    const [first = '', second = ''] = await photos('anne', 'Un.pdf', 'Deux.pdf')
    await noteFiles(piece, [first])
    await noteFiles(piece, undefined, 'Un seul point.')
    await c.giveBack(piece)
    expect((await c.seenBy('lea', piece)).returned).toMatchObject({
      comment: 'Un seul point.',
      files: [{ file: first }],
    })
    await noteFiles(piece, [second])
    expect((await c.seenBy('lea', piece)).returned?.files).toMatchObject([{ file: first }])
    expect([await own.placesOf(first), await own.placesOf(second)]).toEqual([
      [2, 2],
      [2, 2],
    ])
    c.goTo(-590)
    await c.handIn('lea', piece)
    await c.giveBack(piece)
    await noteFiles(piece, [second], 'Encore.')
    expect([await own.placesOf(first), await own.placesOf(second)]).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  it('hang once each, whatever notes come at one moment, and are those of the note that stands', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    const files = await photos('anne', 'Un.pdf', 'Deux.pdf', 'Trois.pdf')
    const send = (file: string, at: number) =>
      c.ask('note', 'anne', {
        params: { piece, pupil: c.idOf('lea') },
        body: { comment: file, attachments: [file], at: c.at(at - 700) },
      })
    await Promise.all(files.map((file, at) => send(file, at)))
    for (const [at, file] of files.entries()) await accepted(send(file, at))
    const { note } = await c.seenBy('anne', piece)
    expect(note).toMatchObject({ comment: files[2], files: [{ file: files[2] }] })
    expect(await Promise.all(files.map(own.placesOf))).toEqual([
      [1, 1],
      [1, 1],
      [2, 2],
    ])
  })

  it('are documents of the teacher’s own, and five at most', async () => {
    const piece = await c.assigned()
    const [leas = ''] = await photos('lea', 'a.jpg')
    const params = { piece, pupil: c.idOf('lea') }
    for (const attachments of [[leas], await photos('anne', '1', '2', '3', '4', '5', '6')]) {
      const body = { attachments, at: c.clock.now.toISOString() }
      expect((await c.ask('note', 'anne', { params, body })).status).toBe(400)
    }
  })
})
