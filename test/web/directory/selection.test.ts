import { describe, expect, it } from 'vitest'
import { allOf, maxSelected, toggled } from '../../../web/directory/selection.ts'

const people = (count: number, account: 'none' | 'suspended' = 'none') =>
  Array.from({ length: count }, (_, place) => ({ id: `${account}${place}`, account }))

describe('toggled()', () => {
  it('adds an id, and removes it again', () => {
    const chosen = toggled(new Set(), 'a')
    expect([...chosen]).toEqual(['a'])
    expect([...toggled(chosen, 'a')]).toEqual([])
  })

  it('adds nothing to a full selection, but still removes', () => {
    const full = allOf(new Set(), people(maxSelected))
    expect(toggled(full, 'one more')).toEqual(full)
    expect(toggled(full, 'none0').size).toBe(maxSelected - 1)
  })
})

describe('allOf()', () => {
  it('adds as many as may be chosen, including those selected before', () => {
    const chosen = allOf(new Set(['before']), people(maxSelected + 10))
    expect(chosen.size).toBe(maxSelected)
    expect(chosen.has('before')).toBe(true)
  })

  it('skips suspended people', () => {
    expect(allOf(new Set(), people(3, 'suspended')).size).toBe(0)
  })
})
