import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type LeakedPasswords,
  openLeakedPasswords,
  refusedChoice,
} from '../../../functions/session/leaked-passwords.ts'
import { assertProperty } from '../../support/property.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'preau-leaked-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const listOf = (words: readonly string[]): LeakedPasswords => {
  const file = join(folder, String(Math.random()))
  const lines = [...new Set(words)].map(word => Buffer.from(word)).sort(Buffer.compare)
  writeFileSync(file, lines.map(String).join('\n'))
  return openLeakedPasswords(file)
}

describe('openLeakedPasswords()', () => {
  it.each([
    'motdepasse',
    'Mot de passe',
    'mot-de-passe!',
    'MÔTDEPASSE',
    'motdepasse1',
    '2024 mot de passe 01',
    '12motdepasse345678',
  ])('knows %s by a leaked word', password => {
    expect(listOf(['motdepasse', 'soleil']).has(password)).toBe(true)
  })

  it.each(['motdepassetrouve', 'un mot de passe', 'motdepasse123456789', 'moti0depasse', '20242024', ''])(
    'does not take %s for one',
    password => {
      expect(listOf(['motdepasse', 'soleil', 'mot', '0']).has(password)).toBe(false)
    },
  )

  it('finds every line and no other, wherever it stands', () => {
    // Without digits at the ends, and folded, so that each is looked up as it stands.
    const word = fc.string({ unit: fc.constantFrom(...'abyz9'), maxLength: 6 }).map(text => `x${text}x`)
    assertProperty(
      fc.property(fc.array(word, { maxLength: 30 }), word, (words, other) => {
        const list = listOf(words)
        for (const one of words) expect(list.has(one)).toBe(true)
        expect(list.has(other)).toBe(words.includes(other))
      }),
    )
  })

  it('reads no file before a password is looked up', () => {
    const missing = openLeakedPasswords(join(folder, 'missing'))
    expect(refusedChoice('trop court', [], missing)).toBe('password-too-short')
    expect(() => missing.has('motdepasse')).toThrow()
  })
})

describe('refusedChoice()', () => {
  it('refuses what the browser’s rules let pass and is leaked, and nothing else', () => {
    const leaked = listOf(['liverpoolfc'])
    expect(refusedChoice('liverpoolfc1892', [], leaked)).toBe('password-too-common')
    expect(refusedChoice('liverpoolfc1892', [], listOf([]))).toBeUndefined()
    expect(refusedChoice('quatre poules sur un mur', [], leaked)).toBeUndefined()
  })
})
