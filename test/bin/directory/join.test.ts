import { expect, test } from 'vitest'
import { schoolCodesAccess } from '../../../functions/directory/access.ts'
import { grantPatterns } from '../../../functions/directory/grant-patterns.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { keyOf } from '../../../functions/platform/pattern.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import {
  aaf,
  delivery,
  guardian,
  named,
  pupil,
  school,
  teacher,
  otherUai as uai,
} from '../../functions/directory/import/aaf-feed.ts'
import { call } from '../../support/call.ts'
import { schoolCodes } from '../../support/codes.ts'
import { putAll } from '../../support/dynamodb.ts'
import { nothingLeaked } from '../../support/leaked.ts'
import { testPlatform } from '../../support/platform.ts'
import { withSchool } from './with-school.ts'

const { fixture, run, issue } = withSchool()

const password = 'trois poules sur un mur'
const signIn = async (route: 'activate' | 'signIn', code: IssuedCode | undefined) => {
  const platform = await testPlatform(fixture().database, fixture().clock)
  const { login, code: given } = code ?? {}
  const body = { login, password, personalDevice: false, ...(route === 'activate' && { code: given }) }
  return (await call(passwordHandler(platform, nothingLeaked), platform, passwordContract.routes[route], { body }))
    .status
}

/** The parent of the school's first pupils, as another feed describes them under another key. */
const other = Object.fromEntries(
  Object.entries({
    EtabEducNat: aaf([school('1', uai, 'EEPU$du Lavoir$Valmont')]),
    Eleve: aaf([pupil('200', ['700'], { ENTEleveClasses: '1$CM1', sn: 'Cadet' })]),
    PersRelEleve: aaf([guardian('700', { sn: 'Parent 500' })]),
    PersEducNat: aaf([teacher('910')]),
  }).map(([category, text]) => [named(category).replace('PREAU_TEST', 'OTHER'), text]),
)
const kept = personId('aaf:preau_test', '500')
const gone = personId('aaf:other', '700')

const stored = async (id: string) => (await fixture().everything()).get(`P#${id}|PERSON`)
const children = async (id: string) =>
  ((await stored(id))?.children as { familyName: string }[] | undefined)?.map(({ familyName }) => familyName).sort()
const all = ['Cadet', 'Élève 100', 'Élève 101']

const written = async () => [(await fixture().import(other)).written, (await fixture().import(delivery(4))).written]

/** The directory but for what tells of the last change, and of what people were before they were joined. */
const lists = async () => new Map([...(await fixture().everything())].filter(([key]) => /^[SG]#|\|PERSON$/.test(key)))

test('join: one person with the account of one of them, over later imports, until separate', async () => {
  await fixture().import(other)
  const before = await lists()
  const table = openTable(fixture().database.table, schoolCodesAccess, fixture().now, fixture().database.client)
  const codes = [...(await issue()), ...(await schoolCodes(table, uai, fixture().clock.now))]
  const [theirs, others] = [kept, gone].map(id => codes.find(({ person }) => person === id))
  expect([await signIn('activate', theirs), await signIn('activate', others)]).toEqual([201, 201])
  fixture().clock.now = new Date('2026-09-03T06:00:00.000Z')
  expect(await signIn('signIn', theirs)).toBe(201)

  expect(await run('join', String(others?.login), String(theirs?.login))).toMatchObject({
    status: 1,
    error: expect.stringMatching(/say --yes if that is meant\. Nothing has changed/),
  })
  const joined = await run('join', String(others?.login), String(theirs?.login), '--yes')
  expect(joined).toMatchObject({ status: 0, error: '' })
  expect(joined.out).toContain(`Noé Parent 500 (${theirs?.login}): an active account`)
  expect(joined.out).toContain('guardian in École élémentaire du Lavoir')
  expect(joined.out).toContain('child: Zoé Cadet, CM1')
  expect(await children(kept)).toEqual(all)
  expect(await stored(gone)).toMatchObject({ status: 'suspended', roles: [], audiences: [] })
  expect([await signIn('signIn', theirs), await signIn('signIn', others)]).toEqual([201, 403])
  const rosters = [...(await fixture().everything()).values()].filter(item => item.pk === `S#${uai}`)
  expect(rosters.filter(item => item.person === gone)).toEqual([])
  expect(await written()).toEqual([0, 0])
  expect(await children(kept)).toEqual(all)

  expect(await run('separate', kept, '--yes')).toMatchObject({ status: 0, error: '' })
  expect([await children(kept), await children(gone)]).toEqual([['Élève 100', 'Élève 101'], ['Cadet']])
  expect([await signIn('signIn', theirs), await signIn('signIn', others)]).toEqual([201, 201])
  expect(new Map([...(await lists())].map(([key, { print: _, ...item }]) => [key, item]))).toEqual(
    new Map([...before].map(([key, { print: _, ...item }]) => [key, item])),
  )
  expect(await written()).toEqual([0, 0])
})

test('separate takes back what a feed told, and join what separate did', async () => {
  const alike = (key: string) =>
    Object.fromEntries(Object.entries(other).map(([name, text]) => [name, text.replaceAll('700', key)]))
  await fixture().import(alike('500'))
  const theirs = personId('aaf:other', '500')
  expect([await children(kept), await stored(theirs)]).toEqual([all, undefined])
  expect(await run('separate', kept, '--yes')).toMatchObject({ status: 0, error: '' })
  expect([await children(kept), await children(theirs)]).toEqual([['Élève 100', 'Élève 101'], ['Cadet']])
  for (const files of [alike('500'), delivery(4)])
    expect(await fixture().import(files)).toMatchObject({ written: 0, joined: 0 })
  expect(await run('join', theirs, kept, '--yes')).toMatchObject({ status: 0, error: '' })
  expect((await Promise.all([kept, theirs].map(children))).toSorted()).toEqual([[], all])
  for (const files of [alike('500'), delivery(4)]) expect(await fixture().import(files)).toMatchObject({ written: 0 })
})

test('join keeps what was stopped, and grants nobody who is separated again what was not theirs', async () => {
  const at = fixture().now().toISOString()
  const child = personId('aaf:other', '200')
  const decision = { adult: gone, child, kind: 'stopped', uai, reason: 'x', at, by: 'x', actor: 'x' }
  await putAll(fixture().database, [{ ...keyOf(grantPatterns.decision, { adult: gone, child }), ...decision }])
  await fixture().import({
    ...other,
    [named('Eleve').replace('PREAU_TEST', 'OTHER')]: aaf([pupil('200', ['700']), pupil('201', ['700'])]),
  })
  await run('join', kept, gone, '--yes')
  expect(await children(kept)).toEqual(['Élève 100', 'Élève 101', 'Élève 201'])
  await run('separate', kept, '--yes')
  expect([await children(kept), await children(gone)]).toEqual([['Élève 100', 'Élève 101'], ['Élève 201']])
})

test('join and separate refuse what cannot be, and who is not there', async () => {
  const before = await fixture().everything()
  const ends = [
    await run('join', kept),
    await run('join', kept, kept, '--yes'),
    await run('join', kept, 'nobody', '--yes'),
    await run('join', kept, personId('aaf:preau_test', '501'), '--yes'),
    await run('separate', kept, '--yes'),
  ]
  expect(ends.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1])
  expect(ends.map(({ error }) => error.trim())).toEqual([
    expect.stringMatching(/^say who is one person/),
    expect.stringMatching(/are one person already$/),
    expect.stringMatching(/^nobody in this territory has the login or id nobody$/),
    expect.stringMatching(/^aaf:preau_test describes both .* under two keys/),
    expect.stringMatching(/^nobody was joined to Noé Parent 500$/),
  ])
  expect(await fixture().everything()).toEqual(before)
})
