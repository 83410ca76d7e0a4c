import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { accept } from './accept.ts'

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps

/** The server access logs of the other buckets, kept for six months, as the CNIL recommends. */
export const logBucket = (scope: Construct): Bucket =>
  new Bucket(scope, 'LogBucket', { ...closed, lifecycleRules: [{ expiration: Duration.days(180) }] })

/**
 * People's files. Versioned: what was overwritten or deleted can be had back for 30 days. Browsers send parts of a
 * large file straight to it; parts of one never finished go after a day.
 */
export const documentsBucket = (scope: Construct, logs: Bucket): Bucket =>
  new Bucket(scope, 'Documents', {
    ...closed,
    versioned: true,
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 'documents/',
    lifecycleRules: [
      { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      { expiredObjectDeleteMarker: true },
    ],
  })

/** The built web app. Every file in it is written again by the next deploy. */
export const siteBucket = (scope: Construct, logs: Bucket): Bucket =>
  new Bucket(scope, 'Site', { ...closed, serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'site/' })

/**
 * Deliveries of the directory as their authority drops them, under `deliveries/`, and what one step of an import leaves
 * for the next, under `staged/`. Both are children's data, and go by themselves: deliveries after 30 days, in which a held
 * school can be confirmed.
 */
export const feedsBucket = (scope: Construct, logs: Bucket): Bucket =>
  new Bucket(scope, 'Feeds', {
    ...closed,
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 'feeds/',
    lifecycleRules: [
      { prefix: 'deliveries/', expiration: Duration.days(30) },
      { prefix: 'staged/', expiration: Duration.days(3) },
      { abortIncompleteMultipartUploadAfter: Duration.days(2) },
    ],
  })

/**
 * What audiences read alike, as files that functions write and the edge serves: apart from people's documents. Not
 * versioned: every file can be written again from the table, and what is withdrawn must be gone.
 */
export const boardsBucket = (scope: Construct): Bucket => {
  const bucket = new Bucket(scope, 'Boards', closed)
  accept(bucket, {
    'AwsSolutions-S1':
      'Its readers are the edge and its writers functions of the territory: a log would name audiences of children, and ' +
      'nobody who read. On closure day it would be the largest file of the territory.',
  })
  return bucket
}
