import * as z from 'zod/mini'
import { Instant } from './dates.ts'

/** The largest file that one request puts, in bytes: a larger one is sent in parts. S3 itself takes 5 GB. */
export const largestUpload = 25 * 1024 * 1024

/** Bytes of each part but the last. S3 takes 5 MiB to 5 GiB, and 10,000 parts. */
export const partSize = 8 * 1024 * 1024

/** The largest file at all: 128 parts, whose grants are some 250 KB. */
export const largestFile = 128 * partSize

/** How many parts a file of this length is sent in; 0 if it is put by one request. */
export const partsOf = (length: number): number => (length > largestUpload ? Math.ceil(length / partSize) : 0)

/** A type and a subtype in lower case, without parameters (RFC 6838, section 4.2): what `File.type` holds. */
const mimeType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/

/** Base64 of 32 bytes: 43 characters, of which the last holds 4 bits, and the padding (RFC 4648, section 4). */
const Sha256 = z.string().check(z.regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/))

/**
 * What a browser says of a file before it sends it: its length in bytes, its MIME type and its SHA-256. The grant is
 * good for exactly this file. A feature that accepts fewer types or smaller files refines the schema.
 *
 * A file of more than {@link largestUpload} is sent in parts of {@link partSize}: `parts` are their SHA-256s, and `sha256`
 * is that of these one after another, as S3 tells it of an object put in parts. A browser can hash no more at a time.
 */
export const FileAnnouncement = z
  .object({
    length: z.int().check(z.minimum(0), z.maximum(largestFile)),
    type: z.string().check(z.regex(mimeType)),
    sha256: Sha256,
    parts: z.optional(z.array(Sha256).check(z.maxLength(largestFile / partSize))),
  })
  .check(
    z.refine(({ length, parts = [] }) => parts.length === partsOf(length), {
      message: 'needs the SHA-256 of each part, of a file that is sent in parts, and of no other',
      path: ['parts'],
    }),
  )
export type FileAnnouncement = z.infer<typeof FileAnnouncement>

/**
 * The headers that the browser sets on the PUT. `content-length` is signed too, but a page cannot set it: the browser
 * takes it from the file (Fetch standard, "forbidden request-header").
 */
export const uploadHeaders = ['content-type', 'x-amz-checksum-sha256'] as const

/** An address of another host, checked without a parser of addresses, which each first visit would load. */
export const HostAddress = z.string().check(z.regex(/^https?:\/\/\S+$/))

/**
 * Leave to put one file into the documents' bucket until `expiresAt`, as often as need be: a PUT of its bytes, or of each
 * part's in order, to `url` with `headers`, without cookies.
 */
export const UploadGrant = z.object({
  puts: z.array(z.object({ url: HostAddress, headers: z.partialRecord(z.enum(uploadHeaders), z.string()) })),
  expiresAt: Instant,
})
export type UploadGrant = z.infer<typeof UploadGrant>
