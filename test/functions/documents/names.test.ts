import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dispositionOf } from '../../../functions/documents/disposition.ts'
import { cleanName, longestName } from '../../../shared/kernel/file-name.ts'
import { assertProperty } from '../../support/property.ts'

describe('cleanName()', () => {
  it.each([
    ['../../etc/passwd', '-..-etc-passwd'],
    ['devoir é œ "2".pdf', 'devoir é œ -2-.pdf'],
    ['photo\u202egnp.exe', 'photo gnp.exe'],
    ['👩‍🏫 classe.png', '👩‍🏫 classe.png'],
    ['  a \n\t b.txt. ', 'a b.txt'],
    ['CON.txt', '_CON.txt'],
    ['e\u0301te\u0301.pdf', 'été.pdf'],
  ])('of %j is %j', (given, name) => {
    expect(cleanName(given)).toBe(name)
  })

  it('keeps the extension of a name of 300 characters', () => {
    const name = cleanName(`${'é'.repeat(300)}.pdf`) ?? ''
    expect([[...name].length, name.endsWith('é.pdf')]).toEqual([longestName, true])
  })

  it('is none of what nothing is left of', () => {
    for (const given of ['', ' ', '...', '\u202e', '\u0000']) expect(cleanName(given)).toBeUndefined()
  })
})

describe('dispositionOf()', () => {
  it('shows pictures and saves pages, programs and drawings with scripts', () => {
    const how = (type: string) => dispositionOf('a', type).split(';')[0]
    for (const type of ['image/png', 'application/pdf', 'video/mp4', 'text/plain']) expect(how(type)).toBe('inline')
    for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'application/octet-stream', 'text/javascript'])
      expect(how(type)).toBe('attachment')
  })

  it('tells every name so that it is read as it is, and breaks out of nothing', () => {
    assertProperty(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), given => {
        const name = cleanName(given)
        fc.pre(name !== undefined)
        const value = dispositionOf(name ?? '', 'image/png')
        const [, plain, extended = ''] =
          /^inline; filename="([^"\\]*)"; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]+)$/.exec(value) ?? []
        expect(plain, value).toMatch(/^[\x20-\x7e]+$/)
        expect(decodeURIComponent(extended)).toBe(name)
      }),
    )
  })
})
