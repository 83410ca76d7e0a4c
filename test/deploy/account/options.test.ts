import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

const environment = { PREAU_CHECK_LOGIN: 'marie.durand', PREAU_CHECK_PASSWORD: 'a long enough password' }
const needed = ['--address', 'https://ent.example/', '--bucket', 'boards']

describe('readOptions()', () => {
  it('takes the account from the environment, and Paris unless told', () => {
    expect(readOptions(needed, environment)).toEqual({
      address: 'https://ent.example',
      bucket: 'boards',
      region: 'eu-west-3',
      login: 'marie.durand',
      password: 'a long enough password',
    })
  })

  it.each([
    ['no address', ['--bucket', 'boards'], environment, '--address'],
    ['an address that is none', ['--address', 'ent.example', '--bucket', 'boards'], environment, '--address'],
    ['no bucket', ['--address', 'https://ent.example'], environment, '--bucket'],
    ['no password', needed, { PREAU_CHECK_LOGIN: 'marie.durand' }, 'PREAU_CHECK_PASSWORD'],
    ['an option it does not know', [...needed, '--passwort', 'x'], environment, '--passwort'],
  ])('refuses %s', (_, args, given, told) => {
    expect(() => readOptions(args, given)).toThrow(told)
  })
})
