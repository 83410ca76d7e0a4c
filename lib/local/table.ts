import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type StreamViewType,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { CannotStart } from './cannot-start.ts'

const ignored = z.optional(z.unknown())

/** AWS::DynamoDB::Table, resolved. Protection, backups, tags and capacity have no effect on an embedded table. */
export const TableProperties = z.strictObject({
  TableName: z.optional(z.string()),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })),
  GlobalSecondaryIndexes: z.optional(z.array(z.record(z.string(), z.unknown()))),
  StreamSpecification: z.optional(z.object({ StreamViewType: z.string() })),
  TimeToLiveSpecification: z.optional(z.object({ AttributeName: z.string(), Enabled: z.boolean() })),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  DeletionProtectionEnabled: ignored,
  PointInTimeRecoverySpecification: ignored,
  SSESpecification: ignored,
  Tags: ignored,
  WarmThroughput: ignored,
})
export type TableProperties = z.output<typeof TableProperties>

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

/** The keys and index names as text, to compare a template with an existing table. */
const schemaOf = (of: Pick<TableDescription, 'KeySchema'> & { GlobalSecondaryIndexes?: { IndexName?: unknown }[] }) =>
  JSON.stringify([
    (of.KeySchema ?? []).map(key => `${key.KeyType} ${key.AttributeName}`).sort(),
    (of.GlobalSecondaryIndexes ?? []).map(index => index.IndexName).sort(),
  ])

/**
 * Creates the table as its template defines it, or opens it as an earlier start left it. `fill` runs before the stream
 * is enabled, which makes writes several times faster and leaves the stream empty.
 * @returns the ARN of its stream; undefined if the template has none.
 */
export const startTable = async (
  client: DynamoDBClient,
  name: string,
  properties: TableProperties,
  fill: (() => Promise<void>) | undefined,
): Promise<string | undefined> => {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, StreamSpecification, BillingMode } = properties
  const existing = await describe(client, name)
  type Schema = Parameters<typeof schemaOf>[0]
  if (existing && schemaOf(existing as Schema) !== schemaOf(properties as Schema))
    throw new CannotStart(`The table ${name} was made with other keys or indexes: begin again with --fresh.`)
  if (!existing) {
    const indexes = GlobalSecondaryIndexes?.map(({ WarmThroughput: _, ...index }) => index)
    const input = { TableName: name, AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes: indexes }
    await client.send(new CreateTableCommand(input as CreateTableCommandInput))
  }
  const { TimeToLiveSpecification: ttl } = properties
  if (!existing && ttl)
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: ttl }))
  if (existing?.StreamSpecification?.StreamEnabled) return existing.LatestStreamArn
  await fill?.()
  if (!StreamSpecification) return undefined
  const StreamViewType = StreamSpecification.StreamViewType as StreamViewType
  await client.send(
    new UpdateTableCommand({ TableName: name, StreamSpecification: { StreamEnabled: true, StreamViewType } }),
  )
  return (await describe(client, name))?.LatestStreamArn
}
