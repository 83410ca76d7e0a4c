import { describe, expect, it } from 'vitest'
import type { ReaderPiece } from '../../../web/work/data/pieces.ts'
import type { Done } from '../../../web/work/data/ticks.ts'
import { comingDays } from '../../../web/work/home/coming.ts'

const [ines, malo, today] = ['ines', 'malo', '2026-11-23']
const task = (id: string, day: string, more: Partial<ReaderPiece> = {}): ReaderPiece =>
  ({
    ...{ id, day, kind: 'task', title: id, subject: 'Français', version: 1, publishedAt: '2026-11-01T08:00:00.000Z' },
    ...{ author: { id: 'p', name: 'P' }, audience: 'a', children: [ines] },
    ...more,
  }) as ReaderPiece
const none: Done = { ticks: new Map(), tasks: [], handIns: new Map(), unsent: new Map() }

const coming = (pieces: readonly ReaderPiece[], done: Partial<Done> = {}, person = ines) =>
  comingDays({
    ...{ pieces, person, self: 'claire', today, now: `${today}T15:00:00.000Z` },
    done: new Map([[person, { ...none, ...done }]]),
  }).map(({ day, toDo, left }) => [
    day,
    left,
    ...toDo.map(one => (one.kind === 'task' ? one.piece.id : one.task.title)),
  ])

describe('comingDays()', () => {
  it('tells today and the next day with something to do, past a week-end or holidays', () => {
    const pieces = [task('a', today), task('b', '2026-12-07', { minutes: 20 }), task('c', '2026-12-08')]
    expect(coming(pieces)).toEqual([
      [today, 0, 'a'],
      ['2026-12-07', 20, 'b'],
    ])
    expect(coming([task('far', '2026-12-20')])).toEqual([])
  })

  it('tells a child’s own tasks and nothing that is for another child, nor what was done in class', () => {
    const own = { id: 't', day: today, title: 'Relire' }
    const pieces = [task('a', today, { children: [malo] }), task('s', today, { kind: 'session' })]
    expect(coming(pieces, { tasks: [own] })).toEqual([[today, 0, 'Relire']])
    expect(coming(pieces, {}, malo)).toEqual([[today, 0, 'a']])
  })

  it('goes on telling what was to be handed in earlier, as long as it can be and was not', () => {
    const assigned = (id: string, late: boolean, closesAt?: string) =>
      task(id, '2026-11-20', {
        assignment: { dueAt: '2026-11-20T17:00:00.000Z', late, ...(closesAt !== undefined && { closesAt }) },
      })
    const pieces = [
      assigned('open', true),
      assigned('closed', true, '2026-11-22T17:00:00.000Z'),
      assigned('strict', false),
      assigned('done', true),
      task('not-ticked', '2026-11-20'),
      task('a', today),
    ]
    const handIns = new Map([
      ['done', { piece: 'done', state: 'handed-in' as const, at: '2026-11-20T16:00:00.000Z' }],
      ['strict', { piece: 'strict', state: 'assigned' as const, extendedUntil: '2026-11-24T17:00:00.000Z' }],
    ])
    expect(coming(pieces, { handIns })).toEqual([[today, 0, 'open', 'strict', 'a']])
  })

  it('does not count the minutes of what was done', () => {
    const ticks = new Map([['a', { piece: 'a', done: true, at: `${today}T14:00:00.000Z` }]])
    expect(coming([task('a', today, { minutes: 10 }), task('b', today, { minutes: 5 })], { ticks })).toEqual([
      [today, 5, 'a', 'b'],
    ])
  })
})
