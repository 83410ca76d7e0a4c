import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { argsOf, keyOf, leadingKey, listOf, many, one } from '../../../functions/platform/pattern.ts'
import { assertProperty } from '../../support/property.ts'

const Item = z.object({ name: z.string() })
const cost = { hottest: 'none' }
const dish = one('MENU#{school}', 'DISH#{day}#{name}', Item, cost)
const keys = one('KEYS', 'KEYS', Item, cost)
const dishes = many('MENU#{school}', 'DISH#{day}#', Item, cost)

describe('keyOf()', () => {
  it('fills the templates in', () => {
    expect(keyOf(dish, { school: '0750001A', day: '2026-03-16', name: 'soupe' })).toEqual({
      pk: 'MENU#0750001A',
      sk: 'DISH#2026-03-16#soupe',
    })
    expect(keyOf(keys, {})).toEqual({ pk: 'KEYS', sk: 'KEYS' })
  })

  it('takes # in the last value only, where it cannot be read as two', () => {
    expect(keyOf(dish, { school: 'a', day: 'b', name: 'c#d' }).sk).toBe('DISH#b#c#d')
    expect(() => keyOf(dish, { school: 'a', day: 'b#c', name: 'd' })).toThrow('cannot take this day')
  })

  it('throws for a value that is missing', () => {
    expect(() => keyOf(dish, { school: 'a', day: 'b' } as never)).toThrow('cannot take this name')
  })
})

describe('argsOf()', () => {
  it('gives back what a key was filled in with, whatever that is', async () => {
    const value = fc.string({ unit: 'binary' })
    const part = value.map(text => text.replaceAll('#', ''))
    await assertProperty(
      fc.property(value, part, value, (school, day, name) => {
        expect(argsOf(dish, keyOf(dish, { school, day, name }))).toEqual({ school, day, name })
      }),
    )
  })

  it('knows a key of another pattern', () => {
    for (const key of [
      { pk: 'MENU#a', sk: 'PRICE#b#c' },
      { pk: 'MENUS#a', sk: 'DISH#b#c' },
      { pk: 'MENU#a', sk: 'DISH#b' },
      { pk: 'KEYS', sk: 'KEYS#' },
    ])
      expect([argsOf(dish, key), argsOf(keys, key)]).toEqual([undefined, undefined])
  })

  it('reads signs of regular expressions as themselves', () => {
    const odd = one('A.B({x})', 'C+{y}$', Item, cost)
    expect(argsOf(odd, keyOf(odd, { x: '1', y: '2' }))).toEqual({ x: '1', y: '2' })
    expect(argsOf(odd, { pk: 'AxB(1)', sk: 'C+2$' })).toBeUndefined()
  })
})

describe('listOf() and leadingKey()', () => {
  it('give the partition, what sort keys begin with, and what all partitions begin with', () => {
    expect(listOf(dishes, { school: '0750001A', day: '2026-03-16' })).toEqual({
      pk: 'MENU#0750001A',
      begins: 'DISH#2026-03-16#',
    })
    expect([leadingKey(dishes), leadingKey(keys)]).toEqual(['MENU#', 'KEYS'])
  })
})
