import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted } from '../../support/accepted.ts'
import { audience, college, groups } from '../../support/school.ts'
import { exercises } from './examples.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const pupils = audience('class', groups.sixA.id)
const families = audience('class-guardians', groups.sixA.id)
const others = audience('class', groups.sixB.id)
const edited = { subject: exercises.subject, title: 'Exercices 4 à 8', day: '2026-11-27', version: 1 }

describe('set', () => {
  it('puts a piece into the notebook of its class and of the class’s guardians, and of nobody else', async () => {
    await t.setOne('anne', { title: 'Leçon 3', to: [{ group: groups.sixA.id, day: '2026-11-26' }] })
    expect(await t.notebook(pupils)).toContain('2026-11-26 Leçon 3')
    expect(await t.notebook(families)).toContain('2026-11-26 Leçon 3')
    expect(await t.notebook(others)).toEqual([])
  })

  it('sets one piece for each class and day, none twice', async () => {
    const to = ['2026-12-01', '2026-12-03', '2026-12-01'].map(day => ({ group: groups.sixA.id, day }))
    const pieces = await t.set('anne', { title: 'Tables', to })
    expect(pieces.map(({ day }) => day)).toEqual(['2026-12-01', '2026-12-03'])
    expect(new Set(pieces.map(({ id }) => id)).size).toBe(2)
  })

  it('refuses a class that the caller does not teach, and sets nothing for the others', async () => {
    const before = await t.notebook(pupils)
    const to = [groups.sixA, groups.sixB].map(({ id: group }) => ({ group, day: '2026-11-26' }))
    const reply = await t.ask('set', 'anne', { body: { ...exercises, to } })
    expect(reply.status).toBe(422)
    expect(reply.body).toMatchObject({ type: '/api/problems/group-not-taught', errors: [{ path: 'body.to.1.group' }] })
    await t.stream.deliverAll()
    expect(await t.notebook(pupils)).toEqual(before)
  })

  it.each([
    ['a title of nothing that is seen', { title: '\u200b ' }],
    ['no class', { to: [] }],
    ['a day that is none', { to: [{ group: groups.sixA.id, day: '2026-02-30' }] }],
    ['minutes that are none', { minutes: 0 }],
  ])('refuses %s', async (_, wrong) => {
    expect((await t.ask('set', 'anne', { body: { ...exercises, ...wrong } })).status).toBe(400)
  })

  it('answers a repeat with the same pieces and sets nothing twice', async () => {
    const key = 'a-key-of-one-request'
    const body = { ...exercises, title: 'Une fois' }
    const first = await accepted(t.ask('set', 'anne', { body, key }))
    const again = await accepted(t.ask('set', 'anne', { body, key }))
    await t.stream.deliverAll()
    expect(again.body).toEqual(first.body)
    expect((await t.notebook(pupils)).filter(one => one.endsWith('Une fois'))).toHaveLength(1)
  })
})

describe('edit', () => {
  it('moves a piece to another day, in the notebooks and in the teacher’s list', async () => {
    const { id } = await t.setOne('anne', { title: 'À déplacer', to: [{ group: groups.sixA.id, day: '2026-11-24' }] })
    const body = { ...edited, title: 'Déplacé', day: '2026-12-02' }
    const { body: reply } = await accepted(t.ask('edit', 'anne', { params: { piece: id }, body }))
    await t.stream.deliverAll()
    expect(reply).toMatchObject({ day: '2026-12-02', version: 2, hasText: false })
    expect((await t.notebook(families)).filter(one => /plac/.test(one))).toEqual(['2026-12-02 Déplacé'])
    const titlesIn = async (week: string) => (await t.mine('anne', week)).map(({ title }) => title)
    expect(await titlesIn('2026-W48')).not.toContain('À déplacer')
    expect(await titlesIn('2026-W49')).toContain('Déplacé')
  })

  it('is refused with the version of an earlier text, and by those who did not set it', async () => {
    const { id: piece } = await t.setOne('anne')
    await accepted(t.ask('edit', 'anne', { params: { piece }, body: edited }))
    expect((await t.ask('edit', 'anne', { params: { piece }, body: edited })).status).toBe(409)
    expect((await t.ask('edit', 'paul', { params: { piece }, body: { ...edited, version: 2 } })).status).toBe(404)
    expect((await t.ask('edit', 'marc', { params: { piece }, body: { ...edited, version: 2 } })).status).toBe(403)
  })
})

describe('remove', () => {
  it('takes a piece out of the notebooks, says how many had ticked it, and can be undone with its ticks', async () => {
    const { id: piece } = await t.setOne('anne', { title: 'Reprise' })
    const ticks = [{ piece, done: true, at: t.clock.now.toISOString() }]
    await accepted(t.ask('tick', 'lea', { body: { ticks } }))
    await t.stream.deliverAll()
    const removed = await accepted(t.ask('remove', 'anne', { params: { piece } }))
    await t.stream.deliverAll()
    expect(removed.body).toEqual({ done: 1, handedIn: 0 })
    expect((await t.notebook(pupils)).filter(one => one.endsWith('Reprise'))).toEqual([])
    expect((await t.ask('tick', 'lea', { body: { ticks } })).body).toEqual({ ticked: [] })
    const restored = await accepted(t.ask('restore', 'marc', { params: { piece } }))
    await t.stream.deliverAll()
    expect(restored.body).toMatchObject({ state: 'published', done: 1 })
    expect((await t.notebook(pupils)).filter(one => one.endsWith('Reprise'))).toHaveLength(1)
    const { body: whole } = await accepted(t.ask('piece', 'anne', { params: { piece } }))
    expect(whole).toMatchObject({ done: 1, ticked: [{ id: t.idOf('lea') }] })
  })
})

describe('a piece for later', () => {
  const inMinutes = (minutes: number) => new Date(t.clock.now.getTime() + minutes * 60_000).toISOString()
  const runAfter = async (minutes: number) => t.runAt(inMinutes(minutes))

  it('is nowhere before its time, and everywhere from then on', async () => {
    const { id, state } = await t.setOne('anne', { title: 'Lundi 8 h', publishAt: inMinutes(3) })
    expect(state).toBe('scheduled')
    const isIn = async () => (await t.notebook(pupils)).some(one => one.endsWith('Lundi 8 h'))
    const ticks = [{ piece: id, done: true, at: t.clock.now.toISOString() }]
    expect((await accepted(t.ask('tick', 'lea', { body: { ticks } }))).body).toEqual({ ticked: [] })
    await runAfter(2)
    expect(await isIn()).toBe(false)
    await runAfter(1)
    expect(await isIn()).toBe(true)
    expect((await accepted(t.ask('tick', 'lea', { body: { ticks } }))).body).toEqual({ ticked: [id] })
  })

  it('does not go out once its teacher has lost the class, and says so', async () => {
    const piece = await t.setOne('anne', { title: 'Classe perdue', publishAt: inMinutes(2) })
    await t.withoutGroups('anne', async () => {
      await runAfter(2)
      expect((await t.notebook(pupils)).some(one => one.endsWith('Classe perdue'))).toBe(false)
      expect(await t.pieceOf(piece.id)).toMatchObject({ noLongerAllowed: true, removedAt: expect.any(String) })
    })
  })

  it('does not go out while the account of its teacher is frozen', async () => {
    const piece = await t.setOne('anne', { title: 'Compte gelé', publishAt: inMinutes(2) })
    await t.freeze('anne')
    await runAfter(2)
    expect((await t.notebook(pupils)).some(one => one.endsWith('Compte gelé'))).toBe(false)
    expect(await t.pieceOf(piece.id)).toMatchObject({ accountFrozen: true })
  })
})

describe('the notebook of the collège', () => {
  it('names each school’s work to its own people only', async () => {
    expect((await t.ask('set', 'denise', { body: exercises })).status).toBe(403)
    expect((await t.ask('set', 'marc', { body: { ...exercises, uai: college } })).status).toBe(403)
  })
})
