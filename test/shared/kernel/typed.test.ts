import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { typedLine, typedText } from '../../../shared/kernel/typed.ts'

const line = typedLine({ least: 3, most: 5 })
const text = typedText({ most: 5 })

describe('typedLine()', () => {
  it('takes what is seen, on one line', () => {
    expect(line.parse(' a\nb\u200bc ')).toBe('a bc')
    for (const given of ['', 'ab', '\u2800\u2800\u2800', 'ab\u200b\u200b', '\u0301\u0301\u0301'])
      expect(line.safeParse(given).success, JSON.stringify(given)).toBe(false)
  })

  it('counts characters, as its JSON Schema says', () => {
    expect(line.safeParse('🎄'.repeat(5)).success).toBe(true)
    expect(line.safeParse('🎄'.repeat(6)).error?.issues[0]?.message).toBe('must have at most 5 characters')
    expect(z.toJSONSchema(line, { io: 'input' })).toMatchObject({ minLength: 3, maxLength: 5 })
  })
})

describe('typedText()', () => {
  it('keeps lines and tabs, and no other control', () => {
    expect(text.parse('a\r\n\tb\0')).toBe('a\n\tb')
    expect(text.safeParse('\u3164\n').success).toBe(false)
    expect(text.safeParse('🎄'.repeat(6)).success).toBe(false)
  })
})
