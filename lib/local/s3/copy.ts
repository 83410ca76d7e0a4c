import { createHash } from 'node:crypto'
import { S3Error, xmlReply } from './error.ts'
import type { Objects } from './objects.ts'
import { copySource } from './operations.ts'
import { type May, missing, objectArn, requirePermission } from './permissions.ts'
import { decoded, type S3Reply, type S3Request } from './request.ts'

/** Bucket and key of the object that is copied: `bucket/key`, URL-encoded, with or without a slash before it. */
const sourceOf = ({ headers }: S3Request): { readonly bucket: string; readonly key: string } => {
  const [bucket = '', ...key] = decoded(headers[copySource] ?? '')
    .replace(/^\//, '')
    .split('/')
  if (bucket === '' || key.join('/') === '')
    throw new S3Error(
      400,
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    )
  return { bucket, key: key.join('/') }
}

/**
 * Copies an object with its headers and tags, as without directives. The copy is no object in parts: its ETag is the MD5 of
 * its bytes, and its checksum that of all of them.
 * Source: Amazon S3 API Reference, "CopyObject", with its permissions: reading source and tags, writing copy and tags.
 */
export const copyObject = (
  objects: Objects,
  request: S3Request,
  { may, modified }: { readonly may: May; readonly modified: Date },
): S3Reply => {
  const source = sourceOf(request)
  const { bucket, key } = request
  if (source.bucket === bucket && source.key === key)
    throw new S3Error(
      400,
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing it.',
    )
  requirePermission(may, 's3:GetObject', objectArn(source.bucket, source.key))
  const object = objects.get(source.bucket, source.key)
  if (!object) throw missing(may, source.bucket)
  const { body, headers, tags, checksum } = object
  if (Object.keys(tags).length > 0) {
    requirePermission(may, 's3:GetObjectTagging', objectArn(source.bucket, source.key))
    requirePermission(may, 's3:PutObjectTagging', objectArn(bucket, key))
  }
  const sha256 = 'x-amz-checksum-sha256'
  const sum = sha256 in checksum ? { [sha256]: createHash('sha256').update(body).digest('base64') } : checksum
  const etag = objects.put(bucket, key, { body, modified, headers, tags, checksum: sum })
  return xmlReply(
    200,
    `<CopyObjectResult><LastModified>${modified.toISOString()}</LastModified><ETag>${etag}</ETag></CopyObjectResult>`,
  )
}
