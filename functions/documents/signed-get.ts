import { buildQueryString, escapeUriPath } from '@smithy/core/protocols'
import {
  SHA256_HEADER,
  SignatureV4,
  type SignatureV4CryptoInit,
  type SignatureV4Init,
  UNSIGNED_PAYLOAD,
} from '@smithy/signature-v4'
import { epochSeconds, minute } from '../../shared/kernel/dates.ts'
import type { DocumentsBucket } from '../platform/upload.ts'
import { objectKeyOf, type Stored } from './object-name.ts'

/** Signs a GET of a file's object, which no scan has found clean, to be saved and never shown. */
export type SignGet = (file: Stored, disposition: string) => Promise<string>

/** Seconds for which an address is good: to begin a download. */
const lifetime = 5 * minute

/**
 * Signs GETs of objects, past the edge, with the credentials of the function's role. The reply is of no type that a browser
 * shows or runs, and is saved.
 * Source: Amazon S3 API Reference, "GetObject", Overriding Response Header Values Through the Request.
 */
export const openSignedGets = (
  { origin, region }: DocumentsBucket,
  { credentials, sha256 }: Pick<SignatureV4Init & SignatureV4CryptoInit, 'credentials' | 'sha256'>,
  now: () => Date,
): SignGet => {
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false })
  const { protocol, host, hostname } = new URL(origin)
  return async (file, disposition) => {
    const path = `/${escapeUriPath(objectKeyOf(file))}`
    const { query } = await signer.presign(
      {
        method: 'GET',
        protocol,
        hostname,
        path,
        query: { 'response-content-disposition': disposition, 'response-content-type': 'application/octet-stream' },
        headers: { host, [SHA256_HEADER]: UNSIGNED_PAYLOAD },
      },
      { signingDate: new Date(epochSeconds(now()) * 1000), expiresIn: lifetime },
    )
    return `${protocol}//${host}${path}?${buildQueryString(query ?? {})}`
  }
}
