import * as z from 'zod/mini'
import { openQueue } from './queue.ts'
import type { Starter } from './services.ts'
import { startTable, TableProperties } from './table.ts'

const table: Starter = async ({ name, properties }, services) => {
  const declared = z.parse(TableProperties, properties)
  const { region, accountId, database, fill } = services
  const ref = declared.TableName ?? name
  const stream = await startTable(database.client, ref, declared, fill && (() => fill(ref)))
  services.tables.push(ref)
  if (stream) services.streams.set(stream, ref)
  const attributes = {
    Arn: `arn:aws:dynamodb:${region}:${accountId}:table/${ref}`,
    ...(stream && { StreamArn: stream }),
  }
  return { ref, attributes }
}

/**
 * A bucket is used by functions through the SDK, and by the edge. In a template with upload routes, browsers also put
 * files into one, which is not supported here yet. It needs:
 *
 * - an S3 that refuses a wrong or expired signature, another length, and bytes with another SHA-256;
 * - a `RegionalDomainName` with the address of that S3, so that grants and the pages' CSP refer to it, over HTTP;
 * - the template's CORS rules, with the origin of the territory on this machine.
 *
 * Such a template is refused, since pages would otherwise send people's files to the owner of a bucket with that name
 * at AWS. Decision: docs/decisions/0018-upload-routes.md
 */
const bucket: Starter = async ({ name, properties }, { storage, origins, region }) => {
  const { BucketName, CorsConfiguration } = properties
  if (CorsConfiguration)
    throw new Error(`The bucket ${name} takes files from browsers (CorsConfiguration), which is not supported here`)
  const ref = typeof BucketName === 'string' ? BucketName : name.toLowerCase()
  await storage.bucket(ref)
  const RegionalDomainName = `${ref}.s3.${region}.amazonaws.com`
  origins.set(RegionalDomainName, storage.origin(ref))
  return {
    ref,
    attributes: { Arn: `arn:aws:s3:::${ref}`, DomainName: `${ref}.s3.amazonaws.com`, RegionalDomainName },
  }
}

const queue: Starter = ({ name, properties: { QueueName } }, { queues, folder, region, accountId }) => {
  const ref = typeof QueueName === 'string' ? QueueName : name
  const Arn = `arn:aws:sqs:${region}:${accountId}:${ref}`
  queues.set(Arn, openQueue(`${folder}/dead-letters`, ref))
  const url = `https://sqs.${region}.amazonaws.com/${accountId}/${ref}`
  return { ref: url, attributes: { Arn, QueueName: ref, QueueUrl: url } }
}

/** The id that AWS would generate is replaced by a stable one of the same form, derived from the store's name. */
const keyValueStore: Starter = ({ name, properties: { Name } }, { keyValues, accountId }) => {
  const ref = typeof Name === 'string' ? Name : name
  const Id = Buffer.from(ref).toString('hex').padEnd(32, '0').slice(0, 32)
  const Arn = `arn:aws:cloudfront::${accountId}:key-value-store/${Id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
  keyValues.store(Arn)
  return { ref, attributes: { Arn, Id, Status: 'READY' } }
}

/** Starters of the table, buckets, queues and key-value stores. */
export const storageStarters: Readonly<Record<string, Starter>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::S3::Bucket': bucket,
  'AWS::SQS::Queue': queue,
  'AWS::CloudFront::KeyValueStore': keyValueStore,
}
