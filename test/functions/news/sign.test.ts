import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const marksOf = async (who: string, news: string) =>
  (await accepted(t.ask('marks', who))).body.items.find((mark: { news: string }) => mark.news === news)
const followed = async (news: string) => {
  const { seen, signed } = (await accepted(t.ask('edited', 'marc', { params: { news } }))).body
  return { seen, signed }
}

describe('see()', () => {
  it('counts the first time only, whatever the key', async () => {
    const news = await t.publish('marc')
    const start = t.clock.now
    const first = await t.ask('see', 'sophie', { params: { news } })
    t.clock.now = new Date(start.getTime() + 60_000)
    const again = await t.ask('see', 'sophie', { params: { news } })
    expect(first.body).toEqual({ news, seenAt: start.toISOString() })
    expect(again.body).toEqual(first.body)
    await t.stream.deliverAll()
    expect(await followed(news)).toEqual({ seen: 1, signed: 0 })
    expect(await marksOf('sophie', news)).toEqual(first.body)
    t.clock.now = start
  })

  it('counts one when two devices say it at one moment', async () => {
    const news = await t.publish('marc')
    const replies = await Promise.all([1, 2, 3].map(() => t.ask('see', 'karim', { params: { news } })))
    expect(replies.map(reply => reply.status)).toEqual([200, 200, 200])
    await t.stream.deliverAll()
    expect((await followed(news)).seen).toBe(1)
  })

  it('is for those it is addressed to', async () => {
    const news = await t.publish('anne', { audiences: [audience('class', groups.sixA.id)] })
    expect((await t.ask('see', 'lea', { params: { news } })).status).toBe(200)
    expect((await t.ask('see', 'tom', { params: { news } })).status).toBe(404)
    expect((await t.ask('see', 'denise', { params: { news } })).status).toBe(404)
  })
})

describe('marks()', () => {
  it('is newest news first', async () => {
    const older = await t.publish('marc')
    t.clock.now = new Date(t.clock.now.getTime() + 1000)
    const newer = await t.publish('marc')
    await accepted(t.ask('see', 'ines', { params: { news: newer } }))
    await accepted(t.ask('see', 'ines', { params: { news: older } }))
    await t.stream.deliverAll()
    const reply = await t.ask('marks', 'ines')
    expect(reply.body.items.map((mark: { news: string }) => mark.news)).toEqual([newer, older])
  })
})

describe('sign()', () => {
  it('is each guardian’s own, where each one signs', async () => {
    const news = await t.publish('marc', { notice: 'guardian' })
    const signed = await t.ask('sign', 'sophie', { params: { news }, body: {} })
    const at = t.clock.now.toISOString()
    expect(signed.body).toEqual({ news, seenAt: at, signedAt: at })
    await t.stream.deliverAll()
    expect(await marksOf('karim', news)).toBeUndefined()
    expect(await followed(news)).toEqual({ seen: 1, signed: 1 })
    expect((await t.ask('sign', 'sophie', { params: { news }, body: {} })).body).toEqual(signed.body)
    await accepted(t.ask('sign', 'karim', { params: { news }, body: {} }))
    await t.stream.deliverAll()
    expect(await followed(news)).toEqual({ seen: 2, signed: 2 })
  })

  it('is once for each pupil, and the other guardian is told, not by whom', async () => {
    const news = await t.publish('anne', { audiences: [audience('class-guardians', groups.sixA.id)], notice: 'pupil' })
    const pupil = t.idOf('lea')
    await accepted(t.ask('sign', 'sophie', { params: { news }, body: { pupil } }))
    await t.stream.deliverAll()
    expect(await marksOf('karim', news)).toEqual({ news, signedFor: [pupil] })
    const second = await t.ask('sign', 'karim', { params: { news }, body: { pupil } })
    expect(second.status).toBe(200)
    expect(second.body).toEqual({ news, seenAt: t.clock.now.toISOString(), signedFor: [pupil] })
    await t.stream.deliverAll()
    expect(await followed(news)).toEqual({ seen: 2, signed: 1 })
  })

  it('takes one signature of two guardians at one moment', async () => {
    const news = await t.publish('marc', { notice: 'pupil' })
    const pupil = t.idOf('lea')
    const replies = await Promise.all(
      ['sophie', 'karim'].map(who => t.ask('sign', who, { params: { news }, body: { pupil } })),
    )
    expect(replies.map(reply => [reply.status, reply.body.signedFor])).toEqual([
      [200, [pupil]],
      [200, [pupil]],
    ])
    await t.stream.deliverAll()
    expect((await followed(news)).signed).toBe(1)
  })

  it.each([
    ['a child of another school', 'sophie', 'jules'],
    ['another’s child', 'ines', 'lea'],
    ['nobody in particular', 'sophie', undefined],
  ])('refuses to sign for %s', async (_, who, child) => {
    const news = await t.publish('marc', { notice: 'pupil' })
    const reply = await t.ask('sign', who, { params: { news }, body: child ? { pupil: t.idOf(child) } : {} })
    expect(reply.body.type).toBe('/api/problems/nothing-to-sign')
  })

  it('has nothing to sign in plain news, or where only the pupils are addressed', async () => {
    const plain = await t.publish('marc')
    expect((await t.ask('sign', 'sophie', { params: { news: plain }, body: {} })).status).toBe(422)
    const other = await t.publish('marc', {
      audiences: [audience('class-guardians', groups.sixB.id)],
      notice: 'guardian',
    })
    expect((await t.ask('sign', 'sophie', { params: { news: other }, body: {} })).status).toBe(404)
    expect((await t.ask('sign', 'lea', { params: { news: plain }, body: {} })).status).toBe(403)
  })
})
