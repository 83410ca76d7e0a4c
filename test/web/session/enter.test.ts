import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextAddress } from '../../../web/session/enter.ts'

describe('nextAddress()', () => {
  it.each(['/', '/news', '/news?show=unread', '/news/abc/def#top', '/sign-inside'])('goes to %s', address => {
    expect(nextAddress(address)).toBe(address)
  })

  it.each([
    undefined,
    '',
    'news',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '\\\\evil.example',
    '/sign-in',
    '/sign-in?next=/news',
    '/activate#code=x',
  ])('goes home for %s', address => {
    expect(nextAddress(address)).toBe('/')
  })

  it('never leaves this host', () => {
    const tricks = fc.string({
      unit: fc.constantFrom('/', '\\', '\t', '\n', '\r', ' ', 'a', '.', ':', '@', '?', '#'),
      maxLength: 8,
    })
    fc.assert(
      fc.property(fc.oneof(tricks, fc.string(), fc.webUrl()), asked => {
        const whole = new URL(nextAddress(asked), 'https://ent.example')
        expect(whole.origin).toBe('https://ent.example')
      }),
      { numRuns: 2_000 },
    )
  })
})
