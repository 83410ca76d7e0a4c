import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entryOf } from '../../../../functions/news/marks/entry.ts'
import { additions, addMarks } from '../../../../functions/news/marks/items.ts'
import { unpack } from '../../../../functions/news/marks/packed.ts'
import { newsPatterns } from '../../../../functions/news/patterns.ts'
import { update } from '../../../../functions/platform/operation.ts'
import { timeId } from '../../../../shared/kernel/ids.ts'
import { accepted } from '../../../support/accepted.ts'
import { openItems } from '../../../support/items.ts'
import { assertProperty } from '../../../support/property.ts'
import { audience, college, groups } from '../../../support/school.ts'
import { openTerritory, type Territory } from '../territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

type Audience = { audience: string; seen: string[]; since?: string; acts: { news: string }[] }
const [school, families] = [audience('school', college), audience('class-guardians', groups.sixA.id)]

/** What one did with the news of an audience, as Home reads it. */
const stateOf = async (who: string, of = school): Promise<Omit<Audience, 'audience'>> => {
  const { body } = await accepted(t.ask('state', who))
  const { audience: _, ...found } = body.audiences.find((one: Audience) => one.audience === of) ?? {
    seen: [],
    acts: [],
  }
  return found
}
const see = (who: string, ...news: string[]) => t.ask('seen', who, { body: { news } })
const followed = async (news: string) => {
  const { seen, signed } = (await accepted(t.ask('edited', 'marc', { params: { news } }))).body
  return { seen, signed }
}
const later = (seconds: number) => {
  t.clock.now = new Date(t.clock.now.getTime() + seconds * 1000)
}

describe('seen()', () => {
  it('records what may be read, once, and leaves out the rest without telling why', async () => {
    const mine = await t.publish('anne', { audiences: [families] })
    const other = await t.publish('marc', { audiences: [audience('class-guardians', groups.sixB.id)] })
    const scheduled = await t.publish('marc', { publishAt: '2027-01-01T08:00:00.000Z' })
    const unknown = timeId(t.clock.now)
    const first = await see('sophie', mine, other, scheduled, unknown, mine)
    expect([first.status, first.body]).toEqual([200, { seen: [mine] }])
    const at = t.clock.now.toISOString()
    later(60)
    expect((await see('sophie', mine)).body).toEqual({ seen: [mine] })
    await t.stream.deliverAll()
    expect(await followed(mine)).toEqual({ seen: 1, signed: 0 })
    expect((await t.ask('marked', 'sophie', { query: { news: `${mine},${other}` } })).body.items).toEqual([
      { news: mine, seenAt: at },
      { news: other },
    ])
    for (const news of [other, scheduled])
      expect(await openItems(t.database).get(newsPatterns.seen, { news, person: t.idOf('sophie') })).toBeUndefined()
  })

  it('counts one for several devices at one moment, and the author never', async () => {
    const news = await t.publish('marc')
    await Promise.all([see('lea', news), see('lea', news), see('marc', news)])
    const records = await t.stream.deliverAll()
    await t.stream.deliver(records)
    expect(await followed(news)).toEqual({ seen: 1, signed: 0 })
    expect((await stateOf('marc')).seen).toContain(news)
  })

  it('takes 50 at a time', async () => {
    const ids = Array.from({ length: 51 }, () => timeId(t.clock.now))
    expect((await see('sophie', ...ids.slice(1))).status).toBe(200)
    expect((await see('sophie', ...ids)).status).toBe(400)
    expect((await see('sophie')).status).toBe(400)
  })
})

describe('state()', () => {
  it('tells of each audience what was seen, newest first, and the version of one’s access', async () => {
    const older = await t.publish('anne', { audiences: [families] })
    later(60)
    const newer = await t.publish('marc', { audiences: [families, school] })
    await accepted(see('karim', older))
    await accepted(see('karim', newer))
    expect((await stateOf('karim', families)).seen).toEqual([])
    await t.stream.deliverAll()
    expect(await stateOf('karim', families)).toEqual({ seen: [newer, older], acts: [] })
    expect(await stateOf('karim')).toEqual({ seen: [newer], acts: [] })
    expect((await t.ask('state', 'karim')).body.access).toBe(t.callers.karim?.access)
  })

  it('leaves out audiences that one no longer holds', async () => {
    const of = audience('pupils', college)
    const person = t.idOf('karim')
    await addMarks(
      t.platform.table,
      person,
      additions([of], entryOf(timeId(t.clock.now), undefined, { seen: true })),
      t.clock.now,
    )
    expect((await t.ask('state', 'karim')).body.audiences.map((one: Audience) => one.audience)).not.toContain(of)
  })

  it('knows of a signature at once, and the other guardian behind the stream, not by whom', async () => {
    const news = await t.publish('anne', { audiences: [families], notice: 'pupil' })
    const pupil = t.idOf('lea')
    await accepted(t.ask('sign', 'sophie', { params: { news }, body: { pupil } }))
    const signedAt = t.clock.now.toISOString()
    const own = await stateOf('sophie', families)
    expect(own.seen).toContain(news)
    expect(own.acts).toContainEqual({ news, signedAt, signedFor: [pupil] })
    const records = await t.stream.deliverAll()
    await t.stream.deliver(records)
    expect(await stateOf('sophie', families)).toEqual(own)
    const other = await stateOf('karim', families)
    expect(other.seen).not.toContain(news)
    expect(other.acts).toContainEqual({ news, signedFor: [pupil] })
    expect((await t.ask('marked', 'karim', { query: { news } })).body.items).toEqual([{ news, signedFor: [pupil] }])
    expect((await t.ask('marked', 'ines', { query: { news } })).body.items).toEqual([{ news }])
    // The pupil is told that a signature was given for them, not by whom or when.
    expect((await t.ask('marked', 'lea', { query: { news } })).body.items).toEqual([{ news, signedFor: [pupil] }])
  })

  it('keeps a reminder beside the signature that follows it', async () => {
    const news = await t.publish('marc', { audiences: [families], notice: 'guardian' })
    await accepted(t.ask('remind', 'marc', { params: { news }, body: { state: 'unsigned' } }))
    await t.stream.deliverAll()
    const remindedAt = t.clock.now.toISOString()
    expect((await stateOf('sophie', families)).acts).toContainEqual({ news, remindedAt })
    later(60)
    const signedAt = t.clock.now.toISOString()
    const reply = await accepted(t.ask('sign', 'sophie', { params: { news }, body: {} }))
    expect(reply.body).toEqual({ news, seenAt: signedAt, signedAt, remindedAt })
    await t.stream.deliverAll()
    expect((await stateOf('sophie', families)).acts).toContainEqual({ news, signedAt, remindedAt })
    expect((await stateOf('karim', families)).acts).toContainEqual({ news, remindedAt })
  })

  it.each([250, 5_000])('brings nothing back that was signed, after %i newer items', async newer => {
    const news = await t.publish('marc', { audiences: [families], notice: 'guardian' })
    await accepted(t.ask('sign', 'sophie', { params: { news }, body: {} }))
    const from = t.clock.now.getTime()
    const seen = Array.from({ length: newer }, (_, at) =>
      entryOf(timeId(new Date(from + 1000 * (at + 1))), undefined, { seen: true }),
    )
    for (let at = 0; at < newer; at += 50)
      await addMarks(t.platform.table, t.idOf('sophie'), new Map([[families, seen.slice(at, at + 50)]]), t.clock.now)
    const state = await stateOf('sophie', families)
    expect(state.acts.map(act => act.news)).toContain(news)
    expect(state.seen).toContain(news)
    expect(state.seen.slice(0, 40)).toEqual(
      seen
        .slice(-40)
        .map(one => one.news)
        .reverse(),
    )
    expect(state.since).toBe(seen.at(-40)?.news)
    // What was let go of is not forgotten: the facts tell it.
    expect((await t.ask('marked', 'sophie', { query: { news } })).body.items[0]).toHaveProperty('signedAt')
  })
})

describe('the delivery of what was seen', () => {
  it('ends in the same marks in any order, with repeats, and by two environments at once', async ({ signal }) => {
    const person = t.idOf('tom')
    const of = [school, audience('pupils', college)]
    await t.stream.deliverAll()
    for (let at = 0; at < 70; at++) {
      const news = timeId(new Date(t.clock.now.getTime() + at * 3_600_000))
      const keep = at % 7 === 0 ? { keep: {} } : {}
      const through = at % 2 === 0 ? of : [school]
      const fact = { person, at: t.clock.now.toISOString(), through, ...keep }
      expect(await t.platform.table.applyIf(update('seen', newsPatterns.seen, { news, person }, { set: fact }))).toBe(
        true,
      )
    }
    const records = (await t.stream.fresh()).filter(one => one.dynamodb?.Keys?.sk?.S === `SEEN#${person}`)
    const twice = [...records.keys(), ...records.keys()]
    const marks = async () => {
      const found = []
      for (const one of of) {
        const item = await openItems(t.database).get(newsPatterns.marks, { person, audience: one })
        found.push(item && unpack(item.news))
        await openItems(t.database).remove(newsPatterns.marks, { person, audience: one })
      }
      return found
    }
    expect((await t.stream.deliver(records)).batchItemFailures).toEqual([])
    const expected = await marks()
    expect(expected.map(one => one?.entries.length)).toEqual([40 + 5, 35])
    /** Delivers a batch again if the other environment was first too often, as the event source mapping does. */
    const delivered = async (batch: typeof records) => {
      for (let tries = 0; (await t.stream.deliver(batch)).batchItemFailures.length > 0; tries++)
        if (tries === 10) throw new Error('a batch failed all its retries')
    }
    await assertProperty(
      fc.asyncProperty(
        fc.shuffledSubarray(twice, { minLength: twice.length }),
        fc.integer({ min: 5, max: 60 }),
        async (places, size) => {
          signal.throwIfAborted()
          const shuffled = places.flatMap(place => records[place] ?? [])
          const batches = Array.from({ length: Math.ceil(shuffled.length / size) }, (_, at) =>
            shuffled.slice(at * size, (at + 1) * size),
          )
          // Two environments: each has half of the batches, at the same time.
          const work = async (half: number) => {
            for (const [at, batch] of batches.entries()) if (at % 2 === half) await delivered(batch)
          }
          await Promise.all([work(0), work(1)])
          expect(await marks()).toEqual(expected)
        },
      ),
      { short: 15, long: 300 },
    )
  })
})

describe('the marks of what stays open', () => {
  it('keeps that one was reminded, and that one has seen what is urgent, however much newer one has seen', async () => {
    const recalled = await t.publish('marc', { audiences: [families] })
    const urgent = await t.publish('marc', { audiences: [families], urgent: true })
    await t.see('sophie', urgent)
    await accepted(t.ask('remind', 'marc', { params: { news: recalled }, body: { state: 'unseen' } }))
    await t.stream.deliverAll()
    const remindedAt = t.clock.now.toISOString()
    const newer = Array.from({ length: 60 }, (_, at) =>
      entryOf(timeId(new Date(Date.parse('2027-01-01') + at * 60_000)), undefined, { seen: true }),
    )
    await addMarks(t.platform.table, t.idOf('sophie'), new Map([[families, newer]]), t.clock.now)
    const { seen, since, acts } = await stateOf('sophie', families)
    expect(since).toBe(newer[20]?.news)
    expect(seen).toContain(urgent)
    expect(acts).toContainEqual({ news: recalled, remindedAt })
  })
})
