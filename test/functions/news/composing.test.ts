import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listLimits } from '../../../shared/news/lists.ts'
import type { Reached } from '../../../shared/news/shapes.ts'
import { templateLimits } from '../../../shared/news/templates.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const params = { uai: college }
const families = audience('class-guardians', groups.sixA.id)
const pupils = audience('class', groups.sixA.id)

describe('reached()', () => {
  const pages = async (who: string, audiences: string) => {
    const found: Reached[] = []
    for (let cursor: string | undefined; ; ) {
      const query = { audiences, ...(cursor !== undefined && { cursor }) }
      const { body } = await accepted(t.ask('reached', who, { params, query }))
      found.push(...body.items)
      cursor = body.next
      if (cursor === undefined) return { found, people: body.people as number }
    }
  }

  it.each([
    ['marc', audience('school', college)],
    ['marc', audience('guardians', college)],
    ['marc', [families, pupils, audience('adults', college)].join(',')],
    ['anne', [families, pupils].join(',')],
  ])('names as many as reach() counts, each once, without the author: %s, %s', async (who, audiences) => {
    const { found, people } = await pages(who, audiences)
    const counted = (await accepted(t.ask('reach', who, { params, query: { audiences } }))).body
    expect(found).toHaveLength(counted.people)
    expect(people).toBe(counted.people)
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
    expect(found.map(({ id }) => id)).not.toContain(t.idOf(who))
  })

  it('names guardians with the children for whose sake they are reached', async () => {
    const { found } = await pages('anne', families)
    expect(found.find(({ id }) => id === t.idOf('sophie'))?.children).toMatchObject([{ id: t.idOf('lea') }])
  })

  it('names nobody to a teacher of another class', async () => {
    const { status, body } = await t.ask('reached', 'paul', { params, query: { audiences: families } })
    expect(status).toBe(422)
    expect(JSON.stringify(body)).not.toContain('Sophie')
  })
})

describe('lists of recipients', () => {
  const save = (who: string, name: string, audiences = [families]) =>
    t.ask('saveList', who, { params, body: { name, audiences } })
  const listsOf = async (who: string) => (await accepted(t.ask('lists', who, { params }))).body.items

  it('are their owner’s alone, by name; one of the same name is replaced, and one is deleted once', async () => {
    await accepted(save('anne', 'Sortie'))
    const { id } = (await accepted(save('anne', 'Classe'))).body
    expect((await accepted(save('anne', 'Classe', [families, pupils]))).body.id).toBe(id)
    expect(await listsOf('anne')).toMatchObject([
      { id, name: 'Classe', audiences: [families, pupils] },
      { name: 'Sortie' },
    ])
    for (const who of ['marc', 'paul']) expect(await listsOf(who)).toEqual([])
    const removed = { params: { ...params, list: id } }
    await accepted(t.ask('removeList', 'marc', removed))
    expect(await listsOf('anne')).toHaveLength(2)
    for (const _ of ['once', 'again']) await accepted(t.ask('removeList', 'anne', removed))
    expect(await listsOf('anne')).toMatchObject([{ name: 'Sortie' }])
  })

  it('hold only audiences that their owner may publish to, and do not grow without end', async () => {
    expect((await save('paul', 'Les autres')).status).toBe(422)
    for (let at = 0; at < listLimits.lists; at++) await accepted(save('marc', `Liste ${at}`))
    expect((await save('marc', 'Une de trop')).body?.type).toBe('/api/problems/too-many-saved')
    expect((await save('marc', 'Liste 3', [pupils])).status).toBe(201)
  })
})

describe('templates', () => {
  const template = {
    of: 'mine',
    name: 'Sortie',
    title: 'Sortie au musée',
    body: 'Départ à **8 h**.',
    notice: 'pupil',
    urgent: false,
    pinned: false,
    question: { text: 'Autorisez-vous votre enfant à participer ?', kind: 'yes-no' },
    deadline: { days: 7, time: '18:00' },
  }
  const save = (who: string, more: object = {}) =>
    t.ask('saveTemplate', who, { params, body: { ...template, ...more } })
  const listOf = async (who: string) => (await accepted(t.ask('templates', who, { params }))).body.items
  const read = (who: string, id: string) => t.ask('template', who, { params: { ...params, template: id } })

  it('are one’s own, or of a school where those who run it saved them', async () => {
    const { id: own } = (await accepted(save('anne'))).body
    expect((await save('anne', { of: 'school' })).status).toBe(403)
    const { id: shared } = (await accepted(save('marc', { of: 'school', name: 'Réunion' }))).body
    expect(await listOf('anne')).toEqual([
      { id: own, name: 'Sortie', of: 'mine' },
      { id: shared, name: 'Réunion', of: 'school' },
    ])
    expect(await listOf('paul')).toEqual([{ id: shared, name: 'Réunion', of: 'school' }])
    expect((await accepted(read('anne', own))).body).toEqual({ ...template, id: own })
    expect((await read('paul', own)).status).toBe(404)
    expect((await accepted(read('paul', shared))).body.title).toBe(template.title)
    const gone = { params: { ...params, template: shared } }
    await accepted(t.ask('removeTemplate', 'paul', gone))
    expect(await listOf('paul')).toHaveLength(1)
    await accepted(t.ask('removeTemplate', 'marc', gone))
    expect(await listOf('paul')).toEqual([])
    expect((await read('paul', shared)).status).toBe(404)
  })

  it('replace one of the same name, refuse what nobody would see, and do not grow without end', async () => {
    const { id } = (await accepted(save('nadia'))).body
    expect((await accepted(save('nadia', { body: 'Autrement.' }))).body.id).toBe(id)
    expect((await accepted(read('nadia', id))).body.body).toBe('Autrement.')
    expect((await save('nadia', { body: '&nbsp;' })).status).toBe(400)
    for (let at = 1; at < templateLimits.templates; at++) await accepted(save('nadia', { name: `Modèle ${at}` }))
    expect((await save('nadia', { name: 'Un de trop' })).body?.type).toBe('/api/problems/too-many-saved')
  })
})

describe('drafts', () => {
  const at = (seconds: number) => new Date(t.clock.now.getTime() + seconds * 1000).toISOString()
  const keep = (who: string, body: { form?: string; at: string }) => t.ask('keepDraft', who, { params, body })
  const draftOf = async (who: string) => (await accepted(t.ask('keptDraft', who, { params }))).body.draft

  it('are their author’s alone, and of two devices the later one stays, whatever order they come in', async () => {
    expect(await draftOf('anne')).toBeUndefined()
    await accepted(keep('anne', { form: 'second', at: at(-10) }))
    expect((await keep('anne', { form: 'first', at: at(-20) })).body?.type).toBe('/api/problems/conflict')
    expect(await draftOf('anne')).toEqual({ form: 'second', at: at(-10) })
    await accepted(keep('anne', { form: 'third', at: at(-5) }))
    expect(await draftOf('anne')).toEqual({ form: 'third', at: at(-5) })
    for (const who of ['marc', 'paul']) expect(await draftOf(who)).toBeUndefined()
  })

  it('do not come back by a slow request once they are done with', async () => {
    await accepted(keep('nadia', { form: 'begun', at: at(-30) }))
    await accepted(keep('nadia', { at: at(-10) }))
    expect((await keep('nadia', { form: 'begun', at: at(-20) })).status).toBe(409)
    expect(await draftOf('nadia')).toEqual({ at: at(-10) })
  })

  it('are dated by the server where a device’s clock is ahead', async () => {
    await accepted(keep('paul', { form: 'ahead', at: at(86_400) }))
    await accepted(keep('paul', { form: 'later', at: at(86_400) }))
    expect(await draftOf('paul')).toMatchObject({ form: 'later' })
    expect((await draftOf('paul')).at <= at(0)).toBe(true)
  })
})
