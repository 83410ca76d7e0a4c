import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLeakedPasswords } from '../../functions/session/leaked-passwords.ts'
import { builtAssembly } from '../support/built.ts'
import { at, ofType, synthesized } from './check/template.ts'

/** Folders of the deployed functions' code that hold leaked passwords. */
const holding = () =>
  globSync('asset.*/leaked-passwords', { cwd: builtAssembly() }).map(file => join(builtAssembly(), file))

describe('leaked passwords', () => {
  it('are in the code of the password function, and of no other', () => {
    const [file = '', ...others] = holding()
    expect(others).toEqual([])
    expect(existsSync(join(file, '../index.mjs'))).toBe(true)
    const hash = /asset\.([0-9a-f]+)\//.exec(file)?.[1] ?? ''
    const functions = ofType(synthesized('demo'), 'AWS::Lambda::Function').map(([, one]) => one)
    const deployed = functions.filter(one => String(at(one, 'Code', 'S3Key')).startsWith(hash))
    expect(deployed.map(one => at(one, 'FunctionName'))).toEqual(['preau-demo-password'])
  })

  it('are a million, each of them found', () => {
    const [file = ''] = holding()
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.length).toBeGreaterThan(900_000)
    const leaked = openLeakedPasswords(file)
    for (let index = 0; index < lines.length; index += 997)
      expect(leaked.has(lines[index] ?? ''), lines[index]).toBe(true)
    for (const password of ['quatre poules sur un mur', 'trois ânes verts 7', 'la-pluie-d-octobre-1987'])
      expect(leaked.has(password)).toBe(false)
  })
})
