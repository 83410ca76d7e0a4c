import { describe, expect, it } from 'vitest'
import { CannotStart } from '../../../lib/local/cannot-start.ts'
import { eventFilter } from '../../../lib/local/event-filter.ts'

const filter = (...patterns: object[]) =>
  eventFilter({ Filters: patterns.map(pattern => ({ Pattern: JSON.stringify(pattern) })) })
const ofPk = (rule: unknown) => ({ dynamodb: { Keys: { pk: { S: [rule] } } } })
const record = (pk: string, more: object = {}) => ({
  eventName: 'INSERT',
  dynamodb: { Keys: { pk: { S: pk } }, ...more },
})

describe('eventFilter()', () => {
  it('passes every record without criteria', () => {
    expect([eventFilter(undefined), filter()].map(passes => passes(record('P#1')))).toEqual([true, true])
  })

  it.each([
    ['P#1', 'P#1', 'P#12'],
    [{ prefix: 'P#' }, 'P#1', 'AP#1'],
    [{ suffix: '#1' }, 'P#1', 'P#12'],
    [{ 'anything-but': 'P#1' }, 'P#2', 'P#1'],
    [{ 'anything-but': ['P#1', 'P#2'] }, 'P#3', 'P#2'],
    [{ 'anything-but': { prefix: 'I#' } }, 'P#1', 'I#1'],
    [{ exists: true }, 'P#1', undefined],
    [{ exists: false }, undefined, 'P#1'],
  ])('%j passes %s and skips %s', (rule, passed, skipped) => {
    const passes = filter(ofPk(rule))
    const of = (pk: string | undefined) => (pk === undefined ? { dynamodb: { Keys: {} } } : record(pk))
    expect([passes(of(passed)), passes(of(skipped))]).toEqual([true, false])
  })

  it('combines the fields of a pattern by and, the rules of a field and the filters by or', () => {
    const both = { dynamodb: { Keys: { pk: { S: ['a', 'b'] } }, NewImage: { kind: { S: ['lost'] } } } }
    const image = (kind: string) => ({ NewImage: { kind: { S: kind } } })
    const passes = filter(both, ofPk({ prefix: 'c' }))
    const passed = [
      record('a', image('lost')),
      record('b', image('lost')),
      record('c'),
      record('a', image('left')),
      record('a'),
      record('d', image('lost')),
    ].map(passes)
    expect(passed).toEqual([true, true, true, false, false, false])
  })

  it('passes the events that a pattern names', () => {
    const passes = filter({ eventName: ['INSERT', 'REMOVE'], ...ofPk({ prefix: 'P#' }) })
    const events = ['INSERT', 'MODIFY', 'REMOVE'].map(eventName => ({ ...record('P#1'), eventName }))
    expect(events.map(passes)).toEqual([true, false, true])
    expect(passes(record('A#1'))).toBe(false)
  })

  it('compares booleans and the members of sets', () => {
    const passes = filter(
      { dynamodb: { NewImage: { open: { BOOL: [true] } } } },
      { dynamodb: { NewImage: { of: { SS: ['x'] } } } },
    )
    const images = [
      { open: { BOOL: true } },
      { open: { BOOL: false } },
      { of: { SS: ['w', 'x'] } },
      { of: { SS: ['w'] } },
    ]
    expect(images.map(NewImage => passes({ dynamodb: { NewImage } }))).toEqual([true, false, true, false])
  })

  it.each([
    ['an event alone', { eventName: ['INSERT'] }],
    ['an event that there is not', { ...ofPk('a'), eventName: ['CREATE'] }],
    ['no event', { ...ofPk('a'), eventName: [] }],
    ['another field of a record', { ...ofPk('a'), eventSource: ['aws:dynamodb'] }],
    ['numbers, which are texts in a record', { dynamodb: { NewImage: { n: { N: [{ numeric: ['>', 1] }] } } } }],
    ['a number', ofPk(1)],
    ['an unknown rule', ofPk({ wildcard: 'P*' })],
    ['two rules in one', ofPk({ prefix: 'a', suffix: 'b' })],
    ['a prefix of no text', ofPk({ prefix: 1 })],
    ['an or between fields', { dynamodb: { $or: [{ Keys: { pk: { S: ['a'] } } }] } }],
    ['a value without a list', { dynamodb: { Keys: { pk: { S: 'a' } } } }],
    ['no rules', { dynamodb: { Keys: { pk: { S: [] } } } }],
    ['no fields', {}],
    ['a long pattern', ofPk('a'.repeat(4096))],
  ])('refuses %s', (_, pattern) => {
    expect(() => filter(pattern)).toThrow(CannotStart)
  })

  it('refuses what is not JSON', () => {
    expect(() => eventFilter({ Filters: [{ Pattern: 'dynamodb' }] })).toThrow(CannotStart)
  })
})
