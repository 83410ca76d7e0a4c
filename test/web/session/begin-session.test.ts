import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextAddress } from '../../../web/session/begin-session.ts'
import { assertProperty } from '../../support/property.ts'

describe('nextAddress()', () => {
  it.each(['/', '/news', '/news?show=unread', '/news/abc/def#top', '/sign-inside'])('returns %s', address => {
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
  ])('returns Home for %s', address => {
    expect(nextAddress(address)).toBe('/')
  })

  it('never leads to another host', () => {
    const tricks = fc.string({
      unit: fc.constantFrom('/', '\\', '\t', '\n', '\r', ' ', 'a', '.', ':', '@', '?', '#'),
      maxLength: 8,
    })
    assertProperty(
      fc.property(fc.oneof(tricks, fc.string(), fc.webUrl()), asked => {
        const whole = new URL(nextAddress(asked), 'https://ent.example')
        expect(whole.origin).toBe('https://ent.example')
      }),
      { short: 2_000, long: 200_000 },
    )
  })
})
