import { S3Error } from './error.ts'

export type S3Action =
  | 's3:GetObject'
  | 's3:PutObject'
  | 's3:DeleteObject'
  | 's3:ListBucket'
  | 's3:ListMultipartUploadParts'
  | 's3:AbortMultipartUpload'
  | 's3:PutObjectTagging'
  | 's3:GetObjectTagging'

/** Whether a caller may do something to the resource with this ARN. */
export type May = (action: S3Action, arn: string) => boolean

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`
export const objectArn = (bucket: string, key: string): string => `${bucketArn(bucket)}/${key}`

/** Throws S3Error (403) unless the caller may. */
export const requirePermission = (may: May, action: S3Action, arn: string): void => {
  if (!may(action, arn)) throw new S3Error(403, 'AccessDenied', `The caller is not authorized to perform: ${action}`)
}

/**
 * The error for an object that is not there: whoever may not list the bucket does not learn that it is missing.
 * Source: Amazon S3 API Reference, "GetObject", Permissions.
 */
export const missing = (may: May, bucket: string): S3Error =>
  may('s3:ListBucket', bucketArn(bucket))
    ? new S3Error(404, 'NoSuchKey', 'The specified key does not exist.')
    : new S3Error(403, 'AccessDenied', 'Access Denied')
