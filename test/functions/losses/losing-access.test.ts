import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { lossPatterns } from '../../../functions/platform/loss-patterns.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college, ecole, groups } from '../../support/school.ts'
import { jar, password } from '../session/fixture.ts'
import { issuedOf, type Losses, openLosses } from './fixture.ts'
import { keyFor } from './reader.ts'

let t: Losses
beforeEach(async () => {
  t = await openLosses()
})
afterEach(() => t.close())

const person = (name: string): PersonItem => {
  const found = t.school.people[name]
  if (!found) throw new Error(`nobody is called ${name}`)
  return found
}
const renew = (cookies: string[]) => t.call('renew', { cookies })

/** Somebody else's session and one's own, begun a minute before what follows. */
const sessions = async (...names: string[]) => {
  const cookies: string[][] = []
  for (const name of names) cookies.push(await t.signIn(name))
  await t.deliverAll()
  t.later(60)
  return cookies
}

describe('the edge refuses, once the stream was delivered, tokens from before', () => {
  it('a person was suspended, whose session then ends', async () => {
    const [lea = [], paul = []] = await sessions('lea', 'paul')
    await t.change('lea', { status: 'suspended', audiences: [], access: 'suspended' })
    expect(await t.deliverAll()).toBe(1)
    expect([t.refused(lea), t.refused(paul)]).toEqual([true, false])
    expect((await renew(lea)).status).toBe(403)
  })

  it('a person was moved to another class: the token after a renewal is good', async () => {
    const [lea = []] = await sessions('lea')
    const ofClass = audience('class', groups.sixA.id)
    await t.change('lea', { audiences: person('lea').audiences.filter(one => one.id !== ofClass), access: 'moved' })
    await t.deliverAll()
    expect(t.refused(lea)).toBe(true)
    t.later(5)
    expect(t.refused(jar(await renew(lea)))).toBe(false)
  })

  it('an administrator ended all sessions of a person, who is told when and by whom', async () => {
    const [lea = [], paul = []] = await sessions('lea', 'paul')
    const { id } = person('lea')
    const end = { as: t.school.callers.nadia, params: { person: id } }
    expect((await t.call('sessionsOf', end)).body).toMatchObject({ count: 2 })
    await accepted(t.call('endSessionsOf', end))
    await t.deliverAll()
    expect([t.refused(lea), t.refused(paul)]).toEqual([true, false])
    expect((await renew(lea)).status).toBe(401)
    expect((await t.call('sessionsOf', end)).body).toEqual({ count: 0 })
    expect((await t.call('endSessionsOf', { ...end, as: t.school.callers.denise })).status).toBe(404)
    expect((await t.call('endSessionsOf', { ...end, as: t.school.callers.anne })).status).toBe(403)
    expect(await t.platform.table.all(accountPatterns.events, { person: id })).toMatchObject([
      { kind: 'sessions-ended', by: 'Nadia Sow', at: t.clock.now.toISOString() },
    ])
  })

  it('a custody ended: the other guardian keeps theirs', async () => {
    const [sophie = [], karim = []] = await sessions('sophie', 'karim')
    const { audiences, children, roles } = person('karim')
    await t.change('karim', {
      audiences: audiences.filter(one => one.uai !== ecole),
      children: children.filter(one => one.uai !== ecole),
      roles: roles.filter(one => one.uai !== ecole),
      access: 'less',
    })
    await t.deliverAll()
    expect([t.refused(karim), t.refused(sophie)]).toEqual([true, false])
  })

  it('a role was taken away, of a school or of the territory', async () => {
    await t.change('remi', { territoryRoles: ['operator'] })
    const [marc = [], remi = []] = await sessions('marc', 'remi')
    await t.change('marc', { roles: [], access: 'no role' })
    await t.change('remi', {})
    await t.deliverAll()
    expect([t.refused(marc), t.refused(remi)]).toEqual([true, true])
  })

  it('a person was deleted', async () => {
    const [lea = []] = await sessions('lea')
    await t.items.remove(directoryPatterns.person, { person: person('lea').id })
    await t.deliverAll()
    expect(t.refused(lea)).toBe(true)
  })

  it('a code was given for an active account, and not for one that waits for its first', async () => {
    const [lea = [], sophie = []] = await sessions('lea', 'sophie')
    await t.issueCode('tom')
    expect(await t.deliverAll()).toBe(0)
    await t.issueCode('lea')
    expect(await t.deliverAll()).toBe(1)
    expect([t.refused(lea), t.refused(sophie)]).toEqual([true, false])
    t.later(5)
    expect(t.refused(jar(await renew(lea)))).toBe(false)
  })

  it('a password was changed: in the other sessions, and not in this one', async () => {
    const [other = [], own = []] = await sessions('lea', 'lea')
    await accepted(
      t.call('changePassword', { cookies: own, body: { current: password, next: 'trois poules sur un mur' } }),
    )
    await t.deliverAll()
    expect([t.refused(other), t.refused(own)]).toEqual([true, false])
    expect((await renew(other)).status).toBe(401)
  })

  it('a code was used for an active account: in all sessions but the new one', async () => {
    const [before = []] = await sessions('lea')
    const [given] = (await t.issueCode('lea')).body.items
    await t.deliverAll()
    t.later(60)
    const renewed = jar(await renew(before))
    t.later(60)
    const body = { login: given.login, code: given.code, password: 'trois poules sur un mur', personalDevice: true }
    const begun = jar(await t.call('activate', { body }))
    await t.deliverAll()
    expect([t.refused(before), t.refused(renewed), t.refused(begun)]).toEqual([true, true, false])
  })

  it('all sessions were ended from one of them, however many', async () => {
    const all = await sessions('lea', 'lea', 'lea', 'lea', 'lea')
    await accepted(t.call('signOutEverywhere', { cookies: all[0] ?? [] }))
    // One entry for the person, in place of five.
    expect(await t.deliverAll()).toBe(1)
    expect(all.map(t.refused)).toEqual([true, true, true, true, true])
  })

  it('a refresh token was used twice', async () => {
    const [first = []] = await sessions('lea')
    const second = jar(await renew(first))
    t.later(11)
    expect((await renew(first)).status).toBe(401)
    await t.deliverAll()
    expect(t.refused(second)).toBe(true)
  })
})

describe('the edge goes on accepting', () => {
  it('a token from after the loss, and one of the second in which its person was read after it', async () => {
    await sessions('lea')
    await t.change('lea', { groups: [], audiences: [], access: 'moved' })
    await t.deliverAll()
    t.later(2)
    expect(t.refused(await t.signIn('lea'))).toBe(false)
  })

  it('who gained access, and whose name or school was renamed', async () => {
    const [lea = []] = await sessions('lea')
    const { audiences } = person('lea')
    const more = { id: audience('pupils', ecole), kind: 'pupils' as const, uai: ecole, label: 'École' }
    await t.change('lea', { givenName: 'Lea', audiences: [...audiences.map(one => ({ ...one, label: '-' })), more] })
    expect(await t.deliverAll()).toBe(0)
    expect(t.refused(lea)).toBe(false)
  })

  it('a session that expired, whenever the table deletes it', async () => {
    const [lea = []] = await sessions('lea')
    const { person: of, session } = issuedOf(lea)
    t.later(31 * 86_400)
    await t.items.remove(sessionPatterns.session, { person: of, session })
    expect(await t.deliverAll()).toBe(0)
    expect(t.refused(lea)).toBe(false)
  })

  it('a session that signed out on its own device, until its list is written for another reason', async () => {
    const [lea = [], other = []] = await sessions('lea', 'lea')
    expect((await t.call('signOut', { cookies: lea })).status).toBe(204)
    expect(await t.deliverAll()).toBe(0)
    expect((await renew(lea)).status).toBe(401)
    expect((await renew(other)).status).toBe(200)
    expect(t.refused(lea)).toBe(false)
    await t.schedule()
    expect([t.refused(lea), t.refused(other)]).toEqual([true, false])
  })
})

describe('what is recorded', () => {
  it('is the latest loss, whatever the order and number of the records', async () => {
    await sessions('lea')
    const leaId = person('lea').id
    await t.change('lea', { audiences: [], access: 'none' })
    const first = await t.stream.fresh()
    await t.change('lea', {})
    t.later(3600)
    await t.change('lea', { status: 'suspended', access: 'suspended' })
    const second = await t.stream.fresh()
    for (const records of [second, first, second, first]) await t.stream.deliver(records)
    const rows = await t.platform.table.all(lossPatterns.lossesOfPage, { page: pageOf(leaId) })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ kind: 'lost', at: t.seconds() + 1, expiresAt: t.seconds() + 1 + 72 * 3600 })
    const counted = await t.items.get(lossPatterns.schoolLosses, { uai: college, hour: hourOf(t.seconds()) })
    expect(counted?.count).toBe(1)
  })

  it('names nobody in the log', async () => {
    await sessions('lea')
    await t.change('lea', { status: 'suspended' })
    await t.deliverAll()
    const logged = JSON.stringify(t.platform.lines)
    expect(logged).toContain('LOSSES-1')
    expect(logged).not.toContain(person('lea').id)
  })
})

const pageOf = (id: string) => keyFor(id).slice(1, 3)
const hourOf = (seconds: number) => String(Math.floor(seconds / 3600) * 3600)

describe('a code for an account', () => {
  it('that is active is told to its owner, until it is used or the password changed', async () => {
    const cookies = await t.signIn('karim')
    expect((await t.call('me', { cookies })).body).not.toHaveProperty('newCode')
    await t.issueCode('karim')
    const told = await t.call('me', { cookies: await t.signIn('karim') })
    expect(told.body.newCode).toEqual({ at: t.clock.now.toISOString(), by: 'Nadia Sow' })
    const own = await t.signIn('karim')
    const next = 'trois poules sur un mur'
    const changed = await accepted(t.call('changePassword', { cookies: own, body: { current: password, next } }))
    expect(changed.body).not.toHaveProperty('newCode')
  })

  it('of a guardian who is given a post ends, and one that is given since does not', async () => {
    await t.issueCode('tom')
    await t.deliverAll()
    t.later(60)
    const before = person('tom')
    await t.change('tom', { roles: [...before.roles, { uai: college, role: 'staff' }], access: 'more' })
    await t.deliverAll()
    expect((await t.account('tom'))?.codeExpiresAt?.slice(0, 19)).toBe(t.clock.now.toISOString().slice(0, 19))
    t.later(60)
    await t.change('tom', { access: 'again' })
    await t.issueCode('tom')
    await t.deliverAll()
    expect((await t.account('tom'))?.codeExpiresAt).toBe(
      new Date(t.clock.now.getTime() + 60 * 86_400_000).toISOString(),
    )
  })
})
