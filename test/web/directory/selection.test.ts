import { describe, expect, it } from 'vitest'
import { allOf, most, toggled } from '../../../web/directory/selection.ts'

const people = (count: number, account: 'none' | 'suspended' = 'none') =>
  Array.from({ length: count }, (_, place) => ({ id: `${account}${place}`, account }))

describe('toggled()', () => {
  it('puts in and takes out again', () => {
    const chosen = toggled(new Set(), 'a')
    expect([...chosen]).toEqual(['a'])
    expect([...toggled(chosen, 'a')]).toEqual([])
  })

  it('leaves what one request takes as it is, and still takes out', () => {
    const full = allOf(new Set(), people(most))
    expect(toggled(full, 'one more')).toEqual(full)
    expect(toggled(full, 'none0').size).toBe(most - 1)
  })
})

describe('allOf()', () => {
  it('adds up to thirty, who was chosen before among them', () => {
    const chosen = allOf(new Set(['before']), people(40))
    expect(chosen.size).toBe(most)
    expect(chosen.has('before')).toBe(true)
  })

  it('leaves out who left', () => {
    expect(allOf(new Set(), people(3, 'suspended')).size).toBe(0)
  })
})
