import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Now } from '../now.ts'
import { notImplemented, S3Error } from './error.ts'
import type { May } from './permissions.ts'
import { decoded, parameter, type S3Request } from './request.ts'

/** Whose signatures are accepted, and in which Region. */
export type Signer = {
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** What the caller with a session token may do, or undefined if there is no such token. Without a token, everything. */
  readonly session: (token: string) => May | undefined
  readonly now: Now
}

/** What follows from a valid signature. */
export type Verified = {
  /** The SHA-256 in hex that the body must have; undefined if the payload is not signed. */
  readonly sha256: string | undefined
  readonly may: May
}

/** The signature of a request, from its Authorization header or from its URL. */
type Signature = {
  readonly presigned: boolean
  readonly credential: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `20260316T080000Z` */
  readonly date: string
  readonly payload: string
}

const algorithm = 'AWS4-HMAC-SHA256'
const unsigned = 'UNSIGNED-PAYLOAD'
/** Milliseconds by which a request's date may differ from the server's (API Reference, "RequestTimeTooSkewed"). */
const largestSkew = 15 * 60_000
/** Seconds: seven days, the longest validity of a presigned URL. */
const longestValidity = 604_800

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
const denied = (why: string) => new S3Error(403, 'AccessDenied', why)

const fromHeader = ({ headers }: S3Request): Signature => {
  const malformed = (why: string) => new S3Error(400, 'AuthorizationHeaderMalformed', why)
  const { authorization = '', 'x-amz-date': date, 'x-amz-content-sha256': payload } = headers
  if (authorization.startsWith('AWS '))
    throw new S3Error(400, 'InvalidRequest', `The authorization mechanism is not supported. Use ${algorithm}.`)
  const [, credential = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? []
  if (!signature) throw malformed('The authorization header is malformed')
  if (!date) throw denied('AWS authentication requires a valid x-amz-date header')
  if (!payload)
    throw new S3Error(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  return { presigned: false, credential, signedHeaders: names.split(';'), signature, date, payload }
}

const fromQuery = (request: S3Request): Signature => {
  const malformed = (why: string) => new S3Error(400, 'AuthorizationQueryParametersError', why)
  const [credential, names, signature, date, expires] = [
    'X-Amz-Credential',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
    'X-Amz-Date',
    'X-Amz-Expires',
  ].map(name => parameter(request, name))
  if (!credential || !names || !signature || !date || !expires)
    throw malformed(`Query-string authentication with ${algorithm} requires five X-Amz parameters beside it`)
  if (parameter(request, 'X-Amz-Algorithm') !== algorithm) throw malformed(`X-Amz-Algorithm only supports ${algorithm}`)
  const seconds = Number(expires)
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > longestValidity)
    throw malformed('X-Amz-Expires must be a number of seconds, a week at most')
  // AWS documents no other payload for presigned URLs; SDKs repeat it as a parameter.
  for (const payload of [parameter(request, 'x-amz-content-sha256'), request.headers['x-amz-content-sha256']])
    if (payload !== undefined && payload !== unsigned) throw notImplemented('A presigned URL with a signed payload')
  return { presigned: true, credential, signedHeaders: names.split(';'), signature, date, payload: unsigned }
}

const signatureOf = (request: S3Request): Signature => {
  const { authorization } = request.headers
  const inUrl = request.query.some(([name]) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature')
  if (authorization !== undefined && inUrl) throw new S3Error(400, 'InvalidArgument', 'Only one auth mechanism allowed')
  if (inUrl) return fromQuery(request)
  if (authorization === undefined) throw denied('Access Denied')
  return fromHeader(request)
}

const timeOf = (date: string): number => {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  if (!second) throw denied('AWS authentication requires a valid x-amz-date')
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

const checkTime = (request: S3Request, { presigned, date }: Signature, now: number): void => {
  const signedAt = timeOf(date)
  const age = now - signedAt
  if (!presigned) {
    if (Math.abs(age) > largestSkew)
      throw new S3Error(403, 'RequestTimeTooSkewed', 'The request’s time and the current time differ too much.')
    return
  }
  if (age < -largestSkew) throw denied('Request is not yet valid')
  if (age > Number(parameter(request, 'X-Amz-Expires')) * 1000) throw denied('Request has expired')
}

const checkCredential = ({ presigned, credential, date }: Signature, { region, credentials }: Signer): string => {
  const malformed = (why: string) =>
    new S3Error(400, presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed', why)
  const [accessKeyId, day, inRegion, service, end, ...more] = credential.split('/')
  if (service !== 's3' || end !== 'aws4_request' || more.length > 0)
    throw malformed('The credential must be <key>/<date>/<region>/s3/aws4_request')
  if (day !== date.slice(0, 8)) throw malformed('The date of the credential is not that of the request')
  if (inRegion !== region) throw malformed(`The region '${inRegion}' is wrong; expecting '${region}'`)
  if (accessKeyId !== credentials.accessKeyId)
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')
  return [day, inRegion, service, end].join('/')
}

/** All headers that S3 reads a meaning from must be signed; the host always. */
const checkSignedHeaders = ({ headers }: S3Request, { signedHeaders }: Signature): void => {
  const required = ['host', ...Object.keys(headers).filter(name => name.startsWith('x-amz-'))]
  const missing = required.filter(name => !signedHeaders.includes(name))
  if (missing.length > 0)
    throw denied(`There were headers present in the request which were not signed: ${missing.join(', ')}`)
}

const canonicalRequest = (request: S3Request, { signedHeaders, payload }: Signature): string => {
  const { method, path, query, headers } = request
  const canonicalQuery = query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1))
    .map(pair => pair.join('='))
    .join('&')
  const canonicalHeaders = signedHeaders.map(name => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`)
  const uri = path.split('/').map(part => encoded(decoded(part)))
  return [method, uri.join('/'), canonicalQuery, canonicalHeaders.join(''), signedHeaders.join(';'), payload].join('\n')
}

/**
 * Throws S3Error unless the request carries a valid signature, in its Authorization header or as a presigned URL.
 * Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
 */
export const verifySignature = (request: S3Request, signer: Signer): Verified => {
  const given = signatureOf(request)
  const scope = checkCredential(given, signer)
  const token = parameter(request, 'X-Amz-Security-Token') ?? request.headers['x-amz-security-token']
  const may = token === undefined ? () => true : signer.session(token)
  if (!may) throw new S3Error(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.')
  checkTime(request, given, signer.now())
  checkSignedHeaders(request, given)
  const hash = createHash('sha256').update(canonicalRequest(request, given)).digest('hex')
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${signer.credentials.secretAccessKey}`)
  const expected = hmac(key, [algorithm, given.date, scope, hash].join('\n')).toString('hex')
  if (
    given.signature.length !== expected.length ||
    !timingSafeEqual(Buffer.from(given.signature), Buffer.from(expected))
  )
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    )
  if (given.payload.startsWith('STREAMING-')) throw notImplemented('A body in signed or trailed chunks')
  return { sha256: given.payload === unsigned ? undefined : given.payload, may }
}
