import { describe, expect, it } from 'vitest'
import { allOf, type Chosen, maxSelected, toggled, updated, voidedBy } from '../../../web/directory/selection.ts'

const people = (count: number, account: 'none' | 'suspended' = 'none') =>
  Array.from({ length: count }, (_, place) => ({ id: `${account}${place}`, account }))

describe('toggled()', () => {
  it('adds an id, and removes it again', () => {
    const someone = { id: 'a', account: 'code' } as const
    const chosen = toggled(new Map(), someone)
    expect([...chosen.values()]).toEqual([someone])
    expect([...toggled(chosen, someone)]).toEqual([])
  })

  it('adds nothing to a full selection, but still removes', () => {
    const full = allOf(new Map(), people(maxSelected))
    expect(toggled(full, { id: 'one more', account: 'none' })).toEqual(full)
    expect(toggled(full, { id: 'none0', account: 'none' }).size).toBe(maxSelected - 1)
  })
})

describe('allOf()', () => {
  it('adds as many as may be chosen, including those selected before', () => {
    const chosen = allOf(new Map([['before', { id: 'before', account: 'none' }]]), people(maxSelected + 10))
    expect(chosen.size).toBe(maxSelected)
    expect(chosen.has('before')).toBe(true)
  })

  it('skips suspended people', () => {
    expect(allOf(new Map(), people(3, 'suspended')).size).toBe(0)
  })
})

describe('voidedBy()', () => {
  it('counts the codes that end, as the lists say it last', () => {
    const chosen: Chosen = allOf(new Map(), [
      { id: 'a', account: 'none' },
      { id: 'b', account: 'code', holdsCode: true },
      { id: 'c', account: 'active' },
    ])
    expect(voidedBy(chosen.values())).toBe(1)
    // Somebody else gave a code meanwhile; whoever is not chosen does not count.
    const now = updated(chosen, [
      { id: 'a', account: 'code' },
      { id: 'd', account: 'code' },
    ])
    expect(voidedBy(now.values())).toBe(2)
    expect(updated(now, [{ id: 'a', account: 'code' }])).toBe(now)
    // One for an active account ends, too.
    const reset = updated(now, [{ id: 'c', account: 'active', holdsCode: true }])
    expect(voidedBy(reset.values())).toBe(3)
  })
})
