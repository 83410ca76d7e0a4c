import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { type ClosedItem, closedPatterns } from '../../../functions/directory/closed-groups.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { audience, college, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
let items: ReturnType<typeof openItems>

const pupils = audience('class', groups.sixB.id)
const families = audience('class-guardians', groups.sixB.id)

/** Closes 6e B for `who`, who is in it no more. */
/** Takes somebody out of 6e B, or their child. */
const leave = async (who: string) => {
  const person = t.idOf(who)
  const found = await items.get(directoryPatterns.person, { person })
  if (!found) throw new Error(`no ${who}`)
  const audiences = found.audiences.filter(one => one.group === undefined)
  const children = found.children.map(child => ({ ...child, groups: [] }))
  await items.put(directoryPatterns.person, { person }, { ...found, groups: [], audiences, children })
}

const close = async (who: string, at: Date, more: Partial<ClosedItem> = {}) => {
  const person = t.idOf(who)
  const group = {
    group: groups.sixB.id,
    uai: college,
    school: 'Collège',
    name: '6e B',
    kind: 'class',
    year: 2025,
    as: 'pupil',
  } as const
  const item = { at: at.toISOString(), groups: [group], ...more }
  await items.put(closedPatterns.closedAt, { person, at: item.at }, item)
  await leave(who)
}

const minute = () => {
  t.clock.now = new Date(t.clock.now.getTime() + 60_000)
}

beforeAll(async () => {
  t = await openTerritory()
  items = openItems(t.database)
})
afterAll(() => t.close())

describe('closedList() and closedNews() of a class of a past year', () => {
  let before: string
  let after: string
  beforeAll(async () => {
    before = await t.publish('paul', { audiences: [pupils, families], title: 'Avant' })
    minute()
    await close('tom', t.clock.now, { guardians: [t.idOf('ines')] })
    await leave('ines')
    minute()
    after = await t.publish('paul', { audiences: [pupils, families], title: 'Après' })
  })

  const titles = async (who: string, of: string) => {
    const { body } = await accepted(t.ask('closedList', who, { params: { audience: of } }))
    return body.items.map((one: { title: string }) => one.title)
  }

  it('give a pupil, and the guardian of then, what was published until it was closed for them', async () => {
    expect(await titles('tom', pupils)).toEqual(['Avant'])
    expect(await titles('ines', families)).toEqual(['Avant'])
    expect((await t.ask('closedNews', 'ines', { params: { audience: families, news: before } })).status).toBe(200)
    expect((await t.ask('closedNews', 'ines', { params: { audience: families, news: after } })).status).toBe(404)
  })

  it('give nothing to others, and a guardian not what was for the pupils', async () => {
    for (const [who, of] of [
      ['lea', pupils],
      ['sophie', families],
      ['anne', families],
      ['marc', pupils],
      ['tom', families],
      ['ines', pupils],
    ] as const) {
      expect((await t.ask('closedList', who, { params: { audience: of } })).status, who).toBe(404)
      expect((await t.ask('closedNews', who, { params: { audience: of, news: before } })).status, who).toBe(404)
    }
  })

  it('end for a guardian with custody', async () => {
    const person = t.idOf('ines')
    const found = await items.get(directoryPatterns.person, { person })
    if (!found) throw new Error('no Inès')
    await items.put(directoryPatterns.person, { person }, { ...found, children: [] })
    expect((await t.ask('closedList', 'ines', { params: { audience: families } })).status).toBe(404)
    await items.put(directoryPatterns.person, { person }, { ...found, status: 'suspended' })
    expect((await t.ask('closedList', 'ines', { params: { audience: families } })).status).toBe(404)
    await items.put(directoryPatterns.person, { person }, found)
    expect((await t.ask('closedList', 'ines', { params: { audience: families } })).status).toBe(200)
  })
})

describe('what was scheduled for a class that is closed before its time', () => {
  const at = '2026-03-17T08:00:00.000Z'
  const due = '2026-03-17T08:00:30.000Z'
  const ofA = audience('class', groups.sixA.id)
  const published = async (who: string, news: string) =>
    (await accepted(t.ask('edited', who, { params: { news } }))).body

  it('does not go out, and says so to its author', async () => {
    const alone = await t.publish('paul', { audiences: [pupils], publishAt: at })
    const both = await t.publish('marc', { audiences: [pupils, ofA], publishAt: at })
    await items.remove(directoryPatterns.audience, { audience: pupils })
    await t.tick(due)
    expect(await published('paul', alone)).toMatchObject({ state: 'withdrawn', notSentTo: [{ id: pupils }] })
    expect(await published('marc', both)).toMatchObject({
      state: 'published',
      audiences: [{ id: ofA }],
      notSentTo: [{ id: pupils }],
    })
    expect(await t.feedOf(ofA)).toEqual([both])
    expect(await t.feedOf(pupils)).not.toContain(alone)
    expect(await t.feedOf(pupils)).not.toContain(both)
  })

  it('cannot be published to', async () => {
    const draft = {
      uai: college,
      title: 'Non',
      body: 'Non.',
      audiences: [pupils],
      pinned: false,
      urgent: false,
      notice: 'none',
    }
    expect((await t.ask('publish', 'marc', { body: draft })).body.type).toContain('audience-not-allowed')
  })
})
