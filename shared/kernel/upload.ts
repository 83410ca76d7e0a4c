import * as z from 'zod/mini'
import { Instant } from './dates.ts'

/** The largest file that one request puts, in bytes: what is larger is better sent in parts. S3 itself takes 5 GB. */
export const largestUpload = 25 * 1024 * 1024

/** A type and a subtype in lower case, without parameters (RFC 6838, section 4.2): what `File.type` holds. */
const mimeType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/

/** Base64 of 32 bytes: 43 characters, of which the last holds 4 bits, and the padding (RFC 4648, section 4). */
const base64Of32Bytes = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

/**
 * What a browser says of a file before it sends it: its length in bytes, its MIME type and its SHA-256. The grant is
 * good for exactly this file. A feature that accepts fewer types or smaller files refines the schema.
 */
export const FileAnnouncement = z.object({
  length: z.int().check(z.minimum(0), z.maximum(largestUpload)),
  type: z.string().check(z.regex(mimeType)),
  sha256: z.string().check(z.regex(base64Of32Bytes)),
})
export type FileAnnouncement = z.infer<typeof FileAnnouncement>

/**
 * The headers that the browser sets on the PUT. `content-length` is signed too, but a page cannot set it: the browser
 * takes it from the file (Fetch standard, "forbidden request-header").
 */
export const uploadHeaders = ['content-type', 'x-amz-checksum-sha256'] as const

/**
 * Leave to put one file into the documents' bucket until `expiresAt`, as often as need be: a PUT of the announced bytes
 * to `url` with `headers`, without cookies.
 */
export const UploadGrant = z.object({
  url: z.url(),
  headers: z.record(z.enum(uploadHeaders), z.string()),
  expiresAt: Instant,
})
export type UploadGrant = z.infer<typeof UploadGrant>
