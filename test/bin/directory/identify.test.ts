import { describe, expect, test } from 'vitest'
import { nextPersonId, personId } from '../../../functions/directory/identity.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { aaf, delivery, named, source, teacher, uai } from '../../functions/directory/import/aaf-feed.ts'
import { call } from '../../support/call.ts'
import { nothingLeaked } from '../../support/leaked.ts'
import { testPlatform } from '../../support/platform.ts'
import { withSchool } from './with-school.ts'

const { fixture, run, issue } = withSchool()

const password = 'trois poules sur un mur'

const activate = async (code: IssuedCode | undefined) => {
  const platform = await testPlatform(fixture().database, fixture().clock)
  const body = { login: code?.login, code: code?.code, password, personalDevice: false }
  return (await call(passwordHandler(platform, nothingLeaked), platform, passwordContract.routes.activate, { body }))
    .status
}

const signIn = async (login: string | undefined) => {
  const platform = await testPlatform(fixture().database, fixture().clock)
  const body = { login, password, personalDevice: false }
  return (await call(passwordHandler(platform, nothingLeaked), platform, passwordContract.routes.signIn, { body }))
    .status
}

const first = personId(source, '900')
const next = nextPersonId(first, 2)

/** The teacher's key is somebody else's: the feed, and the command that answers. */
const given = { ...delivery(4), [named('PersEducNat')]: aaf([teacher('900', { sn: 'Zola', givenName: 'Émile' })]) }
const answer = (as: string) => run('identify', '--person', '900', '--source', source, '--as', as)

describe('npm run directory -- identify', () => {
  test('another: the old password opens nothing, and the new person has an account of their own', async () => {
    const code = (await issue()).find(({ person }) => person === first)
    expect([await activate(code), await signIn(code?.login)]).toEqual([201, 201])
    await run('administrator', '--school', uai, '--person', '900')
    await fixture().import(given)
    expect(await signIn(code?.login)).toBe(403)
    expect(await answer('another')).toMatchObject({
      status: 0,
      out: 'Émile Zola is in the directory, as another person: they need a code of their own\n',
      error: '',
    })
    expect(await signIn(code?.login)).toBe(403)
    const theirs = (await issue()).find(({ person }) => person === next)
    expect(theirs?.login).toBe('emile.zola')
    expect([await activate(theirs), await signIn(theirs?.login)]).toEqual([201, 201])
    const person = (await fixture().everything()).get(`P#${next}|PERSON`)
    expect(person?.roles).toEqual([{ uai, role: 'teacher' }])
    // Commands find them by their key, as feeds do.
    expect(await run('administrator', '--school', uai, '--person', '900')).toMatchObject({
      out: `Émile Zola now administers ${uai}\n`,
    })
  })

  test('same: the account is there again, with its password, and what was granted', async () => {
    const code = (await issue()).find(({ person }) => person === first)
    await activate(code)
    await run('administrator', '--school', uai, '--person', '900')
    await fixture().import(given)
    expect(await answer('same')).toMatchObject({
      out: 'Émile Zola is the person who had the key 900: their account is active again\n',
    })
    expect(await signIn(code?.login)).toBe(201)
    const person = (await fixture().everything()).get(`P#${first}|PERSON`)
    expect(person).toMatchObject({ familyName: 'Zola', roles: [{ role: 'teacher' }, { role: 'administrator' }] })
  })

  test('refuses what it is not told, and where nobody waits', async () => {
    const before = await fixture().everything()
    const ends = [await answer('another'), await answer('no'), await run('identify', '--person', '900')]
    expect(ends.map(({ on: _, ...end }) => end)).toEqual([
      { status: 1, out: '', error: `nobody waits under the key 900 of ${source}\n` },
      {
        status: 1,
        out: '',
        error:
          'say --as another if the key is another person’s now, --as same if only the name of the person changed\n',
      },
      {
        status: 1,
        out: '',
        error: 'say of which feed the key is: --source <source>, as the import says it\n',
      },
    ])
    expect(await fixture().everything()).toEqual(before)
  })
})
