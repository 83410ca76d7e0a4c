import { createHash } from 'node:crypto'
import { partSize, partsOf } from '../../shared/kernel/upload.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64')

/** The parts that a file is sent in; none if it is put by one request. */
export const slices = (bytes: Buffer): Buffer[] =>
  Array.from({ length: partsOf(bytes.length) }, (_, at) => bytes.subarray(at * partSize, (at + 1) * partSize))

/** What a browser announces of a file. */
export const announcementOf = (bytes: Buffer, type: string) => {
  const parts = slices(bytes).map(sha256)
  const ofParts = Buffer.concat(parts.map(one => Buffer.from(one, 'base64')))
  return parts.length > 0
    ? { length: bytes.length, type, sha256: sha256(ofParts), parts }
    : { length: bytes.length, type, sha256: sha256(bytes) }
}
