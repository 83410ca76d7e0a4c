/** Bytes at the beginning of a file by which its type is judged. */
export const judgedBytes = 512

const text = (bytes: Buffer, from: number, to: number) => bytes.subarray(from, to).toString('latin1')
const begins =
  (...beginnings: readonly string[]) =>
  (bytes: Buffer) =>
    beginnings.some(one => text(bytes, 0, one.length) === one)
const riff = (kind: string) => (bytes: Buffer) => begins('RIFF')(bytes) && text(bytes, 8, 12) === kind
/** A file of the ISO base media format with one of these brands; any, if none is named. */
const media =
  (...brands: readonly string[]) =>
  (bytes: Buffer) =>
    text(bytes, 4, 8) === 'ftyp' && (brands.length === 0 || brands.includes(text(bytes, 8, 12)))
/** A frame of MPEG audio, layer I to III: eleven bits set, a version and a layer that exist. */
const mpegFrame = (bytes: Buffer): boolean => {
  const second = bytes[1] ?? 0
  return bytes[0] === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0
}
const heif = media('heic', 'heix', 'hevc', 'mif1', 'msf1', 'heim', 'heis')

/** Formats by their first bytes, and the types that a file of each may call itself. */
const formats: readonly { readonly is: (bytes: Buffer) => boolean; readonly types: readonly RegExp[] }[] = [
  { is: begins('%PDF-'), types: [/^application\/pdf$/] },
  { is: begins('\x89PNG\r\n\x1a\n'), types: [/^image\/(png|apng)$/] },
  { is: begins('\xff\xd8\xff'), types: [/^image\/jpeg$/] },
  { is: begins('GIF87a', 'GIF89a'), types: [/^image\/gif$/] },
  { is: riff('WEBP'), types: [/^image\/webp$/] },
  { is: riff('WAVE'), types: [/^audio\/(wav|x-wav|wave)$/] },
  { is: heif, types: [/^image\/hei[cf]$/] },
  {
    is: bytes => media()(bytes) && !heif(bytes),
    types: [/^(video|audio)\/(mp4|x-m4a|x-m4v|quicktime|3gpp2?)$/, /^image\/avif$/],
  },
  { is: bytes => begins('ID3')(bytes) || mpegFrame(bytes), types: [/^audio\/(mpeg|mp3|aac)$/] },
  { is: begins('OggS'), types: [/^(audio|video|application)\/(ogg|opus)$/] },
  { is: begins('\x1a\x45\xdf\xa3'), types: [/^(audio|video)\/(webm|x-matroska)$/] },
  // Archives, and the office formats that are archives.
  {
    is: begins('PK\x03\x04', 'PK\x05\x06'),
    types: [/^application\/(x-)?zip(-compressed)?$/, /^application\/(vnd\.|epub|x-)/, /^application\/java-archive$/],
  },
  { is: begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), types: [/^application\/(msword|vnd\.ms-|vnd\.visio|x-ole)/] },
  { is: begins('MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'), types: [/^application\/(x-|vnd\.)/] },
]

/** What calls itself text has no NUL, and is UTF-8 up to a character that the cut may have halved. */
const isText = (bytes: Buffer): boolean => {
  if (bytes.includes(0)) return false
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    decoder.decode(bytes, { stream: true })
    return true
  } catch {
    // Of an older editor: any byte is a letter of Windows-1252, but for control characters.
    return !bytes.some(byte => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte))
  }
}

/** Types that say nothing of what is in a file. */
const unsaying = ['application/octet-stream']

/**
 * True if a file's first bytes fit the type that it was announced with: they are those of one of its formats, if it has
 * any here, and of no other format. So nothing can be stored as a picture that is a program, or as a text that is an archive.
 */
export const fitsType = (bytes: Buffer, type: string): boolean => {
  if (unsaying.includes(type)) return true
  const allows = (types: readonly RegExp[]) => types.some(one => one.test(type))
  const found = formats.filter(({ is }) => is(bytes))
  if (found.length > 0) return found.some(({ types }) => allows(types))
  // It has a format here, and is not of it. Of the vendors' types, some have one and some have not.
  const expected = formats.some(({ types }) => allows(types)) && !/^application\/(vnd\.|x-)/.test(type)
  if (expected) return false
  return !/^text\//.test(type) || isText(bytes)
}
