import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const followed = async (news: string) => {
  const { seen, signed } = (await accepted(t.ask('edited', 'marc', { params: { news } }))).body
  return { seen, signed }
}

describe('sign()', () => {
  it('is each guardian’s own, where each one signs', async () => {
    const news = await t.publish('marc', { notice: 'guardian' })
    const signed = await t.ask('sign', 'sophie', { params: { news }, body: {} })
    const at = t.clock.now.toISOString()
    expect(signed.body).toEqual({ news, seenAt: at, signedAt: at })
    await t.stream.deliverAll()
    expect(await t.markOf('karim', news)).toBeUndefined()
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
    expect(await t.markOf('karim', news)).toEqual({ news, signedFor: [pupil] })
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
