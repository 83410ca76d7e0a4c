import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { erasures } from '../../functions/features.ts'
import { platformErasure } from '../../functions/platform/erasing/erasure.ts'
import type { ItemPattern } from '../../functions/platform/pattern.ts'
import { root } from '../../lib/platform/root.ts'

const isPattern = (value: unknown): value is ItemPattern =>
  typeof value === 'object' && value !== null && 'pk' in value && 'sk' in value && 'item' in value

const textOf = ({ pk, sk }: ItemPattern) => `${pk} ${sk}`

/** Every pattern of one item that a file of functions/ exports in a list of patterns. */
const declared = async (): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  for (const file of globSync('functions/**/*.ts', { cwd: root })) {
    if (/handler\.ts$|order-/.test(file)) continue
    for (const value of Object.values(await import(join(root, file))))
      if (typeof value === 'object' && value !== null)
        for (const pattern of Object.values(value)) if (isPattern(pattern)) found.set(textOf(pattern), file)
  }
  return found
}

it('says of every item that is stored how people are erased from it, or that it names nobody', async () => {
  const all = [platformErasure, ...Object.values(erasures).flatMap(one => one ?? [])]
  const erased = all.flatMap(({ erasers }) => erasers.map(({ of }) => textOf(of)))
  const nobody = all.flatMap(one => one.nobody.map(textOf))
  const known = new Set([...erased, ...nobody])
  const patterns = await declared()
  expect(patterns.size).toBeGreaterThan(60)
  expect([...patterns].filter(([text]) => !known.has(text))).toEqual([])
  // And nothing else, and nothing twice.
  expect([...known].filter(text => !patterns.has(text))).toEqual([])
  expect(erased.filter(text => nobody.includes(text))).toEqual([])
  expect(new Set(erased).size).toBe(erased.length)
})
