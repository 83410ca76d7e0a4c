import { describe, expect, it } from 'vitest'
import { FileAnnouncement, largestUpload } from '../../../shared/kernel/upload.ts'

const sha256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const file = { length: 0, type: 'image/svg+xml', sha256 }
const accepts = (changed: object) => FileAnnouncement.safeParse({ ...file, ...changed }).success

describe('FileAnnouncement', () => {
  it.each([0, 1, largestUpload])('takes a length of %i bytes', length => {
    expect(accepts({ length })).toBe(true)
  })
  it.each([-1, 1.5, largestUpload + 1, Number.NaN, '1'])('refuses a length of %s', length => {
    expect(accepts({ length })).toBe(false)
  })

  it.each(['text/plain', 'application/vnd.oasis.opendocument.text', 'application/octet-stream'])(
    'takes the type %s',
    type => {
      expect(accepts({ type })).toBe(true)
    },
  )
  it.each(['', 'image', 'image/', '/png', 'Image/PNG', 'text/plain; charset=utf-8', 'a/b/c', 'a/b\n', 'a/b\r\nx: y'])(
    'refuses the type %j',
    type => {
      expect(accepts({ type })).toBe(false)
    },
  )

  it('takes a SHA-256 as base64 of 32 bytes, padded, in its one form', () => {
    expect(accepts({ sha256: Buffer.alloc(32, 0xff).toString('base64') })).toBe(true)
    const others = [
      Buffer.alloc(31).toString('base64'),
      Buffer.alloc(33).toString('base64'),
      Buffer.alloc(32).toString('hex'),
      sha256.slice(0, -1),
      sha256.replace('+', '-').replace('/', '_'),
      // The last two bits stand for nothing.
      sha256.replace('U=', 'V='),
    ]
    expect(others.filter(one => accepts({ sha256: one }))).toEqual([])
  })
})
