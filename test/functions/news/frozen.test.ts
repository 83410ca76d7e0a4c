import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { audience, college, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const families = audience('class-guardians', groups.sixA.id)
const freeze = (name: string, at = t.clock.now) =>
  openItems(t.database).put(
    platformPatterns.freeze,
    { person: t.idOf(name) },
    { at: at.toISOString(), by: 'Marc Élan', reason: 'volé' },
  )
const unfreeze = (name: string) => openItems(t.database).remove(platformPatterns.freeze, { person: t.idOf(name) })
const later = (minutes: number) => new Date(t.clock.now.getTime() + minutes * 60_000).toISOString()
const mine = async (name: string, news: string) => {
  const { body } = await accepted(t.ask('mine', name))
  return body.items.find(({ id }: { id: string }) => id === news)
}

describe('what a frozen account had scheduled', () => {
  it('does not go out, and stays withdrawn after the freeze, until it is brought back', async () => {
    const news = await t.publish('anne', { audiences: [families], publishAt: later(5) })
    await freeze('anne')
    await t.tick(later(6))
    expect(await t.feedOf(families)).not.toContain(news)
    expect(await mine('anne', news)).toMatchObject({ state: 'withdrawn', accountFrozen: true })
    await unfreeze('anne')
    await t.tick(later(2))
    expect(await t.feedOf(families)).not.toContain(news)
    await accepted(t.ask('restore', 'anne', { params: { news } }))
    await t.stream.deliverAll()
    expect(await t.feedOf(families)).toContain(news)
    expect(await mine('anne', news)).not.toHaveProperty('accountFrozen')
  })

  it('goes out if the freeze has ended before', async () => {
    const news = await t.publish('anne', { audiences: [families], publishAt: later(5) })
    await freeze('anne')
    await t.tick(later(2))
    await unfreeze('anne')
    await t.tick(later(4))
    expect(await t.feedOf(families)).toContain(news)
  })

  it('does not go out either where it was held for a moment', async () => {
    const reply = await accepted(
      t.ask('publish', 'anne', {
        body: {
          uai: college,
          title: 'Piège',
          body: 'Cliquez.',
          audiences: [families],
          pinned: false,
          urgent: false,
          notice: 'none',
          held: true,
        },
      }),
    )
    await freeze('anne')
    await t.tick(later(1))
    expect(await t.feedOf(families)).not.toContain(reply.body.id)
    await unfreeze('anne')
  })

  it('goes out where somebody else of the school has taken it over', async () => {
    const news = await t.publish('anne', { audiences: [families], publishAt: later(5) })
    const edited = await accepted(t.ask('edited', 'marc', { params: { news } }))
    const { uai, title, body, pinned, urgent, notice, version } = edited.body
    const draft = { uai, title, body, audiences: [families], pinned, urgent, notice, publishAt: later(5), version }
    await accepted(t.ask('edit', 'marc', { params: { news }, body: draft }))
    await freeze('anne')
    await t.tick(later(6))
    expect(await t.feedOf(families)).toContain(news)
    await unfreeze('anne')
  })
})

describe('ofPerson()', () => {
  it('lists what they published, changed or scheduled since the day before the freeze, also on others’ news', async () => {
    const listed = async (who = 'marc', whom = 'claire') => {
      const { body } = await accepted(t.ask('ofPerson', who, { params: { person: t.idOf(whom) } }))
      return body.items.map(({ id }: { id: string }) => id)
    }
    const old = await t.publish('claire')
    const others = await t.publish('anne', { audiences: [families] })
    await t.tick(later(25 * 60))
    expect(await listed()).toEqual([])
    const fresh = await t.publish('claire')
    const scheduled = await t.publish('claire', { publishAt: later(60) })
    const edited = await accepted(t.ask('edited', 'claire', { params: { news: others } }))
    const { uai, title, pinned, urgent, notice, version } = edited.body
    const draft = { uai, title, body: 'Autre chose.', audiences: [families], pinned, urgent, notice, version }
    await accepted(t.ask('edit', 'claire', { params: { news: others }, body: draft }))
    expect(await listed()).toEqual([scheduled, fresh, others])
    await freeze('claire')
    // Looked at two days after the freeze, they are still there.
    await t.tick(later(48 * 60))
    expect(await listed()).toEqual([scheduled, fresh, others])
    expect(await listed()).not.toContain(old)
    await unfreeze('claire')
    expect(await listed()).toEqual([])
  })

  it('is for those who run a school of theirs', async () => {
    const ask = (who: string) => t.ask('ofPerson', who, { params: { person: t.idOf('claire') } })
    expect((await ask('denise')).status).toBe(404)
    expect((await ask('anne')).status).toBe(403)
  })
})
