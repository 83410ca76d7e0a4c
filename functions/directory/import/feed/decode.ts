import iconv from 'iconv-lite'
import type { FeedFile } from './file.ts'
import { FileRefused } from './finding.ts'

type Decoder = { write: (bytes: Buffer) => string; end: () => string }

const sniffed = 512

/** Bytes that are not of the encoding they should be of. */
class Undecodable extends FileRefused {
  readonly encoding: string

  constructor(encoding: string) {
    super(`it does not decode as ${encoding.toUpperCase()}: the whole file is refused`)
    this.encoding = encoding
  }
}

const strict = (encoding: string): Decoder => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new Undecodable(encoding)
    }
  }
  return { write: decode, end: decode }
}

/**
 * Every byte is a letter of ISO-8859, so that such a file always decodes, even one that is UTF-8 in truth. French text
 * that is not UTF-8 stops being valid UTF-8 at its first accent; a file that never does was declared wrongly.
 */
const singleByte = (encoding: string): Decoder => {
  // What calls itself ISO-8859-1 is read as its superset (WHATWG Encoding Standard): there is the œ of French names.
  const decoder = iconv.getDecoder(encoding === 'iso-8859-1' ? 'windows-1252' : encoding)
  const other = new TextDecoder('utf-8', { fatal: true })
  let stillUtf8 = true
  let accents = false
  const check = (bytes?: Buffer) => {
    if (!stillUtf8) return
    try {
      const text = bytes ? other.decode(bytes, { stream: true }) : other.decode()
      if (bytes && text.length < bytes.length) accents = true
    } catch {
      stillUtf8 = false
    }
  }
  return {
    write: bytes => {
      check(bytes)
      return decoder.write(bytes)
    },
    end: () => {
      check()
      if (stillUtf8 && accents)
        throw new FileRefused(`it declares ${encoding.toUpperCase()} but holds UTF-8: the whole file is refused`)
      return decoder.end() ?? ''
    },
  }
}

/** UTF-16 by its byte order mark or, since a file begins with a letter or `<`, by the zero beside it. */
const utf16Of = ([first, second]: Buffer): string | undefined => {
  if (first === undefined || second === undefined) return undefined
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : undefined
}

const decoderOf = (start: Buffer): Decoder => {
  const wide = utf16Of(start)
  if (wide) return strict(wide)
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return strict('utf-8')
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']{1,40})["']/.exec(start.toString('latin1'))?.[1]
  const name = declared?.toLowerCase().replaceAll('_', '-') ?? 'utf-8'
  if (['utf-8', 'utf8', 'us-ascii', 'ascii'].includes(name)) return strict('utf-8')
  if (['iso-8859-1', 'iso-8859-15', 'windows-1252'].includes(name)) return singleByte(name)
  throw new FileRefused(`its declared encoding ${declared} is not one that is read: the whole file is refused`)
}

async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: Decoder | undefined
  let start = Buffer.alloc(0)
  for await (const chunk of bytes) {
    if (!decoder) {
      start = Buffer.concat([start, chunk])
      if (start.length < sniffed) continue
      decoder = decoderOf(start)
      yield decoder.write(start).replace(/^\uFEFF/, '')
    } else yield decoder.write(chunk)
  }
  if (!decoder) {
    decoder = decoderOf(start)
    yield decoder.write(start).replace(/^\uFEFF/, '')
  }
  yield decoder.end()
}

/** The line at which a file stops being UTF-8. */
const lineOfFault = async (file: FeedFile): Promise<number> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for await (const bytes of file.bytes())
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf('\n', from) + 1 || bytes.length
      try {
        decoder.decode(bytes.subarray(from, end), { stream: true })
      } catch {
        return line
      }
      if (bytes[end - 1] === 0x0a) line++
      from = end
    }
  return line
}

/**
 * A file's text, piece by piece: by its byte order mark, else its XML declaration, else UTF-8.
 * Throws FileRefused as soon as the bytes are not of that encoding. `progress` is called with the number of bytes read.
 */
export async function* textOf(file: FeedFile, progress: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  const counted = async function* () {
    for await (const bytes of file.bytes()) {
      progress(bytes.length)
      yield bytes
    }
  }
  try {
    yield* decoded(counted())
  } catch (error) {
    if (!(error instanceof Undecodable) || error.encoding !== 'utf-8') throw error
    throw new FileRefused(error.message, await lineOfFault(file))
  }
}

/**
 * Reads a file once without using it, before its first record is imported: a file that cannot be read to its end is
 * refused as a whole. Throws FileRefused.
 */
export const readThrough = async (file: FeedFile): Promise<void> => {
  for await (const _ of textOf(file));
}
