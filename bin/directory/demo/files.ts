import { deflateSync } from 'node:zlib'

/** Small files of the demo, made here: a PDF, a picture and a sound. */

/** Text as a PDF's string: Windows-1252 for the letters of French, with what ends a string escaped (ISO 32000-1, 7.3.4.2). */
const pdfString = (text: string): string => `(${text.replace(/[\\()]/g, one => `\\${one}`)})`

/** A PDF of some lines on each page, in the Helvetica that every viewer has (ISO 32000-1, 7.5, 9.6.2.2). */
export const pdfOf = (title: string, pages: readonly (readonly string[])[]): Buffer => {
  const contents = pages.map(lines =>
    [
      ...['BT', '/F2 20 Tf', '56 770 Td', `${pdfString(title)} Tj`, '/F1 12 Tf', '0 -36 Td', '18 TL'],
      ...lines.map(line => `${pdfString(line)} Tj T*`),
      'ET',
    ].join('\n'),
  )
  const kids = pages.map((_, at) => `${5 + at * 2} 0 R`).join(' ')
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    ...contents.flatMap((content, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${6 + at * 2} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = body.length
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const entries = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  const end = `xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + end, 'latin1')
}

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})
const crc = (bytes: Buffer): number => {
  let value = 0xffffffff
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}

/** A PNG of which each pixel is asked for, as red, green and blue (PNG specification, 5 and 11.2.1). */
export const pngOf = (
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number],
): Buffer => {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(color(x, y), y * (1 + width * 3) + 1 + x * 3)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A page of an exercise book with so many lines of writing, as a PNG of 480 by 640 pixels. Each `seed` has a hand of its own. */
export const exerciseBook = (lines: number, seed: number): Buffer =>
  pngOf(480, 640, (x, y) => {
    const line = Math.floor(y / 28)
    const isWritten = line > 1 && line < lines + 2 && x > 96 && x < 300 + ((line * 67 + seed * 41) % 150)
    const stroke = 14 + 7 * Math.sin(x / 3 + line * seed) * Math.sin(x / 17 + seed + line)
    if (isWritten && Math.abs((y % 28) - stroke) < 1.6) return [38, 48, 130]
    if (x === 80) return [224, 96, 104]
    if (y % 28 === 25) return [150, 160, 205]
    return y % 7 === 4 ? [226, 230, 243] : [251, 250, 246]
  })

/** Samples a second of a sound. */
const rate = 8_000

/** A WAV of notes one after another, each of half a second: 8 bits, one channel (RIFF WAVE, format 1). */
export const wavOf = (hertz: readonly number[]): Buffer => {
  const each = rate / 2
  const samples = Buffer.alloc(hertz.length * each)
  for (const [note, frequency] of hertz.entries())
    for (let at = 0; at < each; at++) {
      const loud = Math.min(1, (each - at) / (each / 4))
      samples[note * each + at] = 128 + Math.round(60 * loud * Math.sin((2 * Math.PI * frequency * at) / rate))
    }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}
