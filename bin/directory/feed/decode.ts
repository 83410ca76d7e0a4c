import iconv from 'iconv-lite'
import { FileRefused } from './finding.ts'

type Decoder = { write: (bytes: Buffer) => string; end: () => string }

const sniffed = 512

const strict = (encoding: string): Decoder => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const refuse = (): never => {
    throw new FileRefused(`it does not decode as ${encoding.toUpperCase()}: the whole file is refused`)
  }
  return {
    write: bytes => {
      try {
        return decoder.decode(bytes, { stream: true })
      } catch {
        return refuse()
      }
    },
    end: () => {
      try {
        return decoder.decode()
      } catch {
        return refuse()
      }
    },
  }
}

/**
 * Every byte is a letter of ISO-8859, so that such a file always decodes, even one that is UTF-8 in truth. French text
 * that is not UTF-8 stops being valid UTF-8 at its first accent; a file that never does was declared wrongly.
 */
const singleByte = (encoding: string): Decoder => {
  const decoder = iconv.getDecoder(encoding)
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

const decoderOf = (start: Buffer): Decoder => {
  if (start[0] === 0xff && start[1] === 0xfe) return strict('utf-16le')
  if (start[0] === 0xfe && start[1] === 0xff) return strict('utf-16be')
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return strict('utf-8')
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']{1,40})["']/.exec(start.toString('latin1'))?.[1]
  const name = declared?.toLowerCase().replaceAll('_', '-') ?? 'utf-8'
  if (['utf-8', 'utf8', 'us-ascii', 'ascii'].includes(name)) return strict('utf-8')
  if (['iso-8859-1', 'iso-8859-15', 'windows-1252'].includes(name)) return singleByte(name)
  throw new FileRefused(`its encoding ${declared} is not known: the whole file is refused`)
}

/**
 * A file's text, piece by piece: by its byte order mark, else its XML declaration, else UTF-8.
 * Throws FileRefused as soon as the bytes are not of that encoding.
 */
export async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
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
