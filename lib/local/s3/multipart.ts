import { createHash } from 'node:crypto'
import { malformed, parseElements } from './elements.ts'
import { notImplemented, S3Error, xmlReply, xmlText } from './error.ts'
import type { PartedUpload, StoredPart, Uploads } from './multipart-store.ts'
import type { Objects } from './objects.ts'
import { parameter, type S3Reply, type S3Request } from './request.ts'
import { tagsOfHeader } from './tags.ts'
import { checkCondition, headersOf, type Write } from './write.ts'

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'

/** Source: Amazon S3 User Guide, "Amazon S3 multipart upload limits": parts by number, and bytes of each but the last. */
const mostParts = 10_000
const smallestPart = 5 * 1024 * 1024

const noSuchUpload = () =>
  new S3Error(
    404,
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  )

/** The upload that a request names. Throws S3Error (404) if it is none of this object's. */
const uploadOf = (uploads: Uploads, request: S3Request): { id: string; upload: PartedUpload } => {
  const id = parameter(request, 'uploadId') ?? ''
  const upload = uploads.get(request.bucket, request.key, id)
  if (!upload) throw noSuchUpload()
  return { id, upload }
}

/** Source: Amazon S3 API Reference, "CreateMultipartUpload". */
export const beginUpload = ({ uploads }: Objects, request: S3Request): S3Reply => {
  const { bucket, key, headers } = request
  const algorithm = headers['x-amz-checksum-algorithm']
  if (algorithm !== undefined && algorithm !== 'SHA256') throw notImplemented(`Parts with a checksum by ${algorithm}`)
  const type = headers['x-amz-checksum-type']
  if (type !== undefined && type !== 'COMPOSITE') throw notImplemented(`A checksum of the type ${type}`)
  const id = uploads.begin(bucket, key, {
    headers: headersOf(request),
    tags: tagsOfHeader(headers['x-amz-tagging']),
    ...(algorithm && { checksum: 'x-amz-checksum-sha256' }),
  })
  const document =
    `<InitiateMultipartUploadResult ${namespace}><Bucket>${xmlText(bucket)}</Bucket><Key>${xmlText(key)}</Key>` +
    `<UploadId>${id}</UploadId></InitiateMultipartUploadResult>`
  return xmlReply(200, document)
}

/** Source: Amazon S3 API Reference, "UploadPart". A part with a number that was sent before replaces it. */
export const putPart = (
  { uploads }: Objects,
  request: S3Request,
  { body, checksum, modified }: { body: Buffer; checksum: Readonly<Record<string, string>>; modified: Date },
): S3Reply => {
  const { id, upload } = uploadOf(uploads, request)
  const number = Number(parameter(request, 'partNumber'))
  if (!Number.isInteger(number) || number < 1 || number > mostParts)
    throw new S3Error(400, 'InvalidArgument', `Part number must be an integer between 1 and ${mostParts}, inclusive`)
  if (upload.checksum && !(upload.checksum in checksum))
    throw new S3Error(400, 'InvalidRequest', 'Checksum Type mismatch occurred, expected checksum Type: sha256')
  const etag = uploads.putPart(id, { number, body, checksum, modified })
  const reply = { etag, 'x-amz-server-side-encryption': 'AES256', ...checksum }
  return {
    status: 200,
    headers: Object.fromEntries(Object.entries(reply).map(([name, value]) => [name, [value]])),
    body: Buffer.alloc(0),
  }
}

/** Source: Amazon S3 API Reference, "ListParts". */
export const listParts = ({ uploads }: Objects, request: S3Request): S3Reply => {
  const { bucket, key } = request
  const { id } = uploadOf(uploads, request)
  const after = Number(parameter(request, 'part-number-marker') ?? 0)
  const limit = Math.min(Number(parameter(request, 'max-parts') ?? 1000), 1000)
  const found = uploads.parts(id).filter(({ number }) => number > after)
  const listed = found.slice(0, limit)
  const parts = listed.map(({ number, etag, size, modified, checksum }) => {
    const sha256 = checksum['x-amz-checksum-sha256']
    return (
      `<Part><PartNumber>${number}</PartNumber><LastModified>${modified.toISOString()}</LastModified>` +
      `<ETag>${xmlText(etag)}</ETag><Size>${size}</Size>` +
      `${sha256 ? `<ChecksumSHA256>${sha256}</ChecksumSHA256>` : ''}</Part>`
    )
  })
  const next = listed.length < found.length ? listed.at(-1)?.number : undefined
  return xmlReply(
    200,
    `<ListPartsResult ${namespace}><Bucket>${xmlText(bucket)}</Bucket><Key>${xmlText(key)}</Key><UploadId>${id}</UploadId>` +
      `<MaxParts>${limit}</MaxParts><IsTruncated>${next !== undefined}</IsTruncated>` +
      `${next === undefined ? '' : `<NextPartNumberMarker>${next}</NextPartNumberMarker>`}${parts.join('')}</ListPartsResult>`,
  )
}

type Named = { readonly number: number; readonly etag: string; readonly sha256: string | undefined }

const parseComplete = (body: Buffer): Named[] => {
  const part = 'CompleteMultipartUpload/Part'
  const fields = ['PartNumber', 'ETag', 'ChecksumSHA256'].map(name => `${part}/${name}`)
  const elements = parseElements(body, ['CompleteMultipartUpload', part, ...fields])
  const named: Named[] = []
  let given: Record<string, string> = {}
  for (const { path, text } of elements) {
    given[path] = text
    if (path !== part) continue
    const [number = '', etag = '', sha256] = fields.map(field => given[field])
    named.push({ number: Number(number), etag: etag.replaceAll('"', ''), sha256 })
    given = {}
  }
  if (named.length === 0) throw malformed('it must name the parts')
  return named
}

/** Throws S3Error unless these are parts of the upload, in ascending order, each but the last of the least size. */
const checkParts = (named: readonly Named[], stored: ReadonlyMap<number, StoredPart>): StoredPart[] => {
  const isInOrder = named.every(({ number }, at) => at === 0 || number > (named[at - 1]?.number ?? 0))
  if (!isInOrder) throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.')
  const parts = named.map(({ number, etag, sha256 }) => {
    const part = stored.get(number)
    const isSame = sha256 === undefined || part?.checksum['x-amz-checksum-sha256'] === sha256
    if (!part || part.etag !== `"${etag}"` || !isSame)
      throw new S3Error(
        400,
        'InvalidPart',
        'One or more of the specified parts could not be found. The part may not have been uploaded, or the specified ' +
          'entity tag may not match the part’s entity tag.',
      )
    return part
  })
  if (parts.slice(0, -1).some(({ size }) => size < smallestPart))
    throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size')
  return parts
}

const joined = (algorithm: string, parts: readonly Buffer[]) =>
  createHash(algorithm).update(Buffer.concat(parts)).digest()

/**
 * Makes an object of the parts. Source: Amazon S3 API Reference, "CompleteMultipartUpload"; of its ETag and checksum, UG,
 * "Checking object integrity for data uploads", composite checksums.
 */
export const completeUpload = (
  objects: Objects,
  request: S3Request,
  write: Write,
  { body, modified }: { body: Buffer; modified: Date },
): S3Reply => {
  const { uploads } = objects
  const { bucket, key } = request
  const { id, upload } = uploadOf(uploads, request)
  const stored = new Map(uploads.parts(id).map(part => [part.number, part]))
  const parts = checkParts(parseComplete(body), stored)
  checkCondition(request, write, objects.etag(bucket, key))
  const md5s = parts.map(({ etag }) => Buffer.from(etag.slice(1, -1), 'hex'))
  const etag = `"${joined('md5', md5s).toString('hex')}-${parts.length}"`
  const header = upload.checksum
  const sums = header ? parts.map(({ checksum }) => Buffer.from(checksum[header] ?? '', 'base64')) : []
  const sum = `${joined('sha256', sums).toString('base64')}-${parts.length}`
  objects.put(bucket, key, {
    body: Buffer.concat(parts.map(({ number }) => uploads.bodyOf(id, number))),
    modified,
    etag,
    headers: upload.headers,
    tags: upload.tags,
    checksum: header ? { [header]: sum } : {},
  })
  uploads.end(id)
  return xmlReply(
    200,
    `<CompleteMultipartUploadResult ${namespace}><Bucket>${xmlText(bucket)}</Bucket><Key>${xmlText(key)}</Key>` +
      `<ETag>${xmlText(etag)}</ETag>${header ? `<ChecksumSHA256>${sum}</ChecksumSHA256>` : ''}` +
      `</CompleteMultipartUploadResult>`,
  )
}

/** Source: Amazon S3 API Reference, "AbortMultipartUpload". */
export const abortUpload = ({ uploads }: Objects, request: S3Request): S3Reply => {
  uploads.end(uploadOf(uploads, request).id)
  return { status: 204, headers: {}, body: Buffer.alloc(0) }
}
