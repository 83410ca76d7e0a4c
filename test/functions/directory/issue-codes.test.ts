import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { keyOf } from '../../../functions/platform/pattern.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { accountPatterns, codeHash } from '../../../functions/session/accounts.ts'
import { day } from '../../../shared/kernel/dates.ts'
import type { Role, SchoolRole } from '../../../shared/kernel/role.ts'
import { accepted } from '../../support/accepted.ts'
import { college, ecole, groups } from '../../support/school.ts'
import { type OpenSchool, openSchool } from './open-school.ts'

let s: OpenSchool
beforeAll(async () => {
  s = await openSchool()
})
afterAll(() => s.close())

describe('issueCodes()', () => {
  it('gives a login and a code, stored hashed, and lists the account as waiting', async () => {
    const reply = await s.issue('nadia', ['lea', 'sophie'])
    expect(reply.status).toBe(200)
    const [lea, sophie] = reply.body.items
    expect(lea).toMatchObject({ person: s.idOf('lea'), login: 'lea.martin', className: '6e A' })
    expect(sophie).toMatchObject({ login: 'sophie.bernard', className: '6e A' })
    expect(lea.code).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/)
    const account = await s.platform.table.get(accountPatterns.account, { person: s.idOf('lea') }, { consistent: true })
    expect(account?.codeHash).toBe(codeHash(s.idOf('lea'), lea.code))
    expect(JSON.stringify(account)).not.toContain(lea.code)
    expect((await s.platform.table.get(accountPatterns.login, { login: 'lea.martin' }))?.person).toBe(s.idOf('lea'))
    const listed = await s.ask('people', 'nadia', { params: { uai: college }, query: { search: 'lea' } })
    expect(listed.body.items[0]).toMatchObject({ account: 'code', login: 'lea.martin' })
  })

  it('answers a repeat, also a concurrent one, with the same codes', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => s.issue('nadia', ['tom', 'ines'], { key: 'codes-of-one-sheet' })),
    )
    const third = await s.issue('nadia', ['tom', 'ines'], { key: 'codes-of-one-sheet' })
    expect(second?.body).toEqual(first?.body)
    expect(third.body).toEqual(first?.body)
    expect(third.body.items).toHaveLength(2)
    const answer = await s.platform.table.get(platformPatterns.answer, {
      person: s.idOf('nadia'),
      key: 'codes-of-one-sheet',
    })
    expect(answer).not.toHaveProperty('reply')
  })

  it('replaces the code given before, and keeps the login', async () => {
    const [before] = (await accepted(s.issue('marc', ['karim']))).body.items
    const [after] = (await accepted(s.issue('nadia', ['karim']))).body.items
    expect(after.login).toBe(before.login)
    expect(after.code).not.toBe(before.code)
    const account = await s.platform.table.get(
      accountPatterns.account,
      { person: s.idOf('karim') },
      { consistent: true },
    )
    expect(account?.codeHash).toBe(codeHash(s.idOf('karim'), after.code))
  })

  it('voids no more codes that are still good than the caller was shown', async () => {
    const issue = (people: readonly string[], voids: number, key?: string) =>
      s.ask('issueCodes', 'nadia', {
        params: { uai: college },
        body: { people: people.map(s.idOf), voids },
        ...(key && { key }),
      })
    const [karim] = (await accepted(issue(['karim'], 1))).body.items
    const refused = await issue(['karim'], 0)
    expect([refused.status, refused.body.type]).toEqual([409, '/api/problems/codes-still-good'])
    const stored = await s.platform.table.get(accountPatterns.account, { person: karim.person }, { consistent: true })
    expect(stored?.codeHash).toBe(codeHash(karim.person, karim.code))
    // A repeat of one request, concurrent or later, voids nothing.
    const given = await accepted(issue(['karim'], 1, 'codes-that-void-one'))
    expect((await issue(['karim'], 1, 'codes-that-void-one')).body).toEqual(given.body)
    // One that has expired is no sheet that is lost.
    const Key = keyOf(accountPatterns.account, { person: karim.person })
    const set = {
      UpdateExpression: 'SET codeExpiresAt = :p',
      ExpressionAttributeValues: { ':p': '2026-01-01T00:00:00.000Z' },
    }
    await s.documents.send(new UpdateCommand({ TableName: s.database.table, Key, ...set }))
    expect((await issue(['karim'], 0)).status).toBe(200)
  })

  it('numbers a login that is taken, also within one request', async () => {
    const twins = ['one', 'two'].map(twin => ({
      ...s.people.tom,
      ...keyOf(directoryPatterns.person, { person: personId('test', twin) }),
      id: personId('test', twin),
      givenName: 'Marc',
      familyName: 'Élan',
    }))
    await s.write(twins)
    await accepted(s.issue('nadia', ['marc']))
    const people = twins.map(twin => twin.id)
    const reply = await s.ask('issueCodes', 'nadia', { params: { uai: college }, body: { people } })
    expect(reply.body.items.map((one: { login: string }) => one.login)).toEqual(['marc.elan2', 'marc.elan3'])
  })

  it('lets a code expire', async () => {
    const start = s.clock.now
    const soon = new Date(start.getTime() + 61 * day * 1000)
    await accepted(s.issue('nadia', ['paul']))
    s.clock.now = soon
    const reply = await s.ask('members', 'claire', { params: { group: groups.sixB.id }, query: { role: 'teacher' } })
    expect(reply.body.items[0].account).toBe('expired')
    s.clock.now = start
  })

  it('keeps an active account active, with its password, until the new code is used', async () => {
    await accepted(s.issue('nadia', ['claire']))
    const Key = keyOf(accountPatterns.account, { person: s.idOf('claire') })
    const set = { UpdateExpression: 'SET password = :p', ExpressionAttributeValues: { ':p': 'scrypt$1$1$1$a$b' } }
    await s.documents.send(new UpdateCommand({ TableName: s.database.table, Key, ...set }))
    await accepted(s.issue('nadia', ['claire']))
    expect((await s.platform.table.get(accountPatterns.account, { person: s.idOf('claire') }))?.password).toBe(
      'scrypt$1$1$1$a$b',
    )
    const listed = await s.ask('people', 'nadia', { params: { uai: college }, query: { role: 'pupil-life' } })
    expect(listed.body.items[0]).toMatchObject({ account: 'active', holdsCode: true })
    // Its sheet is one that a further code makes void.
    const again = (voids: number) =>
      s.ask('issueCodes', 'nadia', { params: { uai: college }, body: { people: [s.idOf('claire')], voids } })
    expect((await again(0)).body.type).toBe('/api/problems/codes-still-good')
    expect((await again(1)).status).toBe(200)
  })

  it.each([
    ['anne', ['lea'], 200],
    ['anne', ['sophie', 'karim'], 200],
    ['anne', ['tom'], 403],
    ['anne', ['lea', 'tom'], 403],
    ['anne', ['ines'], 403],
    ['anne', ['jules'], 403],
    ['anne', ['paul'], 403],
    ['anne', ['marc'], 403],
    ['marc', ['nadia'], 200],
    ['nadia', ['jules'], 403],
    ['claire', ['lea'], 403],
  ])('lets %s give codes to %j: %i', async (who, whom, status) => {
    const before = await Promise.all(
      whom.map(one => s.platform.table.get(accountPatterns.account, { person: s.idOf(one) })),
    )
    const reply = await s.issue(who, whom)
    expect(reply.status).toBe(status)
    const after = await Promise.all(
      whom.map(one => s.platform.table.get(accountPatterns.account, { person: s.idOf(one) })),
    )
    if (status === 403) expect(after).toEqual(before)
  })

  it('lets a teacher give a code to a pupil at any time, to a guardian only while they have no active account', async () => {
    await accepted(s.issue('nadia', ['lea', 'karim']))
    for (const name of ['lea', 'karim']) {
      const Key = keyOf(accountPatterns.account, { person: s.idOf(name) })
      const set = { UpdateExpression: 'SET password = :p', ExpressionAttributeValues: { ':p': 'scrypt$1$1$1$a$b' } }
      await s.documents.send(new UpdateCommand({ TableName: s.database.table, Key, ...set }))
    }
    expect((await s.issue('anne', ['lea'])).status).toBe(200)
    expect((await s.issue('anne', ['karim'])).status).toBe(403)
    expect((await s.issue('anne', ['sophie'])).status).toBe(200)
    expect((await s.issue('nadia', ['karim'])).status).toBe(200)
    const account = await s.platform.table.get(
      accountPatterns.account,
      { person: s.idOf('karim') },
      { consistent: true },
    )
    expect(account).toMatchObject({ codeGivenBy: 'Nadia Sow', codeGivenAt: s.clock.now.toISOString() })
    for (const name of ['lea', 'karim']) {
      const Key = keyOf(accountPatterns.account, { person: s.idOf(name) })
      await s.documents.send(
        new UpdateCommand({ TableName: s.database.table, Key, UpdateExpression: 'REMOVE password' }),
      )
    }
  })

  describe('to somebody who is known in two schools', () => {
    const at = (uai: string, role: Role) => ({ uai, role })
    it.each<[boolean, string, SchoolRole[], SchoolRole[]]>([
      [true, 'a guardian in both', [], [at(college, 'guardian'), at(ecole, 'guardian')]],
      [true, 'who teaches in both', [], [at(college, 'teacher'), at(ecole, 'teacher')]],
      [true, 'who works here and is a guardian there', [], [at(college, 'staff'), at(ecole, 'guardian')]],
      [false, 'a guardian here who teaches there', [], [at(college, 'guardian'), at(ecole, 'teacher')]],
      [false, 'a guardian here who is head there', [], [at(college, 'guardian'), at(ecole, 'head')]],
      [false, 'who teaches here and is head there', [], [at(college, 'teacher'), at(ecole, 'head')]],
      [false, 'who administers both', [], [at(college, 'administrator'), at(ecole, 'administrator')]],
      [true, 'head there, from who runs both', [at(ecole, 'head')], [at(college, 'guardian'), at(ecole, 'head')]],
    ])('is %s for %s', async (allowed, _, more, roles) => {
      const id = personId('test', JSON.stringify(roles))
      const nadia = { ...keyOf(directoryPatterns.person, { person: s.idOf('nadia') }), ...s.people.nadia }
      await s.write([
        { ...s.people.tom, ...keyOf(directoryPatterns.person, { person: id }), id, roles },
        { ...nadia, roles: [...(s.people.nadia?.roles ?? []), ...more] },
      ])
      const reply = await s.ask('issueCodes', 'nadia', { params: { uai: college }, body: { people: [id] } })
      await s.write([nadia])
      expect(reply.status).toBe(allowed ? 200 : 403)
      expect((await s.platform.table.get(accountPatterns.account, { person: id }))?.codeHash !== undefined).toBe(
        allowed,
      )
    })
  })

  it('gives thirty codes in one transaction', async () => {
    const many = Array.from({ length: 30 }, (_, place) => {
      const id = personId('test', `pupil ${place}`)
      return {
        ...s.people.lea,
        ...keyOf(directoryPatterns.person, { person: id }),
        id,
        givenName: 'Lou',
        familyName: 'Blanc',
      }
    })
    await s.write(many)
    const body = { people: many.map(one => one.id) }
    const reply = await s.ask('issueCodes', 'anne', { params: { uai: college }, body })
    expect(reply.status).toBe(200)
    const logins = reply.body.items.map((one: { login: string }) => one.login)
    expect(new Set(logins).size).toBe(30)
    expect(logins).toContain('lou.blanc30')
  })

  it('logs neither names nor codes', async () => {
    const [given] = (await accepted(s.issue('nadia', ['remi']))).body.items
    const logged = JSON.stringify(s.platform.lines)
    expect(logged).not.toContain(given.code)
    expect(logged).not.toMatch(/Blanc|remi/)
  })
})
