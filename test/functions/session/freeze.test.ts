import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { accepted } from '../../support/accepted.ts'
import { college, ecole } from '../../support/school.ts'
import { type Fixture, jar, openFixture, password } from './fixture.ts'

let f: Fixture
beforeAll(async () => {
  f = await openFixture()
})
afterAll(() => f.db.close())

const idOf = (name: string) => String(f.school.people[name]?.id)
const of = (by: string, name: string) => ({ as: f.school.callers[by], params: { person: idOf(name) } })
const body = { reason: 'Mot de passe volé', endSessions: false }
const freezeOf = (name: string) => f.items.get(platformPatterns.freeze, { person: idOf(name) })
const freeze = (by: string, name: string, more: object = {}) =>
  f.call('freeze', { ...of(by, name), body: { ...body, ...more } })

describe('freeze()', () => {
  it('is done once and undone once, by those who look after the account', async () => {
    await accepted(freeze('marc', 'anne'))
    expect(await freezeOf('anne')).toMatchObject({ by: 'Marc Élan', actor: idOf('marc'), reason: body.reason })
    await accepted(freeze('nadia', 'anne', { reason: 'Encore' }))
    expect(await freezeOf('anne')).toMatchObject({ by: 'Marc Élan', reason: body.reason })
    // Events of one instant have no order.
    f.clock.now = new Date(f.clock.now.getTime() + 1_000)
    await accepted(f.call('unfreeze', of('nadia', 'anne')))
    await accepted(f.call('unfreeze', of('marc', 'anne')))
    expect(await freezeOf('anne')).toBeUndefined()
    const events = await f.platform.table.all(accountPatterns.events, { person: idOf('anne') })
    expect(events.map(({ kind, by, reason }) => [kind, by, reason])).toEqual([
      ['frozen', 'Marc Élan', body.reason],
      ['unfrozen', 'Nadia Sow', undefined],
    ])
  })

  it('ends the sessions with it, if that is asked for', async () => {
    const signIn = { body: { login: 'paul.test', password, personalDevice: true } }
    await accepted(f.call('signIn', signIn))
    const sessions = () =>
      f.platform.table.all(sessionPatterns.sessions, { person: idOf('paul') }, { consistent: true })
    await accepted(freeze('marc', 'paul'))
    expect(await sessions()).not.toEqual([])
    await accepted(f.call('unfreeze', of('marc', 'paul')))
    await accepted(freeze('marc', 'paul', { endSessions: true }))
    expect(await sessions()).toEqual([])
  })

  it('is told to the owner, at sign-in, at renewal and with the profile, without the reason', async () => {
    await accepted(freeze('marc', 'claire'))
    const signIn = await accepted(f.call('signIn', { body: { login: 'claire.test', password, personalDevice: true } }))
    const told = { at: f.clock.now.toISOString(), by: 'Marc Élan' }
    expect(signIn.body.frozen).toEqual(told)
    const renewal = await accepted(f.call('renew', { cookies: jar(signIn) }))
    expect(renewal.body.frozen).toEqual(told)
    expect((await f.call('me', { as: f.school.callers.claire })).body.frozen).toEqual(told)
    expect(renewal.raw).not.toContain(body.reason)
    await accepted(f.call('unfreeze', of('marc', 'claire')))
    expect((await f.call('me', { as: f.school.callers.claire })).body).not.toHaveProperty('frozen')
  })

  it.each([
    ['oneself', 'marc', 'marc', 403],
    ['somebody who publishes nothing', 'marc', 'sophie', 403],
    ['a pupil', 'nadia', 'lea', 403],
    ['somebody of another school', 'denise', 'anne', 404],
    ['a colleague, as a teacher', 'paul', 'anne', 403],
  ])('is not for %s', async (_, by, whom, status) => {
    expect((await freeze(by, whom)).status).toBe(status)
    expect(await freezeOf(whom)).toBeUndefined()
  })

  it('is for each of the schools of a teacher of two, and not for somebody who runs another one', async () => {
    const roles = (role: 'teacher' | 'head') => [
      { uai: college, role: 'teacher' as const },
      { uai: ecole, role },
    ]
    await f.change('anne', { roles: roles('teacher') })
    await accepted(freeze('denise', 'anne'))
    await accepted(f.call('unfreeze', of('marc', 'anne')))
    await f.change('anne', { roles: roles('head') })
    expect((await freeze('marc', 'anne')).status).toBe(403)
    await f.change('anne', {})
  })

  it('keeps a frozen account from ending its own freeze and from freezing others', async () => {
    await accepted(freeze('nadia', 'marc'))
    expect((await f.call('unfreeze', of('marc', 'marc'))).body.type).toBe('/api/problems/publishing-frozen')
    expect((await freeze('marc', 'nadia')).body.type).toBe('/api/problems/publishing-frozen')
    expect(await freezeOf('nadia')).toBeUndefined()
    await accepted(f.call('unfreeze', of('nadia', 'marc')))
  })
})
