import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accepted } from '../../../support/accepted.ts'
import { assertProperty } from '../../../support/property.ts'
import { audience, groups } from '../../../support/school.ts'
import { type Class, openClass } from './class.ts'

let c: Class
beforeAll(async () => {
  c = await openClass()
})
beforeEach(() => c.goTo(-600))
afterAll(() => c.close())

const typeOf = (reply: { body: { type?: string } }) => reply.body.type?.split('/').at(-1)

describe('an assignment', () => {
  it('stands on the notebook of its class with its dates, and nobody’s hand-in does', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    await c.stream.deliverAll()
    expect(await c.pieceOf(piece)).toMatchObject({ assignment: { dueAt: '2026-11-24T17:00:00.000Z', late: true } })
    expect(await c.notebook(audience('class', groups.sixA.id))).toContain('2026-11-24 Rédaction')
  })

  it.each([
    ['of a lesson', { kind: 'session' }, {}],
    ['due on another day than its own', {}, { dueAt: '2026-11-25T17:00:00.000Z' }],
    ['due after midnight in the territory, on the day of UTC', {}, { dueAt: '2026-11-24T23:30:00.000Z' }],
  ])('is refused %s', async (_, more, dates) => {
    const assignment = { dueAt: '2026-11-24T17:00:00.000Z', late: true, ...dates }
    const to = [{ group: groups.sixA.id, day: '2026-11-24', assignment }]
    const body = { uai: '0750001A', kind: 'task', subject: 'Français', title: 'Rédaction', to, ...more }
    expect(typeOf(await c.ask('set', 'anne', { body }))).toBe('assignment-wrong')
  })

  it('that is taken back keeps what was handed in, and says how many did', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    const removed = await accepted(c.ask('remove', 'anne', { params: { piece } }))
    expect(removed.body).toMatchObject({ handedIn: 1 })
    expect((await c.askHandIn('lea', piece)).status).toBe(404)
    expect((await c.seenBy('lea', piece)).versions).toHaveLength(1)
    await accepted(c.ask('restore', 'anne', { params: { piece } }))
    expect(await c.collected(piece)).toMatchObject({ state: 'handed-in' })
  })
})

describe('handing in', () => {
  it('gives a receipt whose hash is that of the text, the same for the pupil and the teacher', async () => {
    const piece = await c.assigned()
    const text = 'Un été à la mer : « é » et 🌊.'
    const receipt = await c.handIn('lea', piece, { text })
    const sha256 = createHash('sha256').update(text).digest('hex')
    expect(receipt).toMatchObject({ sha256, size: Buffer.byteLength(text), judgement: 'in-time' })
    expect((await c.collected(piece)).current).toMatchObject({ sha256, by: { as: 'pupil' } })
    expect((await c.seenBy('lea', piece)).versions).toMatchObject([{ sha256, text }])
    expect((await c.seenBy('anne', piece)).versions).toMatchObject([{ sha256, text }])
  })

  it('is seen at once by whoever did it, though the stream stands still', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    expect(await c.listed('lea', piece)).toMatchObject({ state: 'handed-in', at: c.clock.now.toISOString() })
  })

  it('by a guardian is told to pupil and teacher with the name, and to the other guardian without', async () => {
    const piece = await c.assigned()
    await c.handIn('sophie', piece, { text: 'Dicté par Léa.' })
    for (const who of ['lea', 'anne', 'sophie'])
      expect((await c.seenBy(who, piece)).versions).toMatchObject([
        { text: 'Dicté par Léa.', by: { name: 'Sophie Bernard', as: 'guardian' } },
      ])
    const other = await c.ask('handIn', 'karim', { params: { piece, pupil: c.idOf('lea') } })
    expect(other.body).toMatchObject({ state: 'handed-in', versions: [] })
    expect(other.raw).not.toMatch(/Sophie|Dicté/)
    expect(await c.listed('karim', piece)).toMatchObject({ state: 'handed-in' })
  })

  it('by the pupil is not read by a guardian', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece, { text: 'À moi seule.' })
    const reply = await c.ask('handIn', 'sophie', { params: { piece, pupil: c.idOf('lea') } })
    expect(reply.body).toMatchObject({ state: 'handed-in', versions: [] })
    expect(reply.raw).not.toContain('À moi seule')
  })

  it('keeps every version, and counts the one that was done last, whatever order they come in', async ({ signal }) => {
    const one = fc.record({ minute: fc.integer({ min: -590, max: -1 }), again: fc.boolean() })
    await assertProperty(
      fc.asyncProperty(
        fc.uniqueArray(one, { minLength: 1, maxLength: 6, selector: ({ minute }) => minute }),
        async versions => {
          signal.throwIfAborted()
          c.goTo(0)
          const piece = await c.assigned()
          for (const { minute, again } of versions) {
            const id = c.newVersion()
            const first = await c.handIn('lea', piece, { at: c.at(minute), text: `à ${minute}` }, id)
            if (again) expect(await c.handIn('lea', piece, { at: c.at(0), text: 'autre' }, id)).toEqual(first)
          }
          const last = c.at(Math.max(...versions.map(({ minute }) => minute)))
          expect(await c.collected(piece)).toMatchObject({
            state: 'handed-in',
            versions: versions.length,
            current: { at: last },
          })
          expect(await c.listed('lea', piece)).toMatchObject({ state: 'handed-in', at: last })
          const { versions: kept } = await c.seenBy('lea', piece)
          expect(kept.map(({ text }) => text)).toEqual(
            versions
              .map(({ minute }) => minute)
              .sort((a, b) => b - a)
              .map(minute => `à ${minute}`),
          )
        },
      ),
      { short: 8, long: 150 },
    )
  })

  it('of six devices at one moment keeps six versions', async () => {
    const piece = await c.assigned()
    const ids = Array.from({ length: 6 }, () => c.newVersion())
    const replies = await Promise.all(ids.map(id => c.askHandIn('lea', piece, {}, id)))
    // Who came too often between is told to come again, and does.
    const again = ids.filter((_, at) => replies[at]?.status === 503)
    for (const id of again) await c.handIn('lea', piece, {}, id)
    expect((await c.collected(piece)).versions).toBe(6)
    expect((await c.seenBy('lea', piece)).versions).toHaveLength(6)
  })

  it('under the id of somebody else’s version tells nothing of it', async () => {
    const piece = await c.assigned()
    const id = c.newVersion()
    await c.handIn('lea', piece, { text: 'À moi seule.' }, id)
    const reply = await c.askHandIn('sophie', piece, {}, id)
    expect(reply.status).toBe(404)
    expect(reply.raw).not.toContain('sha256')
  })
})

describe('who may hand in and read', () => {
  it('is the pupil of the class and their guardians, and no teacher but the one who set it', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    for (const who of ['tom', 'ines', 'jules']) expect((await c.askHandIn(who, piece)).status, who).toBe(404)
    // Not for oneself either, where one is in another class.
    expect((await c.askHandIn('tom', piece, {}, c.newVersion(), 'tom')).status).toBe(404)
    // A sibling in another school is not in this class.
    expect((await c.askHandIn('sophie', piece, {}, c.newVersion(), 'jules')).status).toBe(404)
    const params = { piece, pupil: c.idOf('lea') }
    for (const who of ['tom', 'ines', 'jules', 'paul'])
      expect((await c.ask('handIn', who, { params })).status, who).toBe(404)
    for (const who of ['marc', 'claire', 'nadia', 'denise'])
      expect((await c.ask('handIn', who, { params })).status, who).toBe(403)
    expect((await c.ask('collected', 'paul', { params: { piece } })).status).toBe(404)
  })

  it('is no guardian from the import on that ends it', async () => {
    const piece = await c.assigned()
    await c.handIn('sophie', piece)
    await c.whileChanged('sophie', { children: [] }, async () => {
      expect((await c.askHandIn('sophie', piece)).status).toBe(404)
      expect((await c.ask('handIn', 'sophie', { params: { piece, pupil: c.idOf('lea') } })).status).toBe(404)
    })
  })

  it('is a pupil who moved class for what they had begun, and for nothing else', async () => {
    const [begun, other] = [await c.assigned(), await c.assigned()]
    await accepted(c.ask('start', 'lea', { params: { piece: begun, pupil: c.idOf('lea') } }))
    await c.whileChanged('lea', { groups: [groups.sixB] }, async () => {
      await c.handIn('lea', begun)
      expect((await c.askHandIn('lea', other)).status).toBe(404)
      expect(await c.seenBy('lea', begun)).toMatchObject({ state: 'handed-in' })
    })
  })

  it('is no teacher who has lost the class', async () => {
    const piece = await c.assigned()
    await c.handIn('lea', piece)
    await c.withoutGroups('anne', async () => {
      expect((await c.ask('collected', 'anne', { params: { piece } })).status).toBe(404)
      expect((await c.ask('handIn', 'anne', { params: { piece, pupil: c.idOf('lea') } })).status).toBe(404)
    })
  })
})
