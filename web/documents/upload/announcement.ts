import { type FileAnnouncement, partSize, partsOf } from '../../../shared/kernel/upload.ts'

/** Types as the API takes them (shared/kernel/upload.ts); a browser may tell none, or one with parameters. */
const known = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/

const typeOf = ({ type }: Blob): string => {
  const [bare = ''] = type.toLowerCase().split(';')
  return known.test(bare) ? bare : 'application/octet-stream'
}

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

const digest = (bytes: BufferSource): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', bytes)

/** The parts in which a file is sent: itself, if it is put by one request. */
export const slicesOf = (file: Blob): readonly Blob[] => {
  const count = partsOf(file.size)
  return count === 0
    ? [file]
    : Array.from({ length: count }, (_, at) => file.slice(at * partSize, Math.min(file.size, (at + 1) * partSize)))
}

/**
 * What is announced of a file: its SHA-256, and those of its parts where it is sent in parts, one at a time in memory.
 * Rejects with a DOMException if the file cannot be read: it was moved or changed meanwhile, or is a folder.
 */
export const announcementOf = async (file: Blob): Promise<FileAnnouncement> => {
  const hashes: ArrayBuffer[] = []
  for (const slice of slicesOf(file)) hashes.push(await digest(await slice.arrayBuffer()))
  const of = { length: file.size, type: typeOf(file) }
  const [first] = hashes
  if (hashes.length === 1 && first) return { ...of, sha256: base64(first) }
  const all = new Uint8Array(hashes.length * 32)
  for (const [at, hash] of hashes.entries()) all.set(new Uint8Array(hash), at * 32)
  return { ...of, sha256: base64(await digest(all)), parts: hashes.map(base64) }
}
