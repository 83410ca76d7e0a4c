import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pdfOf, pngOf, wavOf } from '../../../bin/directory/demo/files.ts'
import { fitsType } from '../../../functions/documents/first-bytes.ts'

describe('the demo’s files', () => {
  it('are of the types that they are sent as', () => {
    expect(fitsType(pdfOf('x', [['y']]), 'application/pdf')).toBe(true)
    expect(
      fitsType(
        pngOf(2, 2, () => [1, 2, 3]),
        'image/png',
      ),
    ).toBe(true)
    expect(fitsType(wavOf([440]), 'audio/wav')).toBe(true)
  })

  it('pdfOf() has its objects where the cross-reference table says', () => {
    const text = pdfOf('Leçon (3)', [['é'], ['b']]).toString('latin1')
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1])
    const offsets = [...text.slice(start).matchAll(/(\d{10}) 00000 n/g)].map(([, offset]) => Number(offset))
    expect(offsets.length).toBe(8)
    for (const [at, offset] of offsets.entries()) expect(text.startsWith(`${at + 1} 0 obj`, offset)).toBe(true)
    expect(text).toContain('(Leçon \\(3\\)) Tj')
    for (const [, length, stream] of text.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
      expect(stream).toHaveLength(Number(length))
  })

  it('pngOf() holds a row of pixels for each line', () => {
    const png = pngOf(3, 2, (x, y) => [x, y, 9])
    const at = png.indexOf('IDAT')
    const data = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
    expect([...data]).toEqual([0, 0, 0, 9, 1, 0, 9, 2, 0, 9, 0, 0, 1, 9, 1, 1, 9, 2, 1, 9])
  })

  it('wavOf() tells its length, and half a second for each note', () => {
    const wav = wavOf([440, 220])
    expect([wav.length, wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([8_044, 8_036, 8_000])
  })
})
