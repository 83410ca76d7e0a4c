import { BatchWriteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryHandler } from '../../../functions/directory/routes.ts'
import { patterns } from '../../../functions/platform/patterns.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { personId } from '../../../shared/directory/identity.ts'
import { directoryKeys } from '../../../shared/directory/items.ts'
import { day } from '../../../shared/kernel/dates.ts'
import { codeHash } from '../../../shared/session/code.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { type Clock, type TestPlatform, testPlatform } from '../../support/platform.ts'
import { college, ecole, groups, type School, seedSchool } from '../../support/school.ts'

let database: Database
let platform: TestPlatform
let school: School
let handler: ReturnType<typeof directoryHandler>
const clock: Clock = { now: new Date('2026-03-16T07:00:00.000Z') }
beforeAll(async () => {
  database = await startDynamoDb()
  platform = await testPlatform(database, clock)
  school = await seedSchool(database, clock.now)
  handler = directoryHandler(platform)
})
afterAll(() => database.close())

type Routes = typeof directoryContract.routes
const ask = (name: keyof Routes, who: string, options: Omit<CallOptions, 'as'> = {}) =>
  call(handler, platform, directoryContract.routes[name], { ...options, as: school.callers[who] })
const idOf = (name: string): string => {
  const person = school.people[name]
  if (!person) throw new Error(`nobody is called ${name} here`)
  return person.id
}
const names = (reply: { body: { items: { givenName: string; familyName: string }[] } }) =>
  reply.body.items.map(one => `${one.givenName} ${one.familyName}`)
const issue = (who: string, whom: string[], more: { key?: string; uai?: string } = {}) =>
  ask('issueCodes', who, {
    params: { uai: more.uai ?? college },
    body: { people: whom.map(idOf) },
    ...(more.key && { key: more.key }),
  })

describe('people()', () => {
  const search = (query: Record<string, string>) => ask('people', 'nadia', { params: { uai: college }, query })

  it('finds by the beginning of either name, without accents, each person once', async () => {
    expect(names(await search({ search: 'mar' }))).toEqual(['Marc Élan', 'Karim Martin', 'Léa Martin'])
    expect(names(await search({ search: 'LEA m' }))).toEqual(['Léa Martin'])
    expect(names(await search({ search: 'élan' }))).toEqual(['Marc Élan'])
    expect(names(await search({ search: '--' }))).toEqual([])
  })

  it('shows once who is called alike by both names', async () => {
    const row = {
      person: personId('test', 'martine'),
      givenName: 'Martine',
      familyName: 'Martin',
      role: 'staff',
      classes: [],
    }
    const keys = ['martin martine', 'martine martin'].map(name => directoryKeys.schoolSearch(ecole, name, row.person))
    await write(keys.map(key => ({ ...key, ...row })))
    const reply = await ask('people', 'denise', { params: { uai: ecole }, query: { search: 'martin' } })
    expect(names(reply).filter(name => name === 'Martine Martin')).toHaveLength(1)
  })

  it('lists a role by name, pupils unless told otherwise, with classes and account', async () => {
    expect(names(await search({}))).toEqual(['Léa Martin', 'Tom Petit'])
    const guardians = await search({ role: 'guardian' })
    expect(names(guardians)).toEqual(['Sophie Bernard', 'Karim Martin', 'Inès Petit'])
    expect(guardians.body.items[2]).toEqual({
      id: idOf('ines'),
      givenName: 'Inès',
      familyName: 'Petit',
      role: 'guardian',
      classes: [{ id: groups.sixB.id, name: '6e B' }],
      account: 'none',
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
    await write([{ ...directoryKeys.schoolMember(college, 'suspended', 'kern yann', row.person), ...row }])
    expect((await search({ role: 'suspended' })).body.items).toEqual([
      expect.objectContaining({ id: row.person, account: 'suspended' }),
    ])
  })

  it('pages through a role without missing anyone', async () => {
    const rows = Array.from({ length: 120 }, (_, place) => {
      const person = personId('test', `staff ${place}`)
      const row = { person, givenName: 'Ali', familyName: `Nom ${place}`, role: 'staff', classes: [] }
      return { ...directoryKeys.schoolMember(ecole, 'staff', `nom ${place} ali`, person), ...row }
    })
    await write(rows)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const query = { role: 'staff', ...(cursor && { cursor }) }
      const page = await ask('people', 'denise', { params: { uai: ecole }, query })
      seen.push(...page.body.items.map((one: { id: string }) => one.id))
      cursor = page.body.next
    } while (cursor)
    expect(new Set(seen).size).toBe(120)
    expect(seen).toHaveLength(120)
  })

  it('is for the school’s own administrator and head', async () => {
    const status = async (who: string, uai: string) => (await ask('people', who, { params: { uai } })).status
    expect(await status('marc', college)).toBe(200)
    expect(await status('marc', ecole)).toBe(403)
    expect(await status('anne', college)).toBe(403)
    expect(await status('sophie', college)).toBe(403)
  })
})

describe('members()', () => {
  const members = (who: string, group: string, role: string) =>
    ask('members', who, { params: { group }, query: { role } })

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
    const reply = await ask('groups', 'anne', { params: { uai: college } })
    expect(reply.body.items.map((one: { name: string }) => one.name).sort()).toEqual(['6e A', '6e B'])
    expect((await ask('groups', 'anne', { params: { uai: ecole } })).status).toBe(403)
  })
})

describe('issueCodes()', () => {
  it('gives a login and a code, stored hashed, and lists the account as waiting', async () => {
    const reply = await issue('nadia', ['lea', 'sophie'])
    expect(reply.status).toBe(200)
    const [lea, sophie] = reply.body.items
    expect(lea).toMatchObject({ person: idOf('lea'), login: 'lea.martin', className: '6e A' })
    expect(sophie).toMatchObject({ login: 'sophie.bernard', className: '6e A' })
    expect(lea.code).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/)
    const account = await platform.table.get(patterns.account, [idOf('lea')], { consistent: true })
    expect(account?.codeHash).toBe(codeHash(idOf('lea'), lea.code))
    expect(JSON.stringify(account)).not.toContain(lea.code)
    expect((await platform.table.get(patterns.login, ['lea.martin']))?.person).toBe(idOf('lea'))
    const listed = await ask('people', 'nadia', { params: { uai: college }, query: { search: 'lea' } })
    expect(listed.body.items[0]).toMatchObject({ account: 'code', login: 'lea.martin' })
  })

  it('answers a repeat, also a concurrent one, with the same codes', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => issue('nadia', ['tom', 'ines'], { key: 'codes-of-one-sheet' })),
    )
    const third = await issue('nadia', ['tom', 'ines'], { key: 'codes-of-one-sheet' })
    expect(second?.body).toEqual(first?.body)
    expect(third.body).toEqual(first?.body)
    expect(third.body.items).toHaveLength(2)
    const answer = await platform.table.get(patterns.answer, [idOf('nadia'), 'codes-of-one-sheet'])
    expect(answer).not.toHaveProperty('reply')
  })

  it('replaces the code given before, and keeps the login', async () => {
    const [before] = (await issue('marc', ['karim'])).body.items
    const [after] = (await issue('nadia', ['karim'])).body.items
    expect(after.login).toBe(before.login)
    expect(after.code).not.toBe(before.code)
    const account = await platform.table.get(patterns.account, [idOf('karim')], { consistent: true })
    expect(account?.codeHash).toBe(codeHash(idOf('karim'), after.code))
  })

  it('numbers a login that is taken, also within one request', async () => {
    const twins = ['one', 'two'].map(twin => ({
      ...school.people.tom,
      ...directoryKeys.person(personId('test', twin)),
      id: personId('test', twin),
      givenName: 'Marc',
      familyName: 'Élan',
    }))
    await write(twins)
    await issue('nadia', ['marc'])
    const people = twins.map(twin => twin.id)
    const reply = await ask('issueCodes', 'nadia', { params: { uai: college }, body: { people } })
    expect(reply.body.items.map((one: { login: string }) => one.login)).toEqual(['marc.elan2', 'marc.elan3'])
  })

  it('lets a code expire', async () => {
    const start = clock.now
    const soon = new Date(start.getTime() + 61 * day * 1000)
    await issue('nadia', ['paul'])
    clock.now = soon
    const reply = await ask('members', 'claire', { params: { group: groups.sixB.id }, query: { role: 'teacher' } })
    expect(reply.body.items[0].account).toBe('expired')
    clock.now = start
  })

  it('keeps an active account active, with its password, until the new code is used', async () => {
    await issue('nadia', ['claire'])
    const documents = DynamoDBDocumentClient.from(database.client)
    const Key = patterns.account.key(idOf('claire'))
    const set = { UpdateExpression: 'SET password = :p', ExpressionAttributeValues: { ':p': 'scrypt$1$1$1$a$b' } }
    await documents.send(new UpdateCommand({ TableName: database.table, Key, ...set }))
    await issue('nadia', ['claire'])
    expect((await platform.table.get(patterns.account, [idOf('claire')]))?.password).toBe('scrypt$1$1$1$a$b')
    const listed = await ask('people', 'nadia', { params: { uai: college }, query: { role: 'pupil-life' } })
    expect(listed.body.items[0].account).toBe('active')
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
    const before = await Promise.all(whom.map(one => platform.table.get(patterns.account, [idOf(one)])))
    const reply = await issue(who, whom)
    expect(reply.status).toBe(status)
    const after = await Promise.all(whom.map(one => platform.table.get(patterns.account, [idOf(one)])))
    if (status === 403) expect(after).toEqual(before)
  })

  it('gives thirty codes in one transaction', async () => {
    const many = Array.from({ length: 30 }, (_, place) => {
      const id = personId('test', `pupil ${place}`)
      return { ...school.people.lea, ...directoryKeys.person(id), id, givenName: 'Lou', familyName: 'Blanc' }
    })
    await write(many)
    const body = { people: many.map(one => one.id) }
    const reply = await ask('issueCodes', 'anne', { params: { uai: college }, body })
    expect(reply.status).toBe(200)
    const logins = reply.body.items.map((one: { login: string }) => one.login)
    expect(new Set(logins).size).toBe(30)
    expect(logins).toContain('lou.blanc30')
  })

  it('logs neither names nor codes', async () => {
    const [given] = (await issue('nadia', ['remi'])).body.items
    const logged = JSON.stringify(platform.lines)
    expect(logged).not.toContain(given.code)
    expect(logged).not.toMatch(/Blanc|remi/)
  })
})

const write = async (items: object[]) => {
  const documents = DynamoDBDocumentClient.from(database.client)
  for (let at = 0; at < items.length; at += 25) {
    const requests = items.slice(at, at + 25).map(Item => ({ PutRequest: { Item: Item as Record<string, unknown> } }))
    await documents.send(new BatchWriteCommand({ RequestItems: { [database.table]: requests } }))
  }
}
