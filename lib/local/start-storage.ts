import * as z from 'zod/mini'
import { BucketPolicyProperties, edgeAccess } from './bucket-policy.ts'
import { getOrThrow, type Starter } from './services.ts'
import { startTable, TableProperties } from './table.ts'

const ignored = z.optional(z.unknown())

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

const BucketProperties = z.strictObject({
  BucketName: z.optional(z.string()),
  CorsConfiguration: z.optional(
    z.strictObject({
      CorsRules: z.array(
        z.strictObject({
          AllowedMethods: z.array(z.string()),
          AllowedHeaders: z._default(z.array(z.string()), []),
          // On this machine, pages are served from another origin than in the template.
          AllowedOrigins: z.array(z.string()),
          MaxAge: z.optional(z.number()),
        }),
      ),
    }),
  ),
  NotificationConfiguration: z.optional(
    z.strictObject({
      QueueConfigurations: z.array(
        z.strictObject({
          Event: z.enum(['s3:ObjectCreated:*', 's3:ObjectTagging:Put']),
          Queue: z.string(),
          Filter: z.strictObject({
            S3Key: z.strictObject({
              Rules: z.tuple([z.strictObject({ Name: z.literal('prefix'), Value: z.string() })]),
            }),
          }),
        }),
      ),
      // By which the scan for malware learns of objects at AWS; the stand-in of this machine needs no event bus.
      EventBridgeConfiguration: ignored,
    }),
  ),
  // Without effect on one machine: encryption, logs and owners of objects, versions of them (none is read back here),
  // and what is deleted by its age. No request without a signature is answered, whatever is public.
  BucketEncryption: ignored,
  LifecycleConfiguration: ignored,
  LoggingConfiguration: ignored,
  OwnershipControls: ignored,
  PublicAccessBlockConfiguration: ignored,
  Tags: ignored,
  VersioningConfiguration: ignored,
})

/**
 * A bucket is used by functions through the SDK, and by the edge. One with CORS rules takes files from browsers, with
 * grants: it gets an address on this machine, which replaces its address at AWS wherever a resource is told of it, and allows to
 * the territory's pages on this machine what it allows to those of the template.
 * Decision: docs/decisions/0020-an-s3-of-our-own.md
 */
const bucket: Starter = async (
  { name, properties },
  { storage, origins, addresses, region, workedQueues, messages },
) => {
  const { BucketName, CorsConfiguration, NotificationConfiguration } = z.parse(BucketProperties, properties)
  const ref = BucketName ?? name.toLowerCase()
  storage.bucket(ref)
  const RegionalDomainName = `${ref}.s3.${region}.amazonaws.com`
  origins.set(RegionalDomainName, storage.origin(ref))
  for (const { Event, Queue, Filter } of NotificationConfiguration?.QueueConfigurations ?? []) {
    const queue = getOrThrow(workedQueues, Queue, 'queue that a function is invoked from')
    const [{ Value }] = Filter.S3Key.Rules
    storage.notify(ref, { prefix: Value, event: Event }, notification =>
      messages.send(queue.name, JSON.stringify(notification)),
    )
  }
  if (CorsConfiguration) {
    addresses.set(`https://${RegionalDomainName}`, await storage.addressOf(ref))
    storage.allowPages(
      ref,
      CorsConfiguration.CorsRules.map(({ AllowedMethods, AllowedHeaders, MaxAge }) => ({
        methods: AllowedMethods,
        headers: AllowedHeaders.map(name => name.toLowerCase()),
        maxAge: MaxAge,
      })),
    )
  }
  return {
    ref,
    attributes: { Arn: `arn:aws:s3:::${ref}`, DomainName: `${ref}.s3.amazonaws.com`, RegionalDomainName },
  }
}

/** A bucket's policy: what it allows the edge takes effect. */
const bucketPolicy: Starter = ({ name, properties }, { storage }) => {
  const { Bucket, PolicyDocument } = z.parse(BucketPolicyProperties, properties)
  storage.allowEdge(Bucket, edgeAccess(`arn:aws:s3:::${Bucket}`, PolicyDocument.Statement))
  return { ref: name, attributes: {} }
}

const MalwareProtectionPlanProperties = z.strictObject({
  Role: z.string(),
  ProtectedResource: z.strictObject({
    S3Bucket: z.strictObject({ BucketName: z.string(), ObjectPrefixes: z._default(z.array(z.string()), ['']) }),
  }),
  // Without it, objects would be scanned and nothing would be told of it.
  Actions: z.strictObject({ Tagging: z.strictObject({ Status: z.literal('ENABLED') }) }),
  Tags: ignored,
})

/** GuardDuty's Malware Protection for S3: a stand-in scans and tags. */
const malwareProtectionPlan: Starter = ({ name, properties }, { storage }) => {
  const { BucketName, ObjectPrefixes } = z.parse(MalwareProtectionPlanProperties, properties).ProtectedResource.S3Bucket
  storage.scan(BucketName, ObjectPrefixes)
  return { ref: name, attributes: {} }
}

const QueueProperties = z.strictObject({
  QueueName: z.optional(z.string()),
  VisibilityTimeout: z._default(z.number(), 30),
  RedrivePolicy: z.optional(z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() })),
  // Messages are kept until somebody works on them.
  MessageRetentionPeriod: ignored,
  SqsManagedSseEnabled: ignored,
  Tags: ignored,
})

/** A standard queue, into which services and functions put messages, and from which functions are invoked or receive them. */
const queue: Starter = ({ name, properties }, { queues, workedQueues, region, accountId, sqs, messages }) => {
  const { QueueName, VisibilityTimeout, RedrivePolicy } = z.parse(QueueProperties, properties)
  const ref = QueueName ?? name
  const Arn = `arn:aws:sqs:${region}:${accountId}:${ref}`
  const redrive = RedrivePolicy && {
    most: RedrivePolicy.maxReceiveCount,
    to: getOrThrow(queues, RedrivePolicy.deadLetterTargetArn, 'queue'),
  }
  workedQueues.set(Arn, { name: ref, arn: Arn, visibility: VisibilityTimeout, redrive })
  queues.set(Arn, { name: ref, send: body => messages.send(ref, JSON.stringify(body)) })
  const url = `${sqs}/${accountId}/${ref}`
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

/** Starters of the table, buckets, their policies and their scans, queues and key-value stores. */
export const storageStarters: Readonly<Record<string, Starter>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::GuardDuty::MalwareProtectionPlan': malwareProtectionPlan,
  'AWS::SQS::Queue': queue,
  'AWS::CloudFront::KeyValueStore': keyValueStore,
}
