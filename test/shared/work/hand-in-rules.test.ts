import { describe, expect, it } from 'vitest'
import { dueFor, judgementOf, opennessOf, whenDone } from '../../../shared/work/hand-in-rules.ts'
import { handInMoves, handInStates, handingInFrom, isLegal } from '../../../shared/work/hand-in-states.ts'

const due = '2026-11-24T17:00:00.000Z'
const at = (minutes: number) => new Date(Date.parse(due) + minutes * 60_000).toISOString()
const done = (minutes: number, received = minutes) => ({ at: at(minutes), receivedAt: at(received) })
const outage = { from: at(-30), to: at(20) }

describe('judgementOf()', () => {
  it.each([
    ['at the deadline', done(0), undefined, [], 'in-time'],
    ['a minute after it', done(1), undefined, [], 'late'],
    ['before it and received after', done(-1, 600), undefined, [], 'in-time'],
    ['within the pupil’s extension', done(59), at(60), [], 'in-time'],
    ['after an extension that is before the deadline', done(0), at(-60), [], 'in-time'],
    ['within two hours after an outage', done(140), undefined, [outage], 'outage'],
    ['later than that', done(141), undefined, [outage], 'late'],
    ['later, where the deadline passed before the outage', done(1), undefined, [{ from: at(1), to: at(20) }], 'late'],
  ] as const)('of work done %s', (_, when, extended, outages, judgement) => {
    expect(judgementOf({ dueAt: due, late: true }, extended, when, outages)).toBe(judgement)
  })
})

describe('opennessOf()', () => {
  it('never opens earlier by an extension, and closes only where late work is not taken or at a date', () => {
    const assignment = { opensAt: at(-60), dueAt: due, late: true }
    expect(opennessOf(assignment, at(60), done(-61), [])).toBe('not-yet')
    expect(opennessOf(assignment, undefined, done(50_000), [])).toBe('open')
    expect(opennessOf({ ...assignment, late: false }, undefined, done(1), [])).toBe('closed')
    expect(opennessOf({ ...assignment, late: false }, at(60), done(60), [])).toBe('open')
    expect(opennessOf({ ...assignment, closesAt: at(10) }, undefined, done(11), [])).toBe('closed')
    expect(dueFor(assignment, at(60))).toBe(at(60))
  })
})

describe('whenDone()', () => {
  it('is never later than it came, nor later by a clock that was wrong', () => {
    const now = new Date(due)
    for (const off of [-3_000, -10, -3, 0, 1, 3, 10, 3_000]) {
      const found = whenDone({ at: at(-20 + off), sentAt: at(off) }, now)
      expect(found.at <= at(Math.max(off - 20, -20)), String(off)).toBe(true)
      expect(found.at <= due, String(off)).toBe(true)
      expect(found.clockOff, String(off)).toBe(Math.abs(off) > 2 ? off * 60 : undefined)
    }
  })
})

describe('the states of a hand-in', () => {
  it('are each reached by a move, except the first, and nothing leads back to it', () => {
    const reached = new Set(Object.values(handInMoves).map(({ to }) => to))
    expect(handInStates.filter(state => !reached.has(state as never))).toEqual(['assigned'])
  })

  it('each have one move by which something is handed in', () => {
    for (const state of handInStates) {
      expect(isLegal(handingInFrom(state), state), state).toBe(true)
      expect(isLegal('handIn', state) && isLegal('handInAgain', state), state).toBe(false)
    }
  })
})
