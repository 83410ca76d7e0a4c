import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { closedPatterns } from '../../../functions/directory/closed-groups.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { audience, college, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

/* 6e B is closed for Tom, for whom Inès reads, and for Paul, who taught it; one piece is set after that. */

let t: Territory
let items: ReturnType<typeof openItems>
const { id: group } = groups.sixB
const [pupils, families] = [audience('class', group), audience('class-guardians', group)]
const long = 'Un paragraphe. '.repeat(40)

const person = async (who: string) => {
  const found = await items.get(directoryPatterns.person, { person: t.idOf(who) })
  if (!found) throw new Error(`no ${who}`)
  return found
}

/** Takes somebody out of the class, or their child. */
const leave = async (who: string) => {
  const found = await person(who)
  const children = found.children.map(child => ({ ...child, groups: [] }))
  await items.put(directoryPatterns.person, { person: found.id }, { ...found, groups: [], children })
}

const close = async (who: string, as: 'pupil' | 'teacher', guardians: string[] = []) => {
  const at = t.clock.now.toISOString()
  const of = { group, uai: college, school: 'Collège', name: '6e B', kind: 'class', year: 2025, as } as const
  const item = { at, groups: [of], guardians: guardians.map(t.idOf) }
  await items.put(closedPatterns.closedAt, { person: t.idOf(who), at }, item)
}

const minute = () => {
  t.clock.now = new Date(t.clock.now.getTime() + 60_000)
}
const set = (title: string, day: string, text?: string) => t.setOne('paul', { title, text, to: [{ group, day }] })

const titles = async (who: string, of: string) => {
  const { body } = await accepted(t.ask('closedList', who, { params: { audience: of } }))
  return body.items.map(({ title }: { title: string }) => title)
}

beforeAll(async () => {
  t = await openTerritory()
  items = openItems(t.database)
  await set('Avant', '2026-11-23', long)
  await set('Ensuite', '2026-11-26')
  minute()
  await close('tom', 'pupil', ['ines'])
  await close('paul', 'teacher')
  minute()
  await set('Après', '2026-11-27')
  for (const who of ['tom', 'ines', 'paul']) await leave(who)
})
afterAll(() => t.close())

describe('closedList() of the notebook of a past year', () => {
  it('is what was set until they left, with texts, for its pupil, their guardian and its teacher', async () => {
    expect(await titles('tom', pupils)).toEqual(['Ensuite', 'Avant'])
    expect(await titles('ines', families)).toEqual(['Ensuite', 'Avant'])
    expect(await titles('paul', pupils)).toEqual(['Ensuite', 'Avant'])
    const { body } = await accepted(t.ask('closedList', 'tom', { params: { audience: pupils } }))
    expect(body.items[1].text).toBe(long.trim())
  })

  it('is nobody else’s: of another class, another school, those who run it, or the guardian of the pupils’ list', async () => {
    for (const who of ['lea', 'sophie', 'anne', 'claire', 'marc', 'nadia', 'remi', 'denise'])
      for (const one of [pupils, families])
        expect((await t.ask('closedList', who, { params: { audience: one } })).status, who).toBe(404)
    expect((await t.ask('closedList', 'ines', { params: { audience: pupils } })).status).toBe(404)
    expect((await t.ask('closedList', 'tom', { params: { audience: families } })).status).toBe(404)
  })

  it('is no more for a guardian who lost the child, nor for somebody suspended', async () => {
    const found = await person('ines')
    await items.put(directoryPatterns.person, { person: found.id }, { ...found, children: [] })
    expect((await t.ask('closedList', 'ines', { params: { audience: families } })).status).toBe(404)
    await items.put(directoryPatterns.person, { person: found.id }, { ...found, status: 'suspended' })
    expect((await t.ask('closedList', 'ines', { params: { audience: families } })).status).toBe(404)
    await items.put(directoryPatterns.person, { person: found.id }, found)
    expect(await titles('ines', families)).toEqual(['Ensuite', 'Avant'])
  })

  it('no longer holds what was taken back by whoever runs the school', async () => {
    const { body } = await accepted(t.ask('closedList', 'tom', { params: { audience: pupils } }))
    await accepted(t.ask('remove', 'marc', { params: { piece: body.items[0].id } }))
    await t.stream.deliverAll()
    expect(await titles('tom', pupils)).toEqual(['Avant'])
  })
})

describe('set, as a copy of a piece of a past year', () => {
  it('is begun by its teacher, who reads it still', async () => {
    const { body } = await accepted(t.ask('closedList', 'paul', { params: { audience: pupils } }))
    const { id: piece } = body.items[0]
    expect((await accepted(t.ask('piece', 'paul', { params: { piece } }))).body).toMatchObject({
      title: 'Avant',
      text: long.trim(),
    })
  })
})
