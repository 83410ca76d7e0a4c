import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { unpack } from '../../../functions/news/marks/packed.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { keyOf } from '../../../functions/platform/pattern.ts'
import { sortName } from '../../../shared/kernel/names.ts'
import type { SheetRow } from '../../../shared/news/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { deleteAll, putAll } from '../../support/dynamodb.ts'
import { audience, college, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

/** So many guardians more of 6e B, with what reminding them needs: the last test's, since every count changes by them. */
const crowd = async (size: number): Promise<string[]> => {
  const of = audience('class-guardians', groups.sixB.id)
  const rows = Array.from({ length: size }, (_, place) => {
    const person = personId('test', `crowd ${place}`)
    const row = {
      person,
      givenName: 'Alix',
      familyName: `Nom ${place}`,
      role: 'guardian',
      classes: [],
      pupils: [t.idOf('tom')],
    }
    return { pk: `G#${groups.sixB.id}`, sk: `M#guardian#nom ${place} alix#${person}`, ...row }
  })
  const model = await t.platform.table.get(directoryPatterns.person, { person: t.idOf('ines') })
  const people = rows.map(({ person: id }) => ({
    ...keyOf(directoryPatterns.person, { person: id }),
    ...model,
    id,
    audiences: [{ id: of, kind: 'class-guardians', uai: college, label: '6e B' }],
  }))
  await putAll(t.database, [...rows, ...people])
  return rows.map(row => row.person)
}

describe('readers()', () => {
  const names = (reply: { body: { items: { givenName: string }[] } }) => reply.body.items.map(one => one.givenName)

  it('joins those addressed with what they did, by name', async () => {
    const news = await t.publish('marc', { notice: 'guardian' })
    await t.see('lea', news)
    await accepted(t.ask('sign', 'ines', { params: { news }, body: {} }))
    const of = (query: Record<string, string>) => t.ask('readers', 'marc', { params: { news }, query })
    const all = await of({ state: 'all' })
    expect(names(all)).toEqual(['Sophie', 'Rémi', 'Claire', 'Karim', 'Léa', 'Paul', 'Inès', 'Tom', 'Anne', 'Nadia'])
    expect(all.body.counts).toEqual({ people: 10, seen: 2, signers: 3, signed: 1 })
    expect(all.body.groups.map((one: { name: string }) => one.name)).toEqual(['6e A', '6e B'])
    expect(names(await of({ state: 'seen' }))).toEqual(['Léa', 'Inès'])
    expect(names(await of({ state: 'unsigned' }))).toEqual(['Sophie', 'Karim'])
    const sixB = await of({ state: 'all', group: groups.sixB.id })
    expect(names(sixB)).toEqual(['Paul', 'Inès', 'Tom'])
    expect(sixB.body.counts).toEqual({ people: 3, seen: 1, signers: 1, signed: 1 })
  })

  it('names the children of guardians who are addressed for several, or have the same names, and of nobody else', async () => {
    const audiences = [audience('class-guardians', groups.sixA.id), audience('class-guardians', groups.sixB.id)]
    const news = await t.publish('marc', { audiences })
    const shown = async () =>
      (await t.ask('readers', 'marc', { params: { news }, query: { state: 'all' } })).body.items as {
        id: string
        familyName: string
        givenName: string
        children?: { givenName: string }[]
      }[]
    const before = await shown()
    expect(before.filter(({ children }) => children)).toEqual([])
    const sophie = before.find(({ id }) => id === t.idOf('sophie'))
    const person = personId('test', 'namesake')
    const { familyName, givenName } = { ...sophie }
    const sk = `M#guardian#${sortName({ familyName: String(familyName), givenName: String(givenName) })}#${person}`
    const row = { person, familyName, givenName, role: 'guardian', classes: [], pupils: [t.idOf('tom')] }
    await putAll(t.database, [{ pk: `G#${groups.sixB.id}`, sk, ...row }])
    const several = personId('test', 'several')
    const skOfSeveral = `M#guardian#zola zoe#${several}`
    const ofSeveral = { ...row, person: several, familyName: 'Zola', givenName: 'Zoé' }
    await putAll(t.database, [
      { pk: `G#${groups.sixA.id}`, sk: skOfSeveral, ...ofSeveral, pupils: [t.idOf('lea')] },
      { pk: `G#${groups.sixB.id}`, sk: skOfSeveral, ...ofSeveral },
    ])
    const named = (await shown()).flatMap(({ id, children }) =>
      children ? [[id, children.map(one => one.givenName)]] : [],
    )
    await deleteAll(t.database, [
      { pk: `G#${groups.sixB.id}`, sk },
      { pk: `G#${groups.sixA.id}`, sk: skOfSeveral },
      { pk: `G#${groups.sixB.id}`, sk: skOfSeveral },
    ])
    expect(new Map(named as [string, string[]][])).toEqual(
      new Map([
        [t.idOf('sophie'), ['Léa']],
        [person, ['Tom']],
        [several, ['Léa', 'Tom']],
      ]),
    )
  })

  it('lists the pupils to sign for, where one signature a pupil is asked', async () => {
    const news = await t.publish('marc', { audiences: [audience('guardians', college)], notice: 'pupil' })
    await accepted(t.ask('sign', 'sophie', { params: { news }, body: { pupil: t.idOf('lea') } }))
    const of = (state: string) => t.ask('readers', 'marc', { params: { news }, query: { state } })
    expect((await of('signed')).body.items).toEqual([
      expect.objectContaining({ id: t.idOf('lea'), role: 'pupil', signs: true, signedAt: t.clock.now.toISOString() }),
    ])
    expect(names(await of('unsigned'))).toEqual(['Tom'])
    expect((await of('all')).body.counts).toEqual({ people: 3, seen: 1, signers: 2, signed: 1 })
  })

  it('leaves out who wrote it, who is nobody to reach or to remind', async () => {
    const news = await t.publish('anne', { audiences: [audience('class-guardians', groups.sixA.id)] })
    await t.see('anne', news)
    await t.stream.deliverAll()
    const { body } = await t.ask('readers', 'anne', { params: { news }, query: { state: 'all' } })
    expect(names({ body })).toEqual(['Sophie', 'Karim'])
    expect((await t.ask('edited', 'anne', { params: { news } })).body).toMatchObject({ people: 2, seen: 0 })
    const reminded = await t.ask('remind', 'anne', { params: { news }, body: { state: 'unseen' } })
    expect(reminded.body).toEqual({ people: 2 })
  })

  it('is the author’s and the direction’s, and refuses a cursor of another list', async () => {
    const news = await t.publish('anne', { audiences: [audience('class', groups.sixA.id)] })
    const ask = (who: string, query: Record<string, string>) => t.ask('readers', who, { params: { news }, query })
    expect((await ask('anne', { state: 'all' })).status).toBe(200)
    expect((await ask('claire', { state: 'all' })).status).toBe(200)
    expect((await ask('paul', { state: 'all' })).status).toBe(404)
    expect((await ask('denise', { state: 'all' })).status).toBe(404)
    expect((await ask('sophie', { state: 'all' })).status).toBe(403)
    expect((await ask('anne', { state: 'all', cursor: 'bm90aGluZw' })).status).toBe(400)
  })

  it('asks the table as often for one reader as for all', async () => {
    const news = await t.publish('marc')
    const once = () => t.ask('readers', 'marc', { params: { news }, query: { state: 'all' } })
    const before = await t.requestsOf(once)
    for (const who of ['lea', 'tom', 'sophie']) await t.see(who, news)
    expect(await t.requestsOf(once)).toEqual(before)
    expect(before.filter(one => one === 'Query')).toHaveLength(7 + 3)
  })
})

describe('sheet()', () => {
  it('lists all who are addressed and all who sign, once and by name, guardians with their children of the class', async () => {
    const news = await t.publish('marc', { notice: 'pupil', audiences: [audience('guardians', college)] })
    const sheetOf = async (query: Record<string, string> = {}) =>
      (await accepted(t.ask('sheet', 'marc', { params: { news }, query }))).body.items as SheetRow[]
    const all = await sheetOf()
    const names = all.map(({ familyName, givenName }) => sortName({ familyName, givenName }))
    expect(names).toEqual([...names].sort())
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const { items } = (await accepted(t.ask('readers', 'marc', { params: { news }, query: { state: 'unsigned' } })))
      .body
    for (const { id } of items) expect(all.find(one => one.id === id)).toMatchObject({ signs: true, children: [] })
    const ofClass = await sheetOf({ group: groups.sixA.id })
    expect(ofClass.find(({ id }) => id === t.idOf('sophie'))?.children).toMatchObject([{ id: t.idOf('lea') }])
    expect(ofClass.every(one => one.classes.some(({ id }) => id === groups.sixA.id))).toBe(true)
    expect(ofClass.length).toBeLessThan(all.length)
  })
})

describe('remind()', () => {
  const reminded = async (news: string) => {
    const found = []
    for (const who of ['lea', 'tom', 'sophie', 'karim', 'ines', 'anne'])
      if ((await t.markOf(who, news))?.remindedAt) found.push(who)
    return found
  }

  it('goes to those who have not signed, and to no other', async () => {
    const news = await t.publish('marc', { notice: 'guardian' })
    await accepted(t.ask('sign', 'sophie', { params: { news }, body: {} }))
    const reply = await t.ask('remind', 'marc', { params: { news }, body: { state: 'unsigned' } })
    expect(reply.body).toEqual({ people: 2 })
    await t.stream.deliverAll()
    expect(await reminded(news)).toEqual(['karim', 'ines'])
  })

  it('goes to every guardian of a pupil nobody signed for', async () => {
    const news = await t.publish('marc', { notice: 'pupil' })
    await accepted(t.ask('sign', 'ines', { params: { news }, body: { pupil: t.idOf('tom') } }))
    const body = { state: 'unsigned' }
    expect((await t.ask('remind', 'claire', { params: { news }, body })).body).toEqual({ people: 2 })
    await t.stream.deliverAll()
    expect(await reminded(news)).toEqual(['sophie', 'karim'])
  })

  it('goes to those of one class who have not seen, and keeps what they did', async () => {
    const news = await t.publish('marc')
    await t.see('sophie', news)
    const body = { state: 'unseen', group: groups.sixA.id }
    expect((await t.ask('remind', 'marc', { params: { news }, body })).body).toEqual({ people: 3 })
    const records = await t.stream.deliverAll()
    await t.stream.deliver(records)
    expect(await reminded(news)).toEqual(['lea', 'karim', 'anne'])
    expect(await t.markOf('sophie', news)).toEqual({ news, seenAt: expect.any(String) })
  })

  it('refuses what cannot be read now', async () => {
    const news = await t.publish('marc', { publishAt: '2027-01-01T08:00:00.000Z' })
    const reply = await t.ask('remind', 'marc', { params: { news }, body: { state: 'unseen' } })
    expect(reply.status).toBe(409)
  })
})

describe('readers() and remind() of many', () => {
  it('shows everyone once, page after page in order, and reminds them all', async () => {
    const people = await crowd(130)
    const news = await t.publish('marc', { audiences: [audience('class-guardians', groups.sixB.id)] })
    const seen: { id: string; familyName: string }[] = []
    let cursor: string | undefined
    do {
      const query = { state: 'unseen', ...(cursor && { cursor }) }
      const page = await t.ask('readers', 'marc', { params: { news }, query })
      expect(page.body.counts.people).toBe(131)
      seen.push(...page.body.items)
      cursor = page.body.next
    } while (cursor)
    expect(seen).toHaveLength(131)
    expect(new Set(seen.map(one => one.id)).size).toBe(131)
    const reply = await t.ask('remind', 'marc', { params: { news }, body: { state: 'unseen' } })
    expect(reply.body).toEqual({ people: 131 })
    await t.stream.deliverAll()
    const keys = people.map(person => ({ person, audience: audience('class-guardians', groups.sixB.id) }))
    const items = await t.platform.table.getMany(newsPatterns.marks, keys)
    const marks = items.flatMap(item => (item ? unpack(item.news).entries : []))
    expect(marks.filter(mark => mark.remindedAt === t.clock.now.toISOString())).toHaveLength(130)
  })
})
