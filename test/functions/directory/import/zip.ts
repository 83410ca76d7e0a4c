import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

type Entry = string | Buffer | { readonly content: string | Buffer; readonly mode: number }

/** A ZIP archive of those files. `mode`: what Unix makes of one, such as a symbolic link. */
export const zipOf = async (files: Readonly<Record<string, Entry>>): Promise<Buffer> => {
  const zip = new ZipFile()
  for (const [name, entry] of Object.entries(files)) {
    const { content, mode } = typeof entry === 'object' && 'mode' in entry ? entry : { content: entry, mode: 0o100644 }
    zip.addBuffer(Buffer.from(content), name, { mode })
  }
  zip.end()
  return buffer(zip.outputStream)
}

/** The archive with a name replaced by another of the same length, as only an attacker writes it. */
export const renamed = (zip: Buffer, from: string, to: string): Buffer =>
  Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1')

const listed = 0x02014b50

/** The archive with a number of 32 bits replaced, `at` bytes into each entry of its list of files. */
const patched = (zip: Buffer, at: number, value: (before: number) => number): Buffer => {
  const bytes = Buffer.from(zip)
  for (let place = 0; place < bytes.length - 46; place++)
    if (bytes.readUInt32LE(place) === listed) bytes.writeUInt32LE(value(bytes.readUInt32LE(place + at)), place + at)
  return bytes
}

/** The archive whose list states other unpacked sizes than its files have. */
export const lying = (zip: Buffer, size: (before: number) => number): Buffer => patched(zip, 24, size)

/** The archive whose list states other checksums than its files have. */
export const damaged = (zip: Buffer): Buffer => patched(zip, 16, before => (before ^ 1) >>> 0)

/** The archive whose list names its first file over and over: files laid over one another. */
export const overlaid = (zip: Buffer, times: number): Buffer => {
  const ends = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  const list = zip.subarray(zip.readUInt32LE(ends + 16), ends)
  const end = Buffer.from(zip.subarray(ends))
  end.writeUInt16LE(times, 8)
  end.writeUInt16LE(times, 10)
  end.writeUInt32LE(list.length * times, 12)
  return Buffer.concat([zip.subarray(0, ends - list.length), ...Array(times).fill(list), end])
}
