import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { grantPatterns } from '../../../functions/directory/grant-patterns.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { accepted } from '../../support/accepted.ts'
import { openItems } from '../../support/items.ts'
import { type OpenSchool, openSchool } from './open-school.ts'

let s: OpenSchool
beforeAll(async () => {
  s = await openSchool()
})
afterAll(() => s.close())

const params = (adult: string, child: string) => ({ person: s.idOf(adult), child: s.idOf(child) })
const decide = (who: string, adult: string, child: string, body: object = {}) =>
  s.ask('decide', who, { params: params(adult, child), body: { kind: 'stopped', reason: 'décision du juge', ...body } })
const stored = (adult: string, child: string) =>
  s.platform.table.get(grantPatterns.decision, { adult: s.idOf(adult), child: s.idOf(child) }, { consistent: true })
const page = async (whom: string) => (await s.ask('person', 'nadia', { params: { person: s.idOf(whom) } })).body

describe('decide()', () => {
  it('stores what was decided, with its end, and tells it on both pages', async () => {
    await accepted(decide('nadia', 'sophie', 'lea', { until: '2026-04-01' }))
    expect(await stored('sophie', 'lea')).toMatchObject({ kind: 'stopped', until: '2026-04-01', by: 'Nadia Sow' })
    for (const whom of ['sophie', 'lea']) {
      const { decisions, events } = await page(whom)
      expect(decisions).toMatchObject([
        {
          adult: { givenName: 'Sophie' },
          child: { givenName: 'Léa' },
          kind: 'stopped',
          reason: 'décision du juge',
          until: '2026-04-01',
          over: false,
        },
      ])
      expect(events[0]).toMatchObject({ kind: 'access-stopped', by: 'Nadia Sow', reason: 'décision du juge' })
    }
    const dues = await Promise.all(
      ['0', '1', '2', '3'].map(shard =>
        s.platform.table.all(platformPatterns.dueIn, { minute: '2026-04-01T22:00', shard }),
      ),
    )
    expect(dues.flat()).toMatchObject([{ kind: 'access decision' }])
  })

  it('is taken back, and changed, and leaves no end behind', async () => {
    await accepted(decide('nadia', 'sophie', 'lea', { kind: 'granted', reason: 'erreur de saisie' }))
    expect(await stored('sophie', 'lea')).not.toHaveProperty('until')
    s.clock.now = new Date(s.clock.now.getTime() + 1000)
    await accepted(s.ask('undecide', 'marc', { params: params('sophie', 'lea') }))
    expect(await stored('sophie', 'lea')).toBeUndefined()
    expect((await page('lea')).events[0]).toMatchObject({ kind: 'access-restored', by: 'Marc Élan' })
    const dues = await Promise.all(
      ['0', '1', '2', '3'].map(shard =>
        s.platform.table.all(platformPatterns.dueIn, { minute: '2026-04-01T22:00', shard }),
      ),
    )
    expect(dues.flat()).toEqual([])
    expect((await s.ask('undecide', 'marc', { params: params('sophie', 'lea') })).status).toBe(204)
  })

  it.each([
    ['nadia', 'sophie', 'jules', {}, 404],
    ['denise', 'sophie', 'lea', {}, 404],
    ['anne', 'sophie', 'lea', {}, 403],
    ['nadia', 'tom', 'lea', {}, 403],
    ['nadia', 'nadia', 'lea', { kind: 'granted' }, 403],
    ['nadia', 'sophie', 'karim', {}, 404],
    ['nadia', 'sophie', 'lea', { reason: ' ' }, 400],
    ['nadia', 'sophie', 'lea', { until: '2026-03-15' }, 400],
    ['nadia', 'sophie', 'lea', { until: 'tomorrow' }, 400],
  ])('lets %s decide of %s and %s, %j: %i', async (who, adult, child, body, status) => {
    expect((await decide(who, adult, child, body)).status).toBe(status)
    expect(await stored(adult, child)).toBeUndefined()
  })

  it.each([
    [['aaf:one', 'aaf:two'], 204],
    [['aaf:one', 'aaf:three'], 403],
  ])(
    'lets an adult of the sources %j be decided of for a child of another one than their first: %i',
    async (sources, status) => {
      const items = openItems(s.database)
      const set = async (name: string, more: object) => {
        const person = s.idOf(name)
        const item = await items.get(directoryPatterns.person, { person })
        await items.put(directoryPatterns.person, { person }, { ...item, ...more })
        return () => items.put(directoryPatterns.person, { person }, item ?? {})
      }
      const back = [await set('sophie', { source: 'aaf:one', sources }), await set('lea', { source: 'aaf:two' })]
      expect((await decide('nadia', 'sophie', 'lea')).status).toBe(status)
      for (const one of back) await one()
      await s.ask('undecide', 'nadia', { params: params('sophie', 'lea') })
    },
  )
})
