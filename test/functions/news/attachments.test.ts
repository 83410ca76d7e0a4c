import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsRenderer } from '../../../functions/news/board.ts'
import type { BoardNews } from '../../../shared/news/board.ts'
import type { SentDraft } from '../../../shared/news/draft.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { openOwnDocuments } from '../documents/own-documents.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

const pupils = audience('class', groups.sixA.id)
const families = audience('class-guardians', groups.sixA.id)
const both = { audiences: [pupils, families] }

let t: Territory
let own: ReturnType<typeof openOwnDocuments>
beforeAll(async () => {
  t = await openTerritory()
  await t.runClock()
  own = openOwnDocuments(t)
})
afterAll(() => t.close())

type Seen = BoardNews['attachments']

/** What a reader of an audience sees of an item's files: on the board and as they open it. */
const seenBy = async (of: string, news: string): Promise<Seen> => {
  const request = { audience: of, part: async () => 'file' }
  const rendered = (await newsRenderer.render(t.platform as never, request as never)) as { rows: BoardNews[] }
  const { status, body } = await t.ask('read', undefined, { params: { audience: of, news } })
  const onBoard = rendered.rows.find(({ id }) => id === news)?.attachments
  if (status === 200) expect(body.attachments).toEqual(onBoard)
  return onBoard
}
const publish = async (attachments: string[], more: Partial<SentDraft> = {}): Promise<string> => {
  const { body } = await accepted(t.ask('publish', 'marc', { body: { ...draftOf(both), attachments, ...more } }))
  await t.stream.deliverToTheEnd()
  return body.id
}
const edit = async (news: string, version: number, more: object) => {
  const reply = await t.ask('edit', 'marc', { params: { news }, body: { ...draftOf(both), version, ...more } })
  await t.stream.deliverToTheEnd()
  return reply
}

describe('a file that hangs on a news item', () => {
  it('is seen by each audience under an address of its own, and hangs in one place for all', async () => {
    const file = await own.add('marc')
    const news = await publish([file])
    for (const one of [pupils, families]) {
      const [seen] = (await seenBy(one, news)) ?? []
      expect(seen).toMatchObject({ file, name: 'Fiche.pdf', length: 9, scan: 'clean' })
      expect(seen?.link).toContain(`/media/${one}/${file}-`)
      expect(seen).not.toHaveProperty('copy')
    }
    expect(await own.placesOf(file)).toEqual([2, 2])
    const { body } = await accepted(t.ask('edited', 'marc', { params: { news } }))
    expect(body.attachments[0].link).toMatch(/^\/media\/own\//)
  })

  it('may be nobody else’s, nor infected; then nothing is published', async () => {
    const foreign = await own.add('anne')
    const infected = await own.add('marc', 'Virus.pdf', 'infected')
    for (const wrong of [foreign, infected]) {
      const { status, body } = await t.ask('publish', 'marc', { body: { ...draftOf(both), attachments: [wrong] } })
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'body.attachments.0'])
    }
    expect(await own.placesOf(foreign)).toEqual([1, 1])
  })

  it('has no address until it was scanned, and then one, while the item stays the version it is', async () => {
    const file = await own.add('marc', 'Neuf.pdf', 'waiting')
    const news = await publish([file])
    expect((await seenBy(pupils, news))?.[0]?.link).toBeUndefined()
    await own.change(file, { scan: 'clean', copy: 1 })
    await own.tell(file, 'news', news)
    await t.stream.deliverToTheEnd()
    expect((await seenBy(pupils, news))?.[0]?.link).toContain(`/${file}.1-`)
    expect((await edit(news, 1, { title: 'Autre titre' })).status).toBe(200)
    expect(await seenBy(pupils, news)).toHaveLength(1)
  })

  it('goes with the edit that leaves it out, and is withdrawn from an audience that is addressed no more', async () => {
    const [kept, dropped] = [await own.add('marc', 'Reste.pdf'), await own.add('marc', 'Part.pdf')]
    const news = await publish([kept, dropped])
    expect((await edit(news, 1, { attachments: [kept] })).status).toBe(200)
    expect(await own.placesOf(dropped)).toEqual([1, 1])
    expect([await own.isWithdrawn(dropped), await own.isWithdrawn(kept)]).toEqual([true, false])
    expect((await seenBy(pupils, news))?.map(({ name }) => name)).toEqual(['Reste.pdf'])
    expect((await edit(news, 2, { audiences: [families] })).status).toBe(200)
    expect(await own.isWithdrawn(kept)).toBe(true)
    expect(await seenBy(families, news)).toHaveLength(1)
  })

  it('is withdrawn as the item is taken back, and as it ends', async () => {
    const taken = await own.add('marc', 'Repris.pdf')
    const news = await publish([taken])
    await accepted(t.ask('withdraw', 'marc', { params: { news } }))
    expect([await own.isWithdrawn(taken), await own.placesOf(taken)]).toEqual([true, [2, 2]])
    const ended = await own.add('marc', 'Fini.pdf')
    const until = new Date(t.clock.now.getTime() + 120_000).toISOString()
    await publish([ended], { until })
    expect(await own.isWithdrawn(ended)).toBe(false)
    await t.tick(until)
    expect(await own.isWithdrawn(ended)).toBe(true)
  })

  it('hangs nowhere after a publication was undone', async () => {
    const file = await own.add('marc', 'Jamais.pdf')
    const news = await publish([file], { held: true })
    expect(await own.placesOf(file)).toEqual([2, 2])
    await accepted(t.ask('undo', 'marc', { params: { news } }))
    expect(await own.placesOf(file)).toEqual([1, 1])
  })
})

describe('an edit of the files of a notice', () => {
  const asked = { notice: 'guardian' as const, audiences: [families] }
  const sign = (news: string, edition?: number) =>
    t.ask('sign', 'sophie', { params: { news }, body: edition === undefined ? {} : { edition } })
  const counted = async (news: string) => {
    await t.stream.deliverToTheEnd()
    const { edition, signed, version } = (await accepted(t.ask('edited', 'marc', { params: { news } }))).body
    return { edition, signed, version }
  }

  it('is another edition: nobody has signed it, and a page with the former file signs nothing', async () => {
    const [cheap, dear] = [await own.add('marc', 'Sortie 5 euros.pdf'), await own.add('marc', 'Sortie 480 euros.pdf')]
    const news = await publish([cheap], asked)
    await accepted(sign(news))
    expect(await counted(news)).toEqual({ edition: undefined, signed: 1, version: 1 })
    expect((await edit(news, 1, { ...asked, attachments: [dear] })).status).toBe(200)
    expect(await counted(news)).toEqual({ edition: 2, signed: 0, version: 2 })
    expect((await t.markOf('sophie', news))?.signedEdition).toBeUndefined()
    for (const edition of [undefined, 1]) {
      const { status, body } = await sign(news, edition)
      expect([status, body.type]).toEqual([409, '/api/problems/text-changed'])
    }
    const params = { news, edition: '1' }
    const { body } = await accepted(t.ask('formerText', 'sophie', { params }))
    expect(body).toMatchObject({ edition: 1, files: ['Sortie 5 euros.pdf'] })
    await accepted(sign(news, 2))
    expect(await counted(news)).toMatchObject({ edition: 2, signed: 1 })
  })

  it('counts for the first file and the last, not for their order, nor where they stay', async () => {
    const [one, other] = [await own.add('marc', 'Une.pdf'), await own.add('marc', 'Autre.pdf')]
    const news = await publish([], asked)
    const editionAfter = async (more: object) => {
      const { version } = await counted(news)
      expect((await edit(news, version, { ...asked, ...more })).status).toBe(200)
      return (await counted(news)).edition
    }
    expect(await editionAfter({ attachments: [one] })).toBe(2)
    expect(await editionAfter({ attachments: [one, other] })).toBe(3)
    expect(await editionAfter({ attachments: [other, one] })).toBe(3)
    expect(await editionAfter({ attachments: [other, one, other] })).toBe(3)
    expect(await editionAfter({})).toBe(3)
    expect(await editionAfter({ attachments: [] })).toBe(4)
  })

  it('is none while the notice is scheduled', async () => {
    const file = await own.add('marc', 'Plus tard.pdf')
    const later = { ...asked, publishAt: new Date(t.clock.now.getTime() + 86_400_000).toISOString() }
    const news = await publish([], later)
    expect((await edit(news, 1, { ...later, attachments: [file] })).status).toBe(200)
    expect((await counted(news)).edition).toBeUndefined()
  })
})
