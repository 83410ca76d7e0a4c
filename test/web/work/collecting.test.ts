import { describe, expect, it } from 'vitest'
import type { Collecting } from '../../../shared/work/hand-in.ts'
import { shownCollecting } from '../../../web/work/data/collecting.ts'

const now = new Date('2026-11-23T07:00:00.000Z')
const assignment = (piece: string, days: number, toReturn = 0): Collecting => ({
  ...{ piece, title: piece, group: '6e A', handedIn: toReturn, toReturn },
  dueAt: new Date(now.getTime() + days * 86_400_000).toISOString(),
})
const shown = (...all: Collecting[]) => shownCollecting(all, now).map(({ piece }) => piece)

describe('shownCollecting()', () => {
  it('shows what there is to give back before the rest, the first deadline first', () => {
    const all = [assignment('soon', 2), assignment('b', 1, 3), assignment('a', -20, 1), assignment('past', -2)]
    expect(shown(...all)).toEqual(['a', 'b', 'past', 'soon'])
  })

  it('shows of what waits for nothing only what is due about now', () => {
    expect(shown(assignment('old', -8), assignment('far', 15))).toEqual([])
    expect(shown(assignment('past', -6), assignment('next', 13))).toEqual(['past', 'next'])
  })

  it('shows six at most', () => {
    expect(shown(...Array.from({ length: 9 }, (_, at) => assignment(String(at), at, 1)))).toHaveLength(6)
  })
})
