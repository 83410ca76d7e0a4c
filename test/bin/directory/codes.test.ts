import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { schoolCodesAccess } from '../../../functions/directory/access.ts'
import type { PersonItem } from '../../../functions/directory/audiences.ts'
import { issueSchoolCodes, waitingIn } from '../../../functions/directory/codes/of-school.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { codeHash, codeLifetime } from '../../../functions/session/accounts.ts'
import { factorPatterns } from '../../../functions/session/factor-patterns.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { aaf, delivery, named, source, teacher, uai } from '../../functions/directory/import/aaf-feed.ts'
import { openWire } from '../../functions/directory/import/wire.ts'
import { call } from '../../support/call.ts'
import { openItems } from '../../support/items.ts'
import { nothingLeaked } from '../../support/leaked.ts'
import { testPlatform } from '../../support/platform.ts'
import { rowsOf } from './codes/rows.ts'
import { command, type Ended, startCommand } from './command.ts'
import { withSchool } from './with-school.ts'

const { fixture, run, issue } = withSchool()

/** `codes` of the school, with the address that its sheets tell. */
const codes = (out: string, ...more: string[]): Promise<Ended> =>
  run('codes', '--school', uai, '--out', out, '--address', 'https://v.example', ...more)

/** The CSV a command says it wrote, a row an object. */
const csvOf = async ({ out }: Ended): Promise<Record<string, string | undefined>[]> => {
  const [csv = ''] = out.split('\n')
  const [head = [], ...lines] = rowsOf(await readFile(join(fixture().folder, csv), 'utf8'))
  return lines.map(line => Object.fromEntries(head.map((name, place) => [name, line[place]])))
}

/** Whose codes of a CSV are those that are stored. */
const working = async (rows: readonly Record<string, string | undefined>[]): Promise<number> => {
  const stored = new Map(
    [...(await fixture().everything()).values()].flatMap(item => (item.codeHash ? [[item.login, item] as const] : [])),
  )
  return rows.filter(({ Identifiant, Code = '' }) => {
    const account = stored.get(Identifiant)
    return account?.codeHash === codeHash(String(account?.person), Code)
  }).length
}

const personOf = async (key: string) =>
  (await fixture().everything()).get(`P#${personId(source, key)}|PERSON`) as PersonItem | undefined

/** Activates with each of the codes, one after another, and gives the states of the replies. */
const activate = async (...given: (IssuedCode | undefined)[]): Promise<number[]> => {
  const platform = await testPlatform(fixture().database, fixture().clock)
  const states: number[] = []
  for (const code of given) {
    const body = { login: code?.login, code: code?.code, password: 'trois poules sur un mur', personalDevice: false }
    states.push(
      (await call(passwordHandler(platform, nothingLeaked), platform, passwordContract.routes.activate, { body }))
        .status,
    )
  }
  return states
}

describe('npm run directory -- codes', () => {
  test('gives everybody a code, in a table and on strips for their owner alone', async () => {
    const ended = await codes('sheets')
    expect(ended).toMatchObject({ status: 0, error: '' })
    const [csv = '', html = '', said] = ended.out.split('\n')
    expect(said).toMatch(/^Codes for 7 people of Collège des Saules, each good once, within 60 days/)
    expect((await readdir(join(fixture().folder, 'sheets'))).length).toBe(2)
    for (const file of [csv, html]) expect((await stat(join(fixture().folder, file))).mode & 0o777).toBe(0o600)
    const rows = await csvOf(ended)
    expect(rows.map(row => row.Profil)).toEqual([
      ...Array(4).fill('Élève'),
      ...Array(2).fill('Responsable légal'),
      'Professeur',
    ])
    expect(rows[0]).toMatchObject({
      Classe: '6e A',
      Nom: 'Élève 100',
      Prénom: 'Zoé',
      Établissement: 'Collège des Saules',
    })
    expect(rows[4]?.Enfants).toBe('ÉLÈVE 100 Zoé (6e A), ÉLÈVE 101 Zoé (6e A)')
    expect(new Set(rows.map(row => row.Identifiant)).size).toBe(7)
    expect(await working(rows)).toBe(7)
    const page = await readFile(join(fixture().folder, html), 'utf8')
    for (const { Identifiant, Code = '', Adresse } of rows) {
      expect(Code).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/)
      expect(Adresse).toBe(`https://v.example/activate#login=${Identifiant}`)
      for (const text of [Identifiant, Code.replaceAll('-', ' ')]) expect(page).toContain(`>${text}</dd>`)
    }
    expect(page.match(/<section>/g)).toHaveLength(7)
    expect(page.match(/Allez sur <b>v\.example<\/b>/g)).toHaveLength(7)
  })

  test('gives none, and says why, where it cannot write them down, knows no address or no such school', async () => {
    await issue()
    const before = await fixture().everything()
    await writeFile(join(fixture().folder, 'taken'), '')
    const ends = await Promise.all([
      codes('taken'),
      run('codes', '--school', '0000000Z', '--out', 'sheets', '--address', 'v.example'),
      run('codes', '--school', uai, '--out', 'sheets'),
      run('codes', '--school', uai, '--out', 'sheets', '--territory', 'nowhere'),
      run('codes', '--school', uai, '--out', 'sheets', '--address', 'not an address'),
    ])
    expect(ends.map(({ status, out }) => ({ status, out }))).toEqual(Array(5).fill({ status: 1, out: '' }))
    expect(ends.map(({ error }) => error)).toEqual([
      expect.stringMatching(/^taken cannot be used \(EEXIST\)\n$/),
      'there is no school 0000000Z in this territory\n',
      expect.stringMatching(/^say where people open Préau.*--address/),
      expect.stringMatching(/^there is no territory "nowhere"/),
      expect.stringMatching(/^"not an address" is no address/),
    ])
    expect(await fixture().everything()).toEqual(before)
  })

  test('a second time leaves every sheet good, and gives codes to those who came', async () => {
    const first = await csvOf(await codes('first'))
    const before = await fixture().everything()
    const { status, out } = await codes('none')
    expect({ status, out }).toEqual({
      status: 0,
      out: 'Nobody in Collège des Saules waits for a code. 7 hold one that is still good (--renew).\n',
    })
    expect(await readdir(join(fixture().folder, 'none'))).toEqual([])
    expect(await fixture().everything()).toEqual(before)
    await fixture().import(delivery(6))
    const second = await codes('second')
    expect(second.out).toContain('Codes for 3 people')
    expect(await working([...first, ...(await csvOf(second))])).toBe(10)
  })

  test('with --renew says how many sheets it makes void, and does so only with --yes where nobody can answer', async () => {
    const first = await csvOf(await codes('first'))
    const before = await fixture().everything()
    const asked = await codes('asked', '--renew')
    expect(asked).toMatchObject({ status: 1, out: '' })
    expect(asked.error).toBe(
      '--renew makes 7 sheets of Collège des Saules void that are still good: say --yes as well if that is meant. No code has changed\n',
    )
    expect(await fixture().everything()).toEqual(before)
    const renewed = await codes('renewed', '--renew', '--yes')
    expect(renewed).toMatchObject({ status: 0, error: '' })
    const second = await csvOf(renewed)
    expect(second.map(row => row.Identifiant)).toEqual(first.map(row => row.Identifiant))
    expect([await working(first), await working(second)]).toEqual([0, 7])
  })

  test.each([
    ['before the second part is stored', { write: 2, after: false }, 25],
    ['after the second part is stored', { write: 2, after: true }, 50],
  ])('killed %s, loses no code: the same command goes on', async (_, at, stored) => {
    await fixture().import(delivery(40))
    const wire = await openWire(fixture().database.endpoint)
    const out = `killed-${stored}`
    const args = ['codes', '--school', uai, '--address', 'v.example', '--table', fixture().database.table, '--out', out]
    try {
      const running = startCommand([...args, '--endpoint', wire.endpoint], { cwd: fixture().folder })
      // Of 61 people in three transactions.
      wire.expect({ ...at, cut: running.kill })
      expect((await running.ended).status).toBeNull()
      const held = [...(await fixture().everything()).values()].flatMap(item => (item.codeHash ? [item.codeHash] : []))
      expect(held).toHaveLength(stored)
      const folder = join(fixture().folder, out)
      expect(await readdir(folder)).toEqual([`codes-${uai}.unfinished`])
      expect((await stat(join(folder, `codes-${uai}.unfinished`))).mode & 0o777).toBe(0o600)
      const rest = await run(...args.slice(0, 5), '--out', out)
      expect(rest).toMatchObject({ status: 0, error: '' })
      const rows = await csvOf(rest)
      expect([rows.length, new Set(rows.map(row => row.Identifiant)).size, await working(rows)]).toEqual([61, 61, 61])
      // What was stored before the kill still is: no sheet is void.
      const now = new Set([...(await fixture().everything()).values()].map(item => item.codeHash))
      expect(held.filter(hash => !now.has(hash))).toEqual([])
      expect((await readdir(folder)).filter(name => name.endsWith('.unfinished'))).toEqual([])
    } finally {
      await wire.close()
    }
  })

  test('stopped halfway says so, and the same command goes on', async ({ signal }) => {
    await fixture().import(delivery(40))
    const wire = await openWire(fixture().database.endpoint)
    const onWire = [
      'codes',
      '--school',
      uai,
      '--address',
      'v.example',
      '--table',
      fixture().database.table,
      '--out',
      'half',
    ]
    const options = { cwd: fixture().folder, signal }
    try {
      // The second transaction is done, and its answer never comes.
      wire.expect({ write: 2, after: true, cut: () => {} })
      const stopped = await command([...onWire, '--endpoint', wire.endpoint], options)
      expect(stopped).toMatchObject({ status: 1, out: '' })
      expect(stopped.error).toMatch(
        /^giving codes stopped \(\w+\): 25 of 61 people have theirs, noted in half\/codes-\w+\.unfinished\. The same command goes on from there\n$/,
      )
      wire.expect()
      // A line of notes that was not written to its end.
      await appendFile(join(fixture().folder, 'half', `codes-${uai}.unfinished`), '[{"person":"x')
      const rest = await command([...onWire, '--renew', '--endpoint', wire.endpoint], options)
      expect(rest).toMatchObject({ status: 0, error: '' })
      const rows = await csvOf(rest)
      expect([rows.length, await working(rows)]).toEqual([61, 61])
    } finally {
      await wire.close()
    }
  })
})

describe('issueSchoolCodes()', () => {
  test('gives codes that open an account once', async () => {
    const [first] = await issue()
    expect(await activate(first, first)).toEqual([201, 409])
  })

  test('gives codes that end', async () => {
    const [first, second] = await issue()
    const begun = fixture().clock.now
    try {
      fixture().clock.now = new Date(begun.getTime() + (codeLifetime - 1) * 1000)
      expect(await activate(first)).toEqual([201])
      fixture().clock.now = new Date(begun.getTime() + codeLifetime * 1000)
      expect(await activate(second)).toEqual([401])
    } finally {
      fixture().clock.now = begun
    }
  })

  test('with renew ends the codes given before, and leaves those alone who are active', async () => {
    const [first, second] = await issue()
    expect(await activate(first)).toEqual([201])
    const again = await issue(true)
    expect(again).toHaveLength(6)
    const renewed = again.find(code => code.person === second?.person)
    expect(renewed?.login).toBe(second?.login)
    expect(await activate(second, renewed)).toEqual([401, 201])
  })

  test('leaves out who holds a good code, and not one whose code has ended or who is new', async () => {
    expect(await issue()).toHaveLength(7)
    expect(await issue()).toEqual([])
    await fixture().import(delivery(6))
    expect((await issue()).map(code => code.familyName)).toEqual(['Élève 104', 'Élève 105', 'Parent 502'])
    const begun = fixture().clock.now
    fixture().clock.now = new Date(begun.getTime() + codeLifetime * 1000)
    expect(await issue()).toHaveLength(10)
    fixture().clock.now = begun
  })

  test('leaves a code alone that was given while it looked who waits', async () => {
    const table = openTable(fixture().database.table, schoolCodesAccess, fixture().now, fixture().database.client)
    const now = fixture().clock.now
    const waiting = await waitingIn(table, uai, [], now)
    const printed = await issue()
    expect(await issueSchoolCodes(table, waiting, { school: uai, now, renew: false, note: async () => {} })).toEqual([])
    expect(await activate(...printed)).toEqual(Array(7).fill(201))
  })

  test('keeps nothing in the table from which a code could be read', async () => {
    const given = (await issue()).map(({ code }) => code)
    const stored = JSON.stringify([...(await fixture().everything()).values()]).toLowerCase()
    for (const code of given) {
      const plain = code.replaceAll('-', '')
      for (const bytes of [code, plain, [...plain].reverse().join('')]) {
        expect(stored).not.toContain(bytes)
        for (const encoding of ['base64', 'base64url', 'hex'] as const)
          expect(stored).not.toContain(Buffer.from(bytes).toString(encoding).toLowerCase().replace(/=+$/, ''))
      }
    }
    const hashes = [...stored.matchAll(/"codehash":"([^"]+)"/g)].map(([, hash]) => hash)
    expect(hashes).toHaveLength(given.length)
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
    expect(await fixture().import(delivery(4))).toMatchObject({ written: 0 })
    const login = (await issue()).find(({ role }) => role === 'teacher')?.login ?? ''
    const ended = await run('administrator', '--school', uai, '--person', login.toUpperCase(), '--end')
    expect(ended).toMatchObject({ status: 0, out: `Anne Prof 900 no longer administers ${uai}\n` })
    expect(await roles('900')).toEqual(['teacher'])
  })

  test('refuses who is unknown or does not work there', async () => {
    const before = await fixture().everything()
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
    expect(await fixture().everything()).toEqual(before)
  })
})

describe('npm run directory -- freeze', () => {
  test('freezes an account and ends that, each noted, and says what is so already', async () => {
    const login = (await issue()).find(({ role }) => role === 'teacher')?.login ?? ''
    const freeze = async (...more: string[]) => (await run('freeze', '--person', login, ...more)).out
    const isFrozen = async () => [...(await fixture().everything()).keys()].some(key => key.startsWith('FZ#'))
    expect(await freeze('--reason', 'volé')).toBe('Anne Prof 900 publishes nothing any more\n')
    expect(await isFrozen()).toBe(true)
    expect(await freeze('--reason', 'volé')).toBe('Anne Prof 900 is as asked already\n')
    expect(await freeze('--end')).toBe('Anne Prof 900 may publish again\n')
    expect(await isFrozen()).toBe(false)
    expect(await freeze('--end')).toBe('Anne Prof 900 is as asked already\n')
    const nobody = await run('freeze', '--person', 'nobody', '--end')
    expect(nobody).toMatchObject({ status: 1, error: 'nobody in this territory has the login nobody\n' })
  })
})

describe('npm run directory -- reset-factor', () => {
  test('says of whom a second factor was removed, and where there is none', async () => {
    const login = (await issue()).find(({ role }) => role === 'teacher')?.login ?? ''
    const person = (await personOf('900'))?.id ?? ''
    const reset = async () => (await run('reset-factor', '--person', login)).out
    expect(await reset()).toBe('Anne Prof 900 has no second factor\n')
    const factor = { totp: 'sealed', passkeys: [], recovery: [], version: 1 }
    await openItems(fixture().database).put(factorPatterns.factor, { person }, factor)
    expect(await reset()).toBe('Anne Prof 900 has no second factor any more\n')
    const stored = await openItems(fixture().database).get(factorPatterns.factor, { person })
    expect(stored).toMatchObject({ passkeys: [], version: 2, reset: {} })
    expect(stored).not.toHaveProperty('totp')
  })
})

describe('npm run directory -- territory-role', () => {
  const grant = (role: string, person: string, ...more: string[]) =>
    run('territory-role', '--person', person, '--role', role, ...more)

  /** The login of the teacher of the feed. */
  const loginOfTeacher = async () => (await issue()).find(({ role }) => role === 'teacher')?.login ?? ''

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
    expect(await fixture().import(delivery(4))).toMatchObject({ written: 0 })
    const renamed = { ...delivery(4), [named('PersEducNat')]: aaf([teacher('900', { givenName: 'Annie' })]) }
    await fixture().import(renamed)
    expect(await personOf('900')).toMatchObject({ givenName: 'Annie', territoryRoles: ['operator'] })
    await fixture().import(delivery(4))

    expect(await grant('authority', login)).toMatchObject({ status: 0 })
    expect((await personOf('900'))?.territoryRoles).toEqual(['authority', 'operator'])
    expect(await grant('authority', login, '--end')).toMatchObject({ status: 0 })
    const ended = await grant('operator', login.toUpperCase(), '--end')
    expect(ended.out).toBe('Anne Prof 900 no longer has the role operator in the territory\n')
    expect(await personOf('900')).toEqual(before)
    expect([...(await fixture().everything()).keys()].filter(key => key.startsWith('TERRITORY|GRANT'))).toEqual([])
  })

  test('is gone while its person has left, and there again once they are back', async () => {
    await grant('operator', await loginOfTeacher())
    const operator = await personOf('900')
    await fixture().import({ ...delivery(4), [named('PersEducNat')]: aaf([teacher('901')]) }, { confirm: [uai] })
    const left = await personOf('900')
    expect(left?.status).toBe('suspended')
    expect(left?.territoryRoles).toBeUndefined()
    await fixture().import(delivery(4), { confirm: [uai] })
    expect(await personOf('900')).toEqual(operator)
  })

  test('refuses who is unknown, a pupil, a guardian and one who left', async () => {
    const given = await issue()
    const loginOf = (as: IssuedCode['role']) => given.find(({ role }) => role === as)?.login ?? ''
    await fixture().import({ ...delivery(4), [named('PersEducNat')]: aaf([teacher('901')]) }, { confirm: [uai] })
    const before = await fixture().everything()
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
    expect(await fixture().everything()).toEqual(before)
  })
})
