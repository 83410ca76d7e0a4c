import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { uses } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { update } from '../../../functions/platform/operation.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college, groups, seedSchool } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
  await t.runClock()
})
afterAll(() => t.close())
beforeEach(async () => void (await seedSchool(t.database, t.clock.now)))

const families = audience('class-guardians', groups.sixA.id)
const school = audience('school', college)
const later = (minutes: number) => new Date(t.clock.now.getTime() + minutes * 60_000).toISOString()
const of = (news: string) => ({ params: { news } })

const withdraw = async (news: string) => {
  await accepted(t.ask('withdraw', 'marc', of(news)))
  await t.stream.deliverToTheEnd()
}
const restore = async (who: string, news: string) => {
  const reply = await t.ask('restore', who, of(news))
  await t.stream.deliverToTheEnd()
  return reply
}
/** What an import would write: the person as changed since. */
const change = async (who: string, set: object) => {
  const table = openTable(
    t.database.table,
    uses({ update: [directoryPatterns.person] }),
    t.platform.now,
    t.database.client,
  )
  await table.apply(update('person', directoryPatterns.person, { person: t.idOf(who) }, { set }))
}

describe('restore()', () => {
  it('brings a withdrawn item back with what was seen and signed, for its readers and its author', async () => {
    const news = await t.publish('anne', { audiences: [families], notice: 'guardian' })
    await t.see('karim', news)
    await accepted(t.ask('sign', 'sophie', { ...of(news), body: {} }))
    await t.stream.deliverToTheEnd()
    await withdraw(news)
    expect(await t.feedOf(families)).not.toContain(news)
    expect((await t.ask('sign', 'karim', { ...of(news), body: {} })).status).toBe(404)

    expect((await restore('anne', news)).body).toMatchObject({ state: 'published', version: 3 })
    expect(await t.feedOf(families)).toContain(news)
    expect(await t.markOf('sophie', news)).toMatchObject({ signedAt: expect.any(String) })
    const { body } = await accepted(t.ask('readers', 'anne', { ...of(news), query: { state: 'all' } }))
    expect(body.counts).toEqual({ people: 2, seen: 2, signers: 2, signed: 1 })
    expect((await accepted(t.ask('edited', 'anne', of(news)))).body).toMatchObject({ seen: 2, signed: 1 })
    expect((await restore('anne', news)).status).toBe(409)
  })

  it('is refused to whoever may no longer publish to the audience, and not to the direction', async () => {
    const news = await t.publish('anne', { audiences: [families] })
    await withdraw(news)
    await change('anne', { groups: [] })
    expect((await restore('anne', news)).status).toBe(422)
    expect((await restore('marc', news)).status).toBe(200)
    const { body } = await accepted(t.ask('edited', 'marc', of(news)))
    expect(body.author.id).toBe(t.idOf('anne'))
  })

  it('publishes now what was withdrawn before its date and came back after it', async () => {
    const news = await t.publish('marc', { publishAt: later(60) })
    await withdraw(news)
    t.clock.now = new Date(later(120))
    const { body } = await restore('marc', news)
    expect(body).toMatchObject({ state: 'published', publishedAt: t.clock.now.toISOString() })
    expect((await t.feedOf(school))[0]).toBe(news)
    const { items } = (await accepted(t.ask('mine', 'marc'))).body
    expect(items.filter(({ id }: { id: string }) => id === news)).toHaveLength(1)
  })

  it('leaves what comes back before its date to the clock', async () => {
    const news = await t.publish('marc', { publishAt: later(60) })
    await withdraw(news)
    expect((await restore('marc', news)).body.state).toBe('scheduled')
    expect(await t.feedOf(school)).not.toContain(news)
    await t.tick(later(60))
    expect(await t.feedOf(school)).toContain(news)
  })
})

describe('a scheduled item whose author has lost its class', () => {
  const scheduled = (who = 'anne', audiences = [families]) => t.publish(who, { audiences, publishAt: later(30) })

  it.each([
    ['the class', { groups: [] }],
    ['the school', { status: 'suspended' }],
  ])('does not go out: the author, who left %s, is told why, and the direction may publish it', async (_, lost) => {
    const news = await scheduled()
    await change('anne', lost)
    await t.tick(later(31))
    expect(await t.feedOf(families)).not.toContain(news)
    const { body } = await accepted(t.ask('edited', 'marc', of(news)))
    expect(body).toMatchObject({ state: 'withdrawn', noLongerAllowed: [{ id: families }] })
    const back = await restore('marc', news)
    expect(back.body).toMatchObject({ state: 'published' })
    expect(back.body).not.toHaveProperty('noLongerAllowed')
    expect(await t.feedOf(families)).toContain(news)
  })

  it('goes to the other class, which the author still teaches', async () => {
    await change('anne', {
      groups: [groups.sixA, groups.sixB].map(one => ({ ...one, as: 'teacher' })),
      audiences: [],
    })
    const ofB = audience('class-guardians', groups.sixB.id)
    const news = await scheduled('anne', [families, ofB])
    await change('anne', { groups: [{ ...groups.sixB, as: 'teacher' }] })
    await t.tick(later(31))
    expect(await t.feedOf(families)).not.toContain(news)
    expect(await t.feedOf(ofB)).toContain(news)
  })

  it('goes out where the direction addressed it last', async () => {
    const news = await scheduled()
    const { body } = await accepted(t.ask('edited', 'marc', of(news)))
    const { uai, title, pinned, urgent, notice, version, publishedAt } = body
    await accepted(
      t.ask('edit', 'marc', {
        ...of(news),
        body: {
          ...{ uai, title, pinned, urgent, notice, version },
          ...{ body: 'Relu.', audiences: [families], publishAt: publishedAt },
        },
      }),
    )
    await change('anne', { groups: [] })
    await t.tick(later(31))
    expect(await t.feedOf(families)).toContain(news)
  })
})
