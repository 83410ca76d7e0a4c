import { describe, expect, it } from 'vitest'
import { seal, unseal } from '../../../functions/session/factor/seal.ts'
import { base32Of, hotp, periodOf, periodOfCode } from '../../../functions/session/factor/totp.ts'

const secret = Buffer.from('12345678901234567890')

describe('hotp()', () => {
  // RFC 4226, appendix D.
  it.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
      (code, counter) => [counter, code] as const,
    ),
  )('gives for the counter %i the code %s', (counter, code) => {
    expect(hotp(secret, counter)).toBe(code)
  })

  // RFC 6238, appendix B, of SHA-1.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('gives at the second %i the eight digits %s', (second, code) => {
    expect(hotp(secret, periodOf(new Date(second * 1000)), 8)).toBe(code)
  })
})

describe('periodOfCode()', () => {
  const at = (second: number) => new Date(second * 1000)
  const code = hotp(secret, 100)

  it('takes a code of the periods beside the present one, with or without a blank', () => {
    for (const second of [99 * 30, 100 * 30, 101 * 30 + 29])
      expect(periodOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, at(second), undefined)).toBe(100)
    for (const second of [98 * 30 + 29, 102 * 30])
      expect(periodOfCode(secret, code, at(second), undefined)).toBeUndefined()
  })

  it('takes no code twice, nor an earlier one', () => {
    expect(periodOfCode(secret, code, at(3000), 99)).toBe(100)
    expect(periodOfCode(secret, code, at(3000), 100)).toBeUndefined()
    expect(periodOfCode(secret, code, at(3000), 101)).toBeUndefined()
  })
})

describe('base32Of()', () => {
  // RFC 4648, 10, without padding.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes "%s" as "%s"', (text, written) => {
    expect(base32Of(Buffer.from(text))).toBe(written)
  })
})

describe('seal()', () => {
  const sealing = 'a secret of this test'

  it('opens for the person it was sealed for, and for nobody else nor with another key', () => {
    const text = seal(secret, 'anne', sealing)
    expect(unseal(text, 'anne', sealing)).toEqual(secret)
    expect(text).not.toBe(seal(secret, 'anne', sealing))
    expect(() => unseal(text, 'paul', sealing)).toThrow()
    expect(() => unseal(text, 'anne', 'another')).toThrow()
  })
})
