import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { schoolCodesAccess } from '../../../functions/directory/access.ts'
import type { PersonItem } from '../../../functions/directory/audiences.ts'
import { type Handed, issueSchoolCodes } from '../../../functions/directory/codes/of-school.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { codeHash, codeLifetime } from '../../../functions/session/accounts.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import { passwordContract } from '../../../shared/session/contract.ts'
import { aaf, delivery, named, source, teacher, uai } from '../../functions/directory/import/aaf-feed.ts'
import { type Fixture, openFixture } from '../../functions/directory/import/fixture.ts'
import { openWire } from '../../functions/directory/import/wire.ts'
import { call } from '../../support/call.ts'
import { testPlatform } from '../../support/platform.ts'
import { rowsOf } from './codes/rows.ts'
import { command, type Ended } from './command.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(async () => {
  await fixture.empty()
  await fixture.import(delivery(4))
})
afterAll(() => fixture.close())

const run = (...args: string[]): Promise<Ended> =>
  command([...args, '--table', fixture.database.table, '--endpoint', fixture.database.endpoint], {
    cwd: fixture.folder,
  })

const issue = (missing = false): Promise<Handed[]> =>
  issueSchoolCodes(openTable(fixture.database.table, schoolCodesAccess, fixture.now, fixture.database.client), {
    school: uai,
    missing,
    now: fixture.clock.now,
  })

const personOf = async (key: string) =>
  (await fixture.everything()).get(`P#${personId(source, key)}|PERSON`) as PersonItem | undefined

/** Activates with each of the codes, one after another, and gives the states of the replies. */
const activate = async (...codes: (Handed['code'] | undefined)[]): Promise<number[]> => {
  const platform = await testPlatform(fixture.database, fixture.clock)
  const states: number[] = []
  for (const code of codes) {
    const body = { login: code?.login, code: code?.code, password: 'trois poules sur un mur', personalDevice: false }
    states.push((await call(passwordHandler(platform), platform, passwordContract.routes.activate, { body })).status)
  }
  return states
}

describe('npm run directory -- codes', () => {
  test('gives everybody a code, in a table and on strips for their owner alone', async () => {
    const { status, out, error } = await run(
      'codes',
      '--school',
      uai,
      '--out',
      'sheets',
      '--address',
      'https://v.example',
    )
    expect({ status, error }).toEqual({ status: 0, error: '' })
    const [csv = '', html = '', said] = out.split('\n')
    expect(said).toMatch(/^Codes for 7 people of Collège des Saules, each good once, within 60 days/)
    for (const file of [csv, html]) expect((await stat(join(fixture.folder, file))).mode & 0o777).toBe(0o600)
    const [head = [], ...lines] = rowsOf(await readFile(join(fixture.folder, csv), 'utf8'))
    const rows = lines.map(line => Object.fromEntries(head.map((name, place) => [name, line[place]])))
    expect(rows.map(row => row.Profil)).toEqual([
      ...Array(4).fill('Élève'),
      ...Array(2).fill('Responsable légal'),
      'Professeur',
    ])
    expect(rows[0]).toMatchObject({ Classe: '6e A', Nom: 'Élève 100', Prénom: 'Zoé' })
    expect(new Set(rows.map(row => row.Identifiant)).size).toBe(7)
    const page = await readFile(join(fixture.folder, html), 'utf8')
    for (const { Identifiant, Code } of rows) {
      expect(Code).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/)
      for (const text of [Identifiant, Code]) expect(page).toContain(`<dd>${text}</dd>`)
    }
    expect(page.match(/<section>/g)).toHaveLength(7)
    expect(page.match(/Sur <b>v\.example<\/b>/g)).toHaveLength(7)
  })

  test('gives none, and says why, where it cannot write them down or there is no such school', async () => {
    await issue()
    const before = await fixture.everything()
    await writeFile(join(fixture.folder, 'taken'), '')
    const ends = await Promise.all([
      run('codes', '--school', uai, '--out', 'taken'),
      run('codes', '--school', '0000000Z', '--out', 'sheets'),
    ])
    expect(ends.map(({ status, out }) => ({ status, out }))).toEqual(Array(2).fill({ status: 1, out: '' }))
    expect(ends[0]?.error).toMatch(/^taken cannot be used \(EEXIST\)\n$/)
    expect(ends[1]?.error).toBe('there is no school 0000000Z in this territory\n')
    expect(await fixture.everything()).toEqual(before)
  })

  test('stopped halfway writes down all that anybody holds, and with --missing gives the others theirs', async ({
    signal,
  }) => {
    await fixture.import(delivery(40))
    const wire = await openWire(fixture.database.endpoint)
    const codesOf = async (ended: Ended) => {
      const [csv = ''] = ended.out.split('\n')
      return rowsOf(await readFile(join(fixture.folder, csv), 'utf8')).slice(1)
    }
    const onWire = ['codes', '--school', uai, '--language', 'en', '--table', fixture.database.table]
    try {
      // Of 61 people in three transactions the second is done, and its answer never comes.
      wire.expect({ write: 2, after: true, cut: () => {} })
      const options = { cwd: fixture.folder, signal }
      const stopped = await command([...onWire, '--out', 'halfway', '--endpoint', wire.endpoint], options)
      expect(stopped.status).toBe(1)
      expect(stopped.error).toMatch(
        /^giving codes stopped \(\w+\): both files hold those of 50 people, and the same command with --missing gives the other 11 theirs\n$/,
      )
      wire.expect()
      const rest = await command([...onWire, '--missing', '--out', 'rest', '--endpoint', wire.endpoint], options)
      expect(rest).toMatchObject({ status: 0, error: '' })
      const rows = [...(await codesOf(stopped)), ...(await codesOf(rest))]
      expect(new Set(rows.map(([, , , , login]) => login)).size).toBe(61)
      const hashes = new Map(
        [...(await fixture.everything()).values()].flatMap(item => (item.codeHash ? [[item.login, item]] : [])),
      )
      for (const [, , , , login = '', code = ''] of rows)
        expect(hashes.get(login)?.codeHash).toBe(codeHash(String(hashes.get(login)?.person), code))
      expect(rows[0]?.slice(0, 2)).toEqual(['Pupil', '6e A'])
    } finally {
      await wire.close()
    }
  })

  test('with --missing says that nobody waits, once everybody holds a code', async () => {
    expect(await run('codes', '--school', uai, '--out', 'all')).toMatchObject({ status: 0, error: '' })
    const before = await fixture.everything()
    const { status, out } = await run('codes', '--school', uai, '--missing', '--out', 'none')
    expect({ status, out }).toEqual({ status: 0, out: 'Nobody in Collège des Saules waits for a code.\n' })
    expect(await readdir(join(fixture.folder, 'none'))).toEqual([])
    expect(await fixture.everything()).toEqual(before)
  })
})

describe('issueSchoolCodes()', () => {
  test('gives codes that open an account once', async () => {
    const [first] = await issue()
    expect(await activate(first?.code, first?.code)).toEqual([201, 409])
  })

  test('gives codes that end', async () => {
    const [first, second] = await issue()
    const begun = fixture.clock.now
    try {
      fixture.clock.now = new Date(begun.getTime() + (codeLifetime - 1) * 1000)
      expect(await activate(first?.code)).toEqual([201])
      fixture.clock.now = new Date(begun.getTime() + codeLifetime * 1000)
      expect(await activate(second?.code)).toEqual([401])
    } finally {
      fixture.clock.now = begun
    }
  })

  test('again ends the codes given before, and leaves those alone who are active', async () => {
    const [first, second] = await issue()
    expect(await activate(first?.code)).toEqual([201])
    const again = await issue()
    expect(again).toHaveLength(6)
    const renewed = again.find(({ code }) => code.person === second?.code.person)
    expect(renewed?.code.login).toBe(second?.code.login)
    expect(await activate(second?.code, renewed?.code)).toEqual([401, 201])
  })

  test('with missing leaves out who holds a good code, and not one whose code has ended or who is new', async () => {
    expect(await issue()).toHaveLength(7)
    expect(await issue(true)).toEqual([])
    await fixture.import(delivery(6))
    expect((await issue(true)).map(({ code }) => code.familyName)).toEqual(['Élève 104', 'Élève 105', 'Parent 502'])
    const begun = fixture.clock.now
    fixture.clock.now = new Date(begun.getTime() + codeLifetime * 1000)
    expect(await issue(true)).toHaveLength(10)
    fixture.clock.now = begun
  })

  test('keeps nothing in the table from which a code could be read', async () => {
    const codes = (await issue()).map(({ code }) => code.code)
    const stored = JSON.stringify([...(await fixture.everything()).values()]).toLowerCase()
    for (const code of codes) {
      const plain = code.replaceAll('-', '')
      for (const bytes of [code, plain, [...plain].reverse().join('')]) {
        expect(stored).not.toContain(bytes)
        for (const encoding of ['base64', 'base64url', 'hex'] as const)
          expect(stored).not.toContain(Buffer.from(bytes).toString(encoding).toLowerCase().replace(/=+$/, ''))
      }
    }
    const hashes = [...stored.matchAll(/"codehash":"([^"]+)"/g)].map(([, hash]) => hash)
    expect(hashes).toHaveLength(codes.length)
    // 256 bits, each another: a hash, and salted.
    for (const hash of hashes) expect(hash).toMatch(/^[\w-]{43}$/)
  })
})

describe('npm run directory -- administrator', () => {
  const roles = async (key: string) => (await personOf(key))?.roles.map(({ role }) => role)

  test('appoints by key or login, for good, and ends it', async () => {
    const appointed = await run('administrator', '--school', uai, '--person', '900')
    expect(appointed).toMatchObject({ status: 0, error: '', out: `Anne Prof 900 now administers ${uai}\n` })
    expect(await roles('900')).toEqual(['teacher', 'administrator'])
    expect(await fixture.import(delivery(4))).toMatchObject({ written: 0 })
    const login = (await issue()).find(({ role }) => role === 'teacher')?.code.login ?? ''
    const ended = await run('administrator', '--school', uai, '--person', login.toUpperCase(), '--end')
    expect(ended).toMatchObject({ status: 0, out: `Anne Prof 900 no longer administers ${uai}\n` })
    expect(await roles('900')).toEqual(['teacher'])
  })

  test('refuses who is unknown or does not work there', async () => {
    const before = await fixture.everything()
    const ends = await Promise.all([
      run('administrator', '--school', uai, '--person', 'nobody'),
      run('administrator', '--school', uai, '--person', '100'),
      run('administrator', '--school', '0000000Z', '--person', '900'),
    ])
    expect(ends.map(({ status, error }) => ({ status, error }))).toEqual([
      { status: 1, error: 'nobody in this territory has the login or key nobody\n' },
      { status: 1, error: `Zoé Élève 100 does not work in the school ${uai}\n` },
      { status: 1, error: 'there is no school 0000000Z in this territory\n' },
    ])
    expect(await fixture.everything()).toEqual(before)
  })
})

describe('npm run directory -- territory-role', () => {
  const grant = (role: string, person: string, ...more: string[]) =>
    run('territory-role', '--person', person, '--role', role, ...more)

  /** The login of the teacher of the feed. */
  const loginOfTeacher = async () => (await issue()).find(({ role }) => role === 'teacher')?.code.login ?? ''

  test('grants a role by login, which outlives feeds and renews sessions, and ends it', async () => {
    const login = await loginOfTeacher()
    const before = await personOf('900')
    const granted = await grant('operator', login)
    expect(granted).toMatchObject({
      status: 0,
      error: '',
      out: 'Anne Prof 900 now has the role operator in the territory\n',
    })
    const operator = await personOf('900')
    expect(operator).toMatchObject({ territoryRoles: ['operator'], roles: before?.roles })
    expect(operator?.access).not.toBe(before?.access)
    expect(await fixture.import(delivery(4))).toMatchObject({ written: 0 })
    const renamed = { ...delivery(4), [named('PersEducNat')]: aaf([teacher('900', { givenName: 'Annie' })]) }
    await fixture.import(renamed)
    expect(await personOf('900')).toMatchObject({ givenName: 'Annie', territoryRoles: ['operator'] })
    await fixture.import(delivery(4))

    expect(await grant('authority', login)).toMatchObject({ status: 0 })
    expect((await personOf('900'))?.territoryRoles).toEqual(['authority', 'operator'])
    expect(await grant('authority', login, '--end')).toMatchObject({ status: 0 })
    const ended = await grant('operator', login.toUpperCase(), '--end')
    expect(ended.out).toBe('Anne Prof 900 no longer has the role operator in the territory\n')
    expect(await personOf('900')).toEqual(before)
    expect([...(await fixture.everything()).keys()].filter(key => key.startsWith('TERRITORY|GRANT'))).toEqual([])
  })

  test('is gone while its person has left, and there again once they are back', async () => {
    await grant('operator', await loginOfTeacher())
    const operator = await personOf('900')
    await fixture.import({ ...delivery(4), [named('PersEducNat')]: aaf([teacher('901')]) }, { confirm: true })
    const left = await personOf('900')
    expect(left?.status).toBe('suspended')
    expect(left?.territoryRoles).toBeUndefined()
    await fixture.import(delivery(4), { confirm: true })
    expect(await personOf('900')).toEqual(operator)
  })

  test('refuses who is unknown, a pupil, a guardian and one who left', async () => {
    const codes = await issue()
    const loginOf = (as: Handed['role']) => codes.find(({ role }) => role === as)?.code.login ?? ''
    await fixture.import({ ...delivery(4), [named('PersEducNat')]: aaf([teacher('901')]) }, { confirm: true })
    const before = await fixture.everything()
    const ends = await Promise.all(
      ['nobody', loginOf('pupil'), loginOf('guardian'), loginOf('teacher')].map(login => grant('operator', login)),
    )
    const noStaff = 'works in no school of this territory: a pupil or guardian has no such role'
    expect(ends.map(({ status, error }) => ({ status, error }))).toEqual([
      { status: 1, error: 'nobody in this territory has the login nobody\n' },
      { status: 1, error: `Zoé Élève 100 ${noStaff}\n` },
      { status: 1, error: `Noé Parent 500 ${noStaff}\n` },
      { status: 1, error: 'Anne Prof 900 has left the schools of this territory\n' },
    ])
    expect(await fixture.everything()).toEqual(before)
  })
})
