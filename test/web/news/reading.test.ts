import { describe, expect, it } from 'vitest'
import { awaitsSignature, concerns, isReminded, signingOf, tellsSchool } from '../../../web/news/data/reading.ts'

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
    expect(isReminded({ news: 'n' }, false, nothing)).toBe(false)
    expect(isReminded(reminded, false, nothing)).toBe(true)
    expect(isReminded(reminded, true, nothing)).toBe(false)
    expect(isReminded(reminded, true, { by: 'guardian' })).toBe(true)
    expect(isReminded({ ...reminded, signedAt: at }, true, { by: 'guardian', signedAt: at })).toBe(false)
  })
})

describe('tellsSchool()', () => {
  const schools = [{}, {}]
  const children = [
    { id: 'ines', uai: 'college' },
    { id: 'malo', uai: 'ecole' },
    { id: 'nour', uai: 'college' },
    { id: 'nour', uai: 'ulis' },
  ]
  const marked = new Set(['ines', 'malo', 'nour'])
  it.each([
    ['a reader of one school never', { schools: [{}], children }, [], marked, false],
    ['a child who goes to one', { schools, children }, ['ines'], marked, false],
    ['two children, each of one', { schools, children }, ['ines', 'malo'], marked, false],
    ['a child who goes to two', { schools, children }, ['nour'], marked, true],
    ['one of them goes to two', { schools, children }, ['ines', 'nour'], marked, true],
    ['no child of the reader', { schools, children }, [], marked, true],
    ['a child without a mark', { schools, children }, ['ines'], new Set<string>(), true],
  ])('%s', (_, reader, concerned, marks, told) => {
    expect(tellsSchool({ children: concerned }, reader, marks)).toBe(told)
  })
})
