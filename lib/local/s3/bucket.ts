import { malformed, parseElements } from './elements.ts'
import { S3Error, xmlReply, xmlText } from './error.ts'
import type { Objects } from './objects.ts'
import { type May, objectArn } from './permissions.ts'
import { parameter, type S3Reply, type S3Request } from './request.ts'

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
/** Objects in a list, and in a request to delete several (API Reference, "ListObjectsV2", "DeleteObjects"). */
const most = 1000

const argument = (why: string) => new S3Error(400, 'InvalidArgument', why)

/** Source: Amazon S3 API Reference, "ListObjectsV2". The continuation token is the last key that was listed. */
export const listObjects = (objects: Objects, request: S3Request): S3Reply => {
  const prefix = parameter(request, 'prefix') ?? ''
  const token = parameter(request, 'continuation-token')
  const asked = parameter(request, 'max-keys')
  const limit = Math.min(Number(asked ?? most), most)
  if (!Number.isInteger(limit) || limit < 0) throw argument('The max-keys is not valid')
  if (token === '') throw argument('The continuation token provided is incorrect')
  const after =
    token === undefined ? (parameter(request, 'start-after') ?? '') : Buffer.from(token, 'base64url').toString()
  const found = objects.list(request.bucket, prefix, after, limit + 1)
  const listed = found.slice(0, limit)
  const last = listed.at(-1)
  const truncated = limit > 0 && found.length > limit
  const contents = listed.map(
    ({ key, etag, modified, size }) =>
      `<Contents><Key>${xmlText(key)}</Key><LastModified>${modified.toISOString()}</LastModified>` +
      `<ETag>${xmlText(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  )
  const next = truncated && last ? Buffer.from(last.key).toString('base64url') : undefined
  return xmlReply(
    200,
    `<ListBucketResult ${namespace}><Name>${xmlText(request.bucket)}</Name><Prefix>${xmlText(prefix)}</Prefix>` +
      `<MaxKeys>${limit}</MaxKeys><KeyCount>${listed.length}</KeyCount><IsTruncated>${truncated}</IsTruncated>` +
      `${next ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''}${contents.join('')}</ListBucketResult>`,
  )
}

/** What a request to delete several objects names. Throws S3Error if it is not such a document. */
const parseDelete = (body: Buffer): { keys: string[]; quiet: boolean } => {
  const elements = parseElements(body, ['Delete', 'Delete/Object', 'Delete/Object/Key', 'Delete/Quiet'])
  const texts = (path: string) => elements.filter(one => one.path === path).map(({ text }) => text)
  const keys = texts('Delete/Object/Key')
  if (keys.length === 0 || keys.length > most || keys.includes('')) throw malformed(`it must name 1 to ${most} objects`)
  return { keys, quiet: texts('Delete/Quiet').includes('true') }
}

/** Source: Amazon S3 API Reference, "DeleteObjects": a key without an object counts as deleted, and what the caller may not
 * delete is an error of its own. */
export const deleteObjects = (
  { bucket, headers }: S3Request,
  body: Buffer,
  may: May,
  remove: (bucket: string, key: string) => void,
): S3Reply => {
  const hasIntegrity = Object.keys(headers).some(name => name === 'content-md5' || /^x-amz-checksum-/.test(name))
  if (!hasIntegrity)
    throw new S3Error(
      400,
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 or x-amz-checksum-*',
    )
  const { keys, quiet } = parseDelete(body)
  const isAllowed = (key: string) => may('s3:DeleteObject', objectArn(bucket, key))
  const results = keys.map(key => {
    const name = `<Key>${xmlText(key)}</Key>`
    if (!isAllowed(key)) return `<Error>${name}<Code>AccessDenied</Code><Message>Access Denied</Message></Error>`
    remove(bucket, key)
    return quiet ? '' : `<Deleted>${name}</Deleted>`
  })
  return xmlReply(200, `<DeleteResult ${namespace}>${results.join('')}</DeleteResult>`)
}
