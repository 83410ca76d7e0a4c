import { describe, expect, it } from 'vitest'
import type { ImportRow } from '../../../shared/directory/imports.ts'
import { importStanding, waitingClasses } from '../../../web/directory/home/standing.ts'

const row = (day: number, more: Partial<ImportRow> = {}): ImportRow => ({
  id: `2026090${day}T010000000Z-abcdefgh`,
  at: `2026-09-0${day}T01:00:00.000Z`,
  mode: 'complete',
  arrived: 0,
  changed: 0,
  left: 0,
  refused: 0,
  confirmed: false,
  ...more,
})
const held = (state: 'open' | 'refused' | 'running' | 'over') => ({
  held: { state, reason: 'loses-access', losses: [] },
})
const night = (day: number) => ({ since: '2026-09-01T01:00:00.000Z', at: `2026-09-0${day}T12:00:00.000Z` })

describe('importStanding()', () => {
  it('has the imports that wait for an answer, and the last one that was done', () => {
    const rows = [row(5, held('open')), row(4, held('refused')), row(3, { refused: 2 }), row(2, held('over')), row(1)]
    expect(importStanding(rows, [])).toEqual({ held: [rows[0]], last: rows[2], missed: undefined })
    expect(importStanding([], [])).toEqual({ held: [], last: undefined, missed: undefined })
  })

  it('tells of a missed night as long as nothing came since', () => {
    expect(importStanding([row(3)], [night(4), night(2)]).missed).toEqual(night(4))
    expect(importStanding([row(5), row(3)], [night(4)]).missed).toBeUndefined()
    expect(importStanding([], [night(4)]).missed).toEqual(night(4))
  })
})

describe('waitingClasses()', () => {
  it('has the classes in which somebody has no code that is good, those with the most first', () => {
    const counts = (none: number, expired = 0) => ({ active: 9, code: 9, none, expired })
    const classes = [
      { id: 'a', name: '6e A', pupils: counts(1), guardians: counts(0, 1) },
      { id: 'b', name: '6e B', pupils: counts(0), guardians: counts(0) },
      { id: 'c', name: '6e C', pupils: counts(2), guardians: counts(3) },
    ]
    expect(waitingClasses(classes)).toEqual([
      { id: 'c', name: '6e C', pupils: 2, guardians: 3 },
      { id: 'a', name: '6e A', pupils: 1, guardians: 1 },
    ])
  })
})
