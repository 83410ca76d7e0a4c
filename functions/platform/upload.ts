import { buildQueryString, escapeUriPath } from '@smithy/core/protocols'
import {
  SHA256_HEADER,
  SignatureV4,
  type SignatureV4CryptoInit,
  type SignatureV4Init,
  UNSIGNED_PAYLOAD,
} from '@smithy/signature-v4'
import { after, epochSeconds, minute } from '../../shared/kernel/dates.ts'
import { type FileAnnouncement, partSize, type UploadGrant, uploadHeaders } from '../../shared/kernel/upload.ts'

/** The origin, `https://<bucket>.s3.<region>.amazonaws.com`, and the Region of the documents' bucket. */
export type DocumentsBucket = { readonly origin: string; readonly region: string }

/**
 * Signs the PUT of one announced file to one object of the documents' bucket, or those of its parts, to the upload in parts
 * that was begun for it.
 */
export type SignUpload = (objectKey: string, file: FileAnnouncement, uploadId?: string) => Promise<UploadGrant>

/** Seconds for which a grant is valid: enough to upload 25 MB over a slow connection. */
const grantLifetime = 15 * minute

type Put = {
  readonly path: string
  readonly length: number
  readonly headers: Readonly<Partial<Record<(typeof uploadHeaders)[number], string>>>
  readonly parameters?: Readonly<Record<string, string>>
}

/**
 * The function that signs uploads, with the credentials of the function's role and the SHA-256 of an SDK client.
 *
 * Length, type and SHA-256 of the file are signed headers: S3 refuses a request that differs in one of them (403
 * SignatureDoesNotMatch), and bytes with another SHA-256 (400 BadDigest). Uploading the same file twice is harmless. S3
 * reads the checksum from a header only, so it must not be moved into the URL.
 *
 * Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)" and
 * "PutObject". A URL expires earlier if the credentials that signed it do.
 */
export const openUploads = (
  { origin, region }: DocumentsBucket,
  { credentials, sha256 }: Pick<SignatureV4Init & SignatureV4CryptoInit, 'credentials' | 'sha256'>,
  now: () => Date,
): SignUpload => {
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false })
  const { protocol, host, hostname } = new URL(origin)
  const signPut = async (signedAt: Date, { path, length, headers, parameters = {} }: Put) => {
    const { query } = await signer.presign(
      {
        method: 'PUT',
        protocol,
        hostname,
        path,
        query: { ...parameters },
        headers: {
          ...headers,
          host,
          'content-length': String(length),
          // Moved into the URL. The payload is unsigned, the only documented form for URLs; the checksum header covers it.
          [SHA256_HEADER]: UNSIGNED_PAYLOAD,
        },
      },
      { signingDate: signedAt, expiresIn: grantLifetime, unhoistableHeaders: new Set(uploadHeaders) },
    )
    return { url: `${protocol}//${host}${path}?${buildQueryString(query ?? {})}`, headers }
  }
  return async (objectKey, file, uploadId) => {
    // The signing date has whole seconds.
    const signedAt = new Date(epochSeconds(now()) * 1000)
    const expiresAt = after(signedAt, grantLifetime).toISOString()
    const path = `/${escapeUriPath(objectKey)}`
    if (uploadId === undefined) {
      const headers = { 'content-type': file.type, 'x-amz-checksum-sha256': file.sha256 }
      return { puts: [await signPut(signedAt, { path, length: file.length, headers })], expiresAt }
    }
    const puts = (file.parts ?? []).map((sha256, at) => {
      const length = Math.min(partSize, file.length - at * partSize)
      const parameters = { partNumber: String(at + 1), uploadId }
      return signPut(signedAt, { path, length, headers: { 'x-amz-checksum-sha256': sha256 }, parameters })
    })
    return { puts: await Promise.all(puts), expiresAt }
  }
}
