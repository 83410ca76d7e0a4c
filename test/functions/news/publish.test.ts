import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsContract } from '../../../shared/news/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college, ecole, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

describe('publish()', () => {
  it('reaches the feed of each audience, and nobody else’s', async () => {
    const id = await t.publish('marc', {
      audiences: [audience('class', groups.sixA.id), audience('teachers', college)],
    })
    expect(await t.feedOf(audience('class', groups.sixA.id))).toContain(id)
    expect(await t.feedOf(audience('teachers', college))).toContain(id)
    expect(await t.feedOf(audience('class', groups.sixB.id))).not.toContain(id)
    expect(await t.feedOf(audience('school', college))).not.toContain(id)
  })

  it('counts each person once, and the signatures expected', async () => {
    const both = [audience('school', college), audience('class-guardians', groups.sixA.id)]
    const reply = await t.ask('publish', 'marc', { body: draftOf({ audiences: both, notice: 'guardian' }) })
    // 2 pupils, 3 guardians, 2 teachers, pupil-life, administrator, staff; not the head, who wrote it
    expect(reply.body).toMatchObject({ people: 10, signers: 3, seen: 0, signed: 0, state: 'published', version: 1 })
    const perPupil = await t.ask('publish', 'anne', {
      body: draftOf({ audiences: [audience('class-guardians', groups.sixA.id)], notice: 'pupil' }),
    })
    expect(perPupil.body).toMatchObject({ people: 2, signers: 1, author: { name: 'Anne Roche', role: 'teacher' } })
  })

  it('repeats its first answer for a repeated key, and publishes once', async () => {
    const once = { body: draftOf({ title: 'Une seule fois' }), key: 'key-of-a-single-news' }
    const [first, second] = await Promise.all([t.ask('publish', 'marc', once), t.ask('publish', 'marc', once)])
    const third = await t.ask('publish', 'marc', once)
    expect(new Set([first.body.id, second.body.id, third.body.id]).size).toBe(1)
    const mine = await t.ask('mine', 'marc')
    expect(mine.body.items.filter((one: { title: string }) => one.title === 'Une seule fois')).toHaveLength(1)
  })

  it.each([
    ['anne', 'class', groups.sixA.id, 201],
    ['anne', 'class-guardians', groups.sixA.id, 201],
    ['anne', 'class', groups.sixB.id, 422],
    ['anne', 'school', college, 422],
    ['claire', 'adults', college, 201],
    ['nadia', 'class', groups.sixB.id, 201],
    ['marc', 'class', groups.cm1.id, 422],
  ] as const)('lets %s publish to %s of %s: %i', async (who, kind, of, status) => {
    const reply = await t.ask('publish', who, { body: draftOf({ audiences: [audience(kind, of)] }) })
    expect(reply.status).toBe(status)
    if (status === 422) expect(reply.body.type).toBe('/api/problems/audience-not-allowed')
  })

  it.each(['&nbsp;', '[]()', '---', '> ', '- \n- ', '**\u2800**', '&#8203;\n\n&#x2800;', '#'])(
    'refuses a text of which readers see nothing: %j',
    async body => {
      const reply = await t.ask('publish', 'marc', { body: draftOf({ body }) })
      expect([reply.status, reply.body.errors]).toEqual([
        400,
        [{ path: 'body.body', message: expect.stringContaining('readers see') }],
      ])
    },
  )

  it.each(['>'.repeat(2817), '1. '.repeat(1507), '- *a*\n'.repeat(2_000)])(
    'refuses a text that a reader could not open, and an edit to it: %.12s…',
    async start => {
      const unreadable = draftOf({ body: `${start}a` })
      const refused = [400, [{ path: 'body.body', message: expect.stringContaining('10 levels') }]]
      const reply = await t.ask('publish', 'marc', { body: unreadable })
      expect([reply.status, reply.body.errors]).toEqual(refused)
      const news = await t.publish('marc')
      const edit = await t.ask('edit', 'marc', { params: { news }, body: { ...unreadable, version: 1 } })
      expect([edit.status, edit.body.errors]).toEqual(refused)
    },
  )

  it('takes emoji wherever lists cut', async () => {
    for (const body of [`a${'🎄'.repeat(400)}`, `Joyeuses fêtes ! ${'🎄🎅'.repeat(60)} À la rentrée.`]) {
      const { status, body: news } = await t.ask('publish', 'marc', {
        body: draftOf({ body, title: '🎄'.repeat(140) }),
      })
      expect([status, news.excerpt.isWellFormed()]).toEqual([201, true])
    }
  })

  it('refuses an audience nobody knows, naming it', async () => {
    const body = draftOf({ audiences: [audience('school', college), '000000000000'] })
    const reply = await t.ask('publish', 'marc', { body })
    expect(reply.body.errors).toEqual([expect.objectContaining({ path: 'body.audiences.1' })])
  })

  it('refuses a school where one does not publish', async () => {
    const body = draftOf({ uai: ecole, audiences: [audience('school', ecole)] })
    expect((await t.ask('publish', 'marc', { body })).body.type).toBe('/api/problems/not-allowed')
  })

  it('refuses a notice that no guardian would get, and an end before the publication', async () => {
    const notice = draftOf({ audiences: [audience('pupils', college)], notice: 'guardian' })
    expect((await t.ask('publish', 'marc', { body: notice })).body.type).toBe('/api/problems/notice-without-guardians')
    const ended = draftOf({ until: '2026-03-16T06:59:00.000Z' })
    expect((await t.ask('publish', 'marc', { body: ended })).body.type).toBe('/api/problems/dates-not-in-order')
  })

  it('keeps a scheduled item from readers until its time, and an ended one from then on', async () => {
    const id = await t.publish('marc', { publishAt: '2026-03-16T08:00:00.000Z', until: '2026-03-16T09:00:00.000Z' })
    const at = audience('school', college)
    const seen = async () => {
      const read = await t.ask('read', undefined, { params: { audience: at, news: id } })
      return [
        (await t.feedOf(at)).includes(id),
        read.status,
        (await t.ask('edited', 'marc', { params: { news: id } })).body.state,
      ]
    }
    const start = t.clock.now
    expect(await seen()).toEqual([false, 404, 'scheduled'])
    await t.tick('2026-03-16T08:00:00.000Z')
    expect(await seen()).toEqual([true, 200, 'published'])
    await t.tick('2026-03-16T09:00:00.000Z')
    expect(await seen()).toEqual([false, 404, 'ended'])
    t.clock.now = start
  })
})

describe('list()', () => {
  it('shows pinned news first, then the newest', async () => {
    const of = audience('adults', college)
    const start = t.clock.now
    const ids: string[] = []
    for (const [minutes, pinned] of [
      [1, true],
      [2, false],
      [3, true],
      [4, false],
    ] as const) {
      t.clock.now = new Date(start.getTime() + minutes * 60_000)
      ids.push(await t.publish('claire', { audiences: [of], pinned }))
    }
    expect((await t.feedOf(of)).slice(0, 4)).toEqual([ids[2], ids[0], ids[3], ids[1]])
    t.clock.now = start
  })

  it('is one Query, kept by the edge as long as boards and not served while it is asked again', async () => {
    const ask = () => t.ask('list', undefined, { params: { audience: audience('school', college) } })
    await accepted(ask())
    expect(await t.requestsOf(ask)).toEqual(['Query'])
    const reply = await ask()
    expect(reply.headers['cache-control']).toBe('max-age=55, stale-if-error=86400')
    expect(Object.keys(reply.body.items[0] ?? {})).not.toContain('expiresAt')
  })
})

describe('read()', () => {
  it('answers an audience the news is addressed to, and no other', async () => {
    const of = audience('class', groups.sixA.id)
    const guardians = audience('class-guardians', groups.sixA.id)
    const id = await t.publish('anne', { audiences: [of, guardians] })
    const read = (at: string) => t.ask('read', undefined, { params: { audience: at, news: id } })
    expect((await read(of)).body).toMatchObject({
      id,
      body: draftOf().body,
      excerpt: 'Le collège est fermé à partir de lundi.',
      audiences: [
        { id: of, kind: 'class', label: '6e A' },
        { id: guardians, kind: 'class-guardians', label: '6e A' },
      ],
    })
    expect((await read(audience('class', groups.sixB.id))).status).toBe(404)
    expect(newsContract.routes.read.kind).toBe('shared')
  })
})

describe('edit()', () => {
  it('moves the news between feeds, and says when', async () => {
    const [a, b] = [audience('class', groups.sixA.id), audience('class', groups.sixB.id)]
    const id = await t.publish('marc', { audiences: [a] })
    const body = { ...draftOf({ audiences: [b], title: 'Autrement', pinned: true }), version: 1 }
    const reply = await t.ask('edit', 'claire', { params: { news: id }, body })
    expect(reply.body).toMatchObject({ version: 2, editedAt: t.clock.now.toISOString(), author: { role: 'head' } })
    await t.stream.deliverAll()
    expect(await t.feedOf(a)).not.toContain(id)
    expect((await t.feedOf(b))[0]).toBe(id)
  })

  it('refuses a version that is no longer the last', async () => {
    const id = await t.publish('marc')
    const change = (title: string) =>
      t.ask('edit', 'marc', { params: { news: id }, body: { ...draftOf({ title }), version: 1 } })
    const replies = await Promise.all([change('Un'), change('Deux')])
    expect(replies.map(reply => reply.status).sort()).toEqual([200, 409])
  })

  it('moves a scheduled item in time, not one already published', async () => {
    const later = '2026-03-20T08:00:00.000Z'
    const id = await t.publish('marc', { publishAt: '2026-03-19T08:00:00.000Z' })
    const moved = await t.ask('edit', 'marc', {
      params: { news: id },
      body: { ...draftOf({ publishAt: later }), version: 1 },
    })
    expect(moved.body).toMatchObject({ publishedAt: later, state: 'scheduled' })
    expect(moved.body.editedAt).toBeUndefined()
    const listed = await t.ask('ofSchool', 'marc', { params: { uai: college } })
    expect(listed.body.items.filter((one: { id: string }) => one.id === id)).toHaveLength(1)
    const now = await t.publish('marc')
    const kept = await t.ask('edit', 'marc', {
      params: { news: now },
      body: { ...draftOf({ publishAt: later }), version: 1 },
    })
    expect(kept.body).toMatchObject({ publishedAt: t.clock.now.toISOString(), state: 'published' })
  })

  it('keeps the kind of a notice people may have signed', async () => {
    const id = await t.publish('marc', { notice: 'guardian' })
    const reply = await t.ask('edit', 'marc', {
      params: { news: id },
      body: { ...draftOf({ notice: 'pupil' }), version: 1 },
    })
    expect(reply.body.errors).toEqual([expect.objectContaining({ path: 'body.notice' })])
  })

  it('is there for the author and those who run the school only', async () => {
    const id = await t.publish('anne', { audiences: [audience('class', groups.sixA.id)] })
    const body = { ...draftOf({ audiences: [audience('class', groups.sixA.id)] }), version: 1 }
    expect((await t.ask('edit', 'paul', { params: { news: id }, body })).status).toBe(404)
    expect((await t.ask('edit', 'denise', { params: { news: id }, body })).status).toBe(404)
    expect((await t.ask('edited', 'paul', { params: { news: id } })).status).toBe(404)
    expect((await t.ask('edit', 'anne', { params: { news: id }, body })).status).toBe(200)
  })
})

describe('withdraw()', () => {
  it('takes the news from every reader, and keeps it for its author as withdrawn', async () => {
    const of = audience('school', college)
    const id = await t.publish('marc')
    expect((await t.ask('withdraw', 'marc', { params: { news: id } })).status).toBe(204)
    expect((await t.ask('withdraw', 'claire', { params: { news: id } })).status).toBe(204)
    await t.stream.deliverAll()
    expect(await t.feedOf(of)).not.toContain(id)
    expect((await t.ask('read', undefined, { params: { audience: of, news: id } })).status).toBe(404)
    expect((await t.ask('seen', 'sophie', { body: { news: [id] } })).body).toEqual({ seen: [] })
    const mine = await t.ask('mine', 'marc')
    expect(mine.body.items.find((one: { id: string }) => one.id === id).state).toBe('withdrawn')
    const body = { ...draftOf(), version: 2 }
    expect((await t.ask('edit', 'marc', { params: { news: id }, body })).status).toBe(409)
  })
})

describe('choices()', () => {
  it('offers those who run a school all of it, and a teacher their own classes', async () => {
    const of = async (who: string) =>
      (await accepted(t.ask('choices', who, { params: { uai: college } }))).body.items.map(
        ({ kind, label }: { kind: string; label: string }) => `${kind} ${label}`,
      )
    expect(await of('anne')).toEqual(['class 6e A', 'class-guardians 6e A'])
    expect(await of('claire')).toHaveLength(5 + 2 * 2)
    expect((await of('claire'))[0]).toBe('school Collège des Tilleuls')
    const all = (await accepted(t.ask('choices', 'claire', { params: { uai: college } }))).body.items
    expect(all.filter((one: { groupKind?: string }) => one.groupKind === 'class')).toHaveLength(2 * 2)
    expect((await t.ask('choices', 'denise', { params: { uai: college } })).status).toBe(403)
  })
})

describe('reach()', () => {
  it('counts each person of several audiences once', async () => {
    const of = (who: string, ...ids: string[]) =>
      t.ask('reach', who, { params: { uai: college }, query: { audiences: ids.join(',') } })
    const [six, guardians] = [audience('class', groups.sixA.id), audience('class-guardians', groups.sixA.id)]
    expect((await of('anne', six, guardians)).body).toEqual({ people: 3, guardians: 2, pupils: 1, followers: 0 })
    expect((await of('marc', six, guardians, audience('guardians', college))).body).toEqual({
      people: 4,
      guardians: 3,
      pupils: 1,
      followers: 1,
    })
    expect((await of('anne', audience('school', college))).body.type).toBe('/api/problems/audience-not-allowed')
  })
})
