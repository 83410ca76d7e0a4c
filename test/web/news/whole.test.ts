import { describe, expect, it } from 'vitest'
import { isWholeOf } from '../../../web/news/data/whole.ts'

const audiences = [
  { id: 'a', kind: 'class-guardians', uai: '0990001A', label: '6e A', children: ['ines'] },
  { id: 'b', kind: 'class-guardians', uai: '0990002B', label: 'CM1', children: ['jules'] },
] as const

describe('isWholeOf()', () => {
  it('is of the child or school that is asked about, and never because of another', () => {
    const whole = { rows: new Set(['a']), notices: new Set(['a', 'b']) }
    const of = (one: string | undefined) =>
      isWholeOf(
        whole,
        audiences.map(each => ({ ...each, children: [...each.children] })),
        one,
      )
    expect(of('ines')).toEqual({ rows: true, notices: true })
    expect(of('jules')).toEqual({ rows: false, notices: true })
    expect(of('0990001A')).toEqual({ rows: true, notices: true })
    expect(of('0990002B')).toEqual({ rows: false, notices: true })
    expect(of(undefined)).toEqual({ rows: false, notices: true })
  })
})
