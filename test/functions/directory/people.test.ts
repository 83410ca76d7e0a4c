import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personId } from '../../../functions/directory/identity.ts'
import { college, ecole, groups } from '../../support/school.ts'
import { type OpenSchool, openSchool } from './open-school.ts'

let s: OpenSchool
beforeAll(async () => {
  s = await openSchool()
})
afterAll(() => s.close())

const names = (reply: { body: { items: { givenName: string; familyName: string }[] } }) =>
  reply.body.items.map(one => `${one.givenName} ${one.familyName}`)

describe('people()', () => {
  const search = (query: Record<string, string>) => s.ask('people', 'nadia', { params: { uai: college }, query })

  it('finds by the beginning of either name, without accents, each person once', async () => {
    expect(names(await search({ search: 'mar' }))).toEqual(['Marc Élan', 'Karim Martin', 'Léa Martin'])
    expect(names(await search({ search: 'LEA m' }))).toEqual(['Léa Martin'])
    expect(names(await search({ search: 'élan' }))).toEqual(['Marc Élan'])
    expect(names(await search({ search: '--' }))).toEqual([])
  })

  it.each([
    ['parents 6e A', ['Sophie Bernard', 'Karim Martin'], ['6e A']],
    ['élèves de 6eB', ['Tom Petit'], ['6e B']],
    ['profs 6e a', ['Anne Roche'], ['6e A']],
    ['mère de Léa', ['Sophie Bernard', 'Karim Martin'], undefined],
    ['parents martin', ['Sophie Bernard', 'Karim Martin'], undefined],
    ['familles', ['Sophie Bernard', 'Karim Martin', 'Inès Petit'], undefined],
    ['prof noel', ['Paul Noël'], undefined],
    ['6e', [], ['6e A', '6e B']],
  ])('finds for the words %j: %j', async (words, found, classes) => {
    const reply = await search({ search: words })
    expect(names(reply)).toEqual(found)
    expect(reply.body.groups?.map((one: { name: string }) => one.name)).toEqual(classes)
  })

  it('finds who bears a word for a kind of people as a name', async () => {
    const row = {
      person: personId('test', 'parent'),
      givenName: 'Luc',
      familyName: 'Parent',
      role: 'staff',
      classes: [],
    }
    await s.write([{ pk: `S#${college}`, sk: `M#staff#parent luc#${row.person}`, ...row }])
    expect(names(await search({ search: 'parent' }))[0]).toBe('Luc Parent')
  })

  it('names the children of guardians, of this school alone', async () => {
    const reply = await search({ search: 'sophie' })
    expect(reply.body.items[0].children).toEqual([{ id: s.idOf('lea'), givenName: 'Léa', familyName: 'Martin' }])
  })

  it('shows once who is called alike by both names', async () => {
    const row = {
      person: personId('test', 'martine'),
      givenName: 'Martine',
      familyName: 'Martin',
      role: 'pupil-life',
      classes: [],
    }
    // Also in two rosters.
    const keys = ['pupil-life', 'teacher'].map(role => ({
      pk: `S#${ecole}`,
      sk: `M#${role}#martin martine#${row.person}`,
    }))
    await s.write(keys.map(key => ({ ...row, ...key })))
    const reply = await s.ask('people', 'denise', { params: { uai: ecole }, query: { search: 'martin' } })
    expect(names(reply).filter(name => name === 'Martine Martin')).toHaveLength(1)
  })

  it('lists a role by name, pupils unless told otherwise, with classes and account', async () => {
    expect(names(await search({}))).toEqual(['Léa Martin', 'Tom Petit'])
    const guardians = await search({ role: 'guardian' })
    expect(names(guardians)).toEqual(['Sophie Bernard', 'Karim Martin', 'Inès Petit'])
    expect(guardians.body.items[2]).toEqual({
      id: s.idOf('ines'),
      givenName: 'Inès',
      familyName: 'Petit',
      role: 'guardian',
      classes: [{ id: groups.sixB.id, name: '6e B' }],
      account: 'none',
      children: [{ id: s.idOf('tom'), givenName: 'Tom', familyName: 'Petit' }],
    })
  })

  it('says that who left is suspended', async () => {
    const row = {
      person: personId('test', 'yann'),
      givenName: 'Yann',
      familyName: 'Kern',
      role: 'teacher',
      classes: [],
    }
    await s.write([{ pk: `S#${college}`, sk: `M#suspended#kern yann#${row.person}`, ...row }])
    expect((await search({ role: 'suspended' })).body.items).toEqual([
      expect.objectContaining({ id: row.person, account: 'suspended' }),
    ])
  })

  it('pages through a role without missing anyone', async () => {
    const rows = Array.from({ length: 120 }, (_, place) => {
      const person = personId('test', `staff ${place}`)
      const row = { person, givenName: 'Ali', familyName: `Nom ${place}`, role: 'staff', classes: [] }
      return { pk: `S#${ecole}`, sk: `M#staff#nom ${place} ali#${person}`, ...row }
    })
    await s.write(rows)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const query = { role: 'staff', ...(cursor && { cursor }) }
      const page = await s.ask('people', 'denise', { params: { uai: ecole }, query })
      seen.push(...page.body.items.map((one: { id: string }) => one.id))
      cursor = page.body.next
    } while (cursor)
    expect(new Set(seen).size).toBe(120)
    expect(seen).toHaveLength(120)
  })

  it('is for the school’s own administrator and head', async () => {
    const status = async (who: string, uai: string) => (await s.ask('people', who, { params: { uai } })).status
    expect(await status('marc', college)).toBe(200)
    expect(await status('marc', ecole)).toBe(403)
    expect(await status('anne', college)).toBe(403)
    expect(await status('sophie', college)).toBe(403)
  })
})

describe('members()', () => {
  const members = (who: string, group: string, role: string) =>
    s.ask('members', who, { params: { group }, query: { role } })

  it('shows a class to its teachers and to those who run the school', async () => {
    expect(names(await members('anne', groups.sixA.id, 'guardian'))).toEqual(['Sophie Bernard', 'Karim Martin'])
    expect(names(await members('claire', groups.sixB.id, 'pupil'))).toEqual(['Tom Petit'])
    expect(names(await members('marc', groups.sixB.id, 'teacher'))).toEqual(['Paul Noël'])
  })

  it('has nothing for teachers of other classes, nor for other schools', async () => {
    expect((await members('anne', groups.sixB.id, 'pupil')).status).toBe(404)
    expect((await members('marc', groups.cm1.id, 'pupil')).status).toBe(404)
    expect((await members('anne', '000000000000', 'pupil')).status).toBe(404)
    expect((await members('sophie', groups.sixA.id, 'pupil')).status).toBe(403)
  })
})

describe('groups()', () => {
  it('lists the classes of the school', async () => {
    const reply = await s.ask('groups', 'anne', { params: { uai: college } })
    expect(reply.body.items.map((one: { name: string }) => one.name).sort()).toEqual(['6e A', '6e B'])
    expect((await s.ask('groups', 'anne', { params: { uai: ecole } })).status).toBe(403)
  })
})
