import { describe, expect, it } from 'vitest'
import { awaitsSignature, concerns, isReminded, isUnread, marksOf, signingOf } from '../../../web/news/data/reading.ts'

const at = '2026-03-16T07:00:00.000Z'
const held = [
  { id: 'school', kind: 'school' as const, children: ['lea', 'tom'] },
  { id: 'sixA', kind: 'class-guardians' as const, children: ['lea'] },
  { id: 'fiveB', kind: 'class-guardians' as const, children: ['tom'] },
  { id: 'taught', kind: 'class' as const },
  { id: 'taughtGuardians', kind: 'class-guardians' as const },
]

describe('concerns()', () => {
  it('returns each child of the item’s audiences once', () => {
    expect(concerns(['sixA'], held)).toEqual(['lea'])
    expect(concerns(['fiveB', 'sixA'], held)).toEqual(['lea', 'tom'])
    expect(concerns(['school', 'fiveB'], held)).toEqual(['lea', 'tom'])
  })

  it('returns nobody for a teacher', () => {
    expect(concerns(['taught', 'taughtGuardians'], held)).toEqual([])
  })
})

describe('isUnread()', () => {
  it('is true without a mark that says it was seen', () => {
    const marks = marksOf(
      [
        { news: 'n2', seenAt: at },
        { news: 'n1', remindedAt: at },
      ],
      true,
    )
    expect(['n3', 'n2', 'n1', 'n0'].map(news => isUnread(news, marks))).toEqual([true, false, true, true])
  })

  it('is false for items older than the marks read so far', () => {
    const marks = marksOf(
      [
        { news: 'n3', seenAt: at },
        { news: 'n2', seenAt: at },
      ],
      false,
    )
    expect(isUnread('n4', marks)).toBe(true)
    expect(isUnread('n1', marks)).toBe(false)
  })
})

describe('marksOf()', () => {
  it('uses the first of two marks of one item, which is the newer one', () => {
    const marks = marksOf([{ news: 'n1', seenAt: at }, { news: 'n2' }, { news: 'n1' }], false)
    expect(marks.byNews.get('n1')?.seenAt).toBe(at)
    expect(marks.since).toBe('n1')
  })
})

describe('signingOf()', () => {
  it('asks each guardian for one signature, or for one for each child', () => {
    expect(signingOf('none', ['lea'], undefined)).toEqual({ by: 'nobody' })
    expect(signingOf('guardian', [], undefined)).toEqual({ by: 'nobody' })
    expect(awaitsSignature(signingOf('guardian', ['lea'], { news: 'n', seenAt: at }))).toBe(true)
    expect(awaitsSignature(signingOf('guardian', ['lea'], { news: 'n', signedAt: at }))).toBe(false)
  })

  it('counts a child as signed for when the other guardian signed', () => {
    const signing = signingOf('pupil', ['lea', 'tom'], { news: 'n', signedFor: ['tom'] })
    expect(signing).toEqual({
      by: 'pupil',
      children: [
        { id: 'lea', signed: false },
        { id: 'tom', signed: true },
      ],
    })
    expect(awaitsSignature(signing)).toBe(true)
    expect(awaitsSignature(signingOf('pupil', ['tom'], { news: 'n', signedFor: ['tom'] }))).toBe(false)
  })
})

describe('isReminded()', () => {
  it('is true until the reader has read or signed', () => {
    const reminded = { news: 'n', remindedAt: at }
    const nothing = { by: 'nobody' } as const
    expect(isReminded({ news: 'n' }, nothing)).toBe(false)
    expect(isReminded(reminded, nothing)).toBe(true)
    expect(isReminded({ ...reminded, seenAt: at }, nothing)).toBe(false)
    expect(isReminded({ ...reminded, seenAt: at }, { by: 'guardian' })).toBe(true)
    expect(isReminded({ ...reminded, seenAt: at, signedAt: at }, { by: 'guardian', signedAt: at })).toBe(false)
  })
})
