import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import type { NewsDraft } from '../../../shared/news/draft.ts'
import type { PublishedNews, Reader } from '../../../shared/news/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const families = audience('class-guardians', groups.sixA.id)
const zoo = { title: 'Zoo', body: 'Sortie au zoo, 5 €.', audiences: [families] }
const ski = { ...zoo, title: 'Ski', body: 'Séjour au ski, 480 €.' }

const publicationOf = async (news: string): Promise<PublishedNews> =>
  (await accepted(t.ask('edited', 'marc', { params: { news } }))).body

const edit = async (news: string, draft: Partial<NewsDraft>): Promise<void> => {
  t.clock.now = new Date(t.clock.now.getTime() + 60_000)
  const { version } = await publicationOf(news)
  await accepted(t.ask('edit', 'marc', { params: { news }, body: { ...draftOf(draft), version } }))
  await t.stream.deliverAll()
}

const counts = async (news: string) => {
  await t.stream.deliverToTheEnd()
  const { edition, seen, signed } = await publicationOf(news)
  const listed = (await accepted(t.ask('readers', 'marc', { params: { news }, query: { state: 'all' } }))).body.counts
  expect(listed).toMatchObject({ seen, signed })
  return { edition, seen, signed }
}

const readerOf = async (who: string, news: string, state = 'all'): Promise<Reader | undefined> => {
  const { items } = (await accepted(t.ask('readers', 'marc', { params: { news }, query: { state } }))).body
  return (items as Reader[]).find(({ id }) => id === t.idOf(who))
}

const sign = (who: string, news: string, body: { pupil?: string; edition?: number } = {}) =>
  t.ask('sign', who, { params: { news }, body })
const see = (who: string, news: string, edition: number) =>
  accepted(t.ask('seen', who, { body: { news: [news], editions: [edition] } }))

describe('a signature', () => {
  it('is refused for a text that is not the present one any more', async () => {
    const news = await t.publish('marc', { ...zoo, notice: 'guardian' })
    await edit(news, { ...ski, notice: 'guardian' })
    for (const body of [{}, { edition: 1 }, { edition: 3 }]) {
      const reply = await sign('sophie', news, body)
      expect([reply.status, reply.body.type]).toEqual([409, '/api/problems/text-changed'])
    }
    expect(await t.markOf('sophie', news)).toBeUndefined()
    await accepted(sign('sophie', news, { edition: 2 }))
    expect(await counts(news)).toEqual({ edition: 2, seen: 1, signed: 1 })
  })

  it.each(['guardian', 'pupil'] as const)('of a former text is asked for again: %s', async notice => {
    const news = await t.publish('marc', { ...zoo, notice })
    const pupil = notice === 'pupil' ? { pupil: t.idOf('lea') } : {}
    const first = t.clock.now.toISOString()
    await accepted(sign('sophie', news, pupil))
    expect(await counts(news)).toEqual({ seen: 1, signed: 1 })
    await edit(news, { ...ski, notice })
    expect(await counts(news)).toEqual({ edition: 2, seen: 0, signed: 0 })
    expect((await t.markOf('sophie', news))?.signedEdition).toBeUndefined()
    const signer = notice === 'pupil' ? 'lea' : 'sophie'
    expect(await readerOf(signer, news, 'unsigned')).toMatchObject({ formerSignedAt: first })
    expect((await readerOf(signer, news, 'unsigned'))?.signedAt).toBeUndefined()

    const again = await accepted(sign('sophie', news, { ...pupil, edition: 2 }))
    expect(again.body).toMatchObject({ seenEdition: 2, signedEdition: 2 })
    await t.stream.deliverToTheEnd()
    expect(await t.markOf('sophie', news)).toMatchObject({ seenEdition: 2, signedEdition: 2 })
    if (notice === 'pupil')
      expect(await t.markOf('karim', news)).toEqual({ news, signedFor: [t.idOf('lea')], signedEdition: 2 })
    expect(await counts(news)).toEqual({ edition: 2, seen: 1, signed: 1 })
    expect((await sign('sophie', news, { ...pupil, edition: 2 })).body).toEqual(again.body)
  })

  it('of a former text is kept beside the later one', async () => {
    const news = await t.publish('marc', { ...zoo, notice: 'guardian' })
    const first = t.clock.now.toISOString()
    await accepted(sign('sophie', news))
    await edit(news, { ...ski, notice: 'guardian' })
    await accepted(sign('sophie', news, { edition: 2 }))
    const fact = await t.platform.table.get(newsPatterns.signature, { news, signer: t.idOf('sophie') })
    expect(fact).toMatchObject({ edition: 2, former: [{ edition: 1, at: first, by: t.idOf('sophie') }] })
  })
})

describe('an edit', () => {
  it('makes an edition only where the title or the text of what was published changes', async () => {
    const news = await t.publish('marc', zoo)
    await edit(news, { ...zoo, pinned: true, urgent: true })
    expect((await publicationOf(news)).edition).toBeUndefined()
    await edit(news, { ...zoo, title: 'Zoo de Vincennes' })
    await edit(news, { ...zoo, title: 'Zoo de Vincennes', body: 'Sortie, 6 €.' })
    expect((await publicationOf(news)).edition).toBe(3)
    const scheduled = await t.publish('marc', { ...zoo, publishAt: '2026-12-01T07:00:00.000Z' })
    await edit(scheduled, { ...ski, publishAt: '2026-12-01T07:00:00.000Z' })
    expect((await publicationOf(scheduled)).edition).toBeUndefined()
  })

  it('tells readers the edition with the row and with the text', async () => {
    const news = await t.publish('marc', zoo)
    await edit(news, ski)
    const rows = (await accepted(t.ask('list', undefined, { params: { audience: families } }))).body.items
    expect(rows.find((row: { id: string }) => row.id === news)).toMatchObject({ title: 'Ski', edition: 2 })
    const text = await accepted(t.ask('read', undefined, { params: { audience: families, news } }))
    expect(text.body).toMatchObject({ body: ski.body, edition: 2 })
  })
})

describe('seen()', () => {
  it('counts each text apart, and once', async () => {
    const news = await t.publish('marc', zoo)
    await see('sophie', news, 1)
    await see('karim', news, 1)
    expect(await counts(news)).toEqual({ seen: 2, signed: 0 })
    await edit(news, ski)
    expect(await readerOf('sophie', news, 'unseen')).toMatchObject({ formerSeenAt: expect.any(String) })
    await see('sophie', news, 2)
    await see('sophie', news, 2)
    // A page that still shows the former text takes nothing away.
    await see('sophie', news, 1)
    expect(await counts(news)).toEqual({ edition: 2, seen: 1, signed: 0 })
    const { audiences } = (await accepted(t.ask('state', 'sophie'))).body
    const { acts } = audiences.find((one: { audience: string }) => one.audience === families)
    expect(acts).toContainEqual({ news, seenEdition: 2 })
  })

  it('takes an edition that does not exist for the present one', async () => {
    const news = await t.publish('marc', zoo)
    await see('sophie', news, 7)
    await edit(news, ski)
    expect(await counts(news)).toEqual({ edition: 2, seen: 0, signed: 0 })
  })
})

describe('formerText()', () => {
  const read = (who: string, news: string, edition: number | string) =>
    t.ask('formerText', who, { params: { news, edition: String(edition) } })

  it('is for those who saw it, and those who may manage the item', async () => {
    const news = await t.publish('marc', zoo)
    await see('sophie', news, 1)
    await edit(news, ski)
    const { body } = await accepted(read('sophie', news, 1))
    expect(body).toEqual({ edition: 1, title: 'Zoo', body: zoo.body, until: t.clock.now.toISOString() })
    await accepted(read('marc', news, 1))
    // Karim has not seen it, nor has he once he has seen the present one.
    expect((await read('karim', news, 1)).status).toBe(404)
    await see('karim', news, 2)
    expect((await read('karim', news, 1)).status).toBe(404)
    await see('sophie', news, 2)
    await accepted(read('sophie', news, 1))
    expect((await read('sophie', news, 2)).status).toBe(404)
    expect((await read('paul', news, 1)).status).toBe(404)
    await accepted(t.ask('withdraw', 'marc', { params: { news } }))
    expect((await read('sophie', news, 1)).status).toBe(404)
  })
})
