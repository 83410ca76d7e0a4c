import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { accepted } from '../../support/accepted.ts'
import type { CallOptions } from '../../support/call.ts'
import { openItems } from '../../support/items.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

type Name = keyof (typeof newsContract)['routes']

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const draft = draftOf({ audiences: [audience('class-guardians', groups.sixA.id)], notice: 'guardian' })

/** What `work` does while the directory has somebody otherwise, and their token is what it was. */
const whileChanged = async (who: string, change: Partial<PersonItem>, work: () => Promise<void>): Promise<void> => {
  const items = openItems(t.database)
  const key = { person: t.idOf(who) }
  const known = await items.get(directoryPatterns.person, key)
  if (!known) throw new Error(`nobody is called ${who} here`)
  await items.put(directoryPatterns.person, key, { ...known, ...change })
  await work()
  await items.put(directoryPatterns.person, key, known)
}

/** Publishes to the families of Anne's class: held for some seconds, or with the paper of a guardian entered, or withdrawn. */
const publish = async (state: 'held' | 'with paper' | 'withdrawn' | 'published') => {
  const body = { ...draft, ...(state === 'held' && { held: true }) }
  const { id: news } = (await accepted(t.ask('publish', 'anne', { body }))).body
  const params = { news: String(news) }
  if (state === 'with paper') await accepted(t.ask('enter', 'anne', { params, body: { signer: t.idOf('sophie') } }))
  if (state === 'withdrawn') await accepted(t.ask('withdraw', 'anne', { params }))
  return params
}

/** What each route of a publication is asked, and what its author is answered who has lost the class. */
const routes: Partial<
  Record<Name, { of?: 'held' | 'with paper' | 'withdrawn'; lost: number; with?: () => Omit<CallOptions, 'params'> }>
> = {
  readers: { lost: 403, with: () => ({ query: { state: 'all' } }) },
  sheet: { lost: 403 },
  remind: { lost: 403, with: () => ({ body: { state: 'unseen' } }) },
  enter: { lost: 403, with: () => ({ body: { signer: t.idOf('sophie') } }) },
  takeBack: {
    of: 'with paper',
    lost: 403,
    with: () => ({ body: { signer: t.idOf('sophie'), at: t.clock.now.toISOString() } }),
  },
  edit: { lost: 422, with: () => ({ body: { ...draft, title: 'Autrement', version: 1 } }) },
  restore: { of: 'withdrawn', lost: 422 },
  // What they wrote themselves, and taking it back, which is always safe.
  edited: { lost: 200 },
  withdraw: { lost: 204 },
  undo: { of: 'held', lost: 204 },
}

describe('routes of a publication', () => {
  it('are these, each with what an author is answered who has lost the class', () => {
    const within = Object.entries(newsContract.routes).filter(
      ([, route]) =>
        'within' in route && typeof route.within === 'object' && [...route.within.relations].includes('publication'),
    )
    expect(within.map(([name]) => name).sort()).toEqual(Object.keys(routes).sort())
  })

  it.each(Object.entries(routes))(
    '%s: what names its people or acts on them is refused who has lost the class, not those who run the school',
    async (name, one) => {
      const ask = async (who: string) => {
        const params = await publish(one.of ?? 'published')
        return () => t.ask(name as Name, who, { ...one.with?.(), params })
      }
      const [asAnne, asMarc] = [await ask('anne'), await ask('marc')]
      await whileChanged('anne', { groups: [] }, async () => {
        expect((await asAnne()).status).toBe(one.lost)
        expect((await asMarc()).status).toBeLessThan(300)
      })
    },
  )

  it('goes by the directory: a token of a role that was taken away opens nobody’s list', async () => {
    const news = await t.publish('marc')
    const readers = () => t.ask('readers', 'marc', { params: { news }, query: { state: 'all' } })
    expect((await readers()).status).toBe(200)
    await whileChanged('marc', { roles: [{ uai: college, role: 'staff' }] }, async () => {
      expect((await readers()).status).toBe(403)
    })
    await whileChanged('marc', { status: 'suspended' }, async () => {
      expect((await readers()).status).toBe(403)
    })
  })

  it('needs every audience: an author who teaches one of two classes still is told of neither', async () => {
    const both = [groups.sixA, groups.sixB].map(({ id, name, kind, uai }) => ({ id, name, kind, uai }))
    const audiences = [groups.sixA, groups.sixB].map(({ id }) => audience('class-guardians', id))
    let news = ''
    const readers = () => t.ask('readers', 'anne', { params: { news }, query: { state: 'all' } })
    await whileChanged('anne', { groups: both }, async () => {
      news = await t.publish('anne', { audiences })
      expect((await readers()).status).toBe(200)
    })
    expect((await readers()).status).toBe(403)
  })
})
