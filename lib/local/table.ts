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

/** AWS::DynamoDB::Table, resolved. Protection, backups, tags and capacity are nothing to an embedded table. */
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

const shape = (of: Pick<TableDescription, 'KeySchema'> & { GlobalSecondaryIndexes?: { IndexName?: unknown }[] }) =>
  JSON.stringify([
    (of.KeySchema ?? []).map(key => `${key.KeyType} ${key.AttributeName}`).sort(),
    (of.GlobalSecondaryIndexes ?? []).map(index => index.IndexName).sort(),
  ])

/**
 * The table as its template defines it: made, or found as an earlier start left it. `fill` runs before its stream is
 * on, which makes writes several times faster and leaves nothing in the stream.
 * @returns the ARN of its stream.
 */
export const startTable = async (
  client: DynamoDBClient,
  name: string,
  properties: TableProperties,
  fill: (() => Promise<void>) | undefined,
): Promise<string | undefined> => {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, StreamSpecification, BillingMode } = properties
  const found = await describe(client, name)
  if (found && shape(found as Parameters<typeof shape>[0]) !== shape(properties as Parameters<typeof shape>[0]))
    throw new CannotStart(`The table ${name} was made with other keys or indexes: start anew with --fresh.`)
  if (!found) {
    const indexes = GlobalSecondaryIndexes?.map(({ WarmThroughput: _, ...index }) => index)
    const input = { TableName: name, AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes: indexes }
    await client.send(new CreateTableCommand(input as CreateTableCommandInput))
  }
  const { TimeToLiveSpecification: ttl } = properties
  if (!found && ttl) await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: ttl }))
  if (found?.StreamSpecification?.StreamEnabled) return found.LatestStreamArn
  await fill?.()
  if (!StreamSpecification) return undefined
  const StreamViewType = StreamSpecification.StreamViewType as StreamViewType
  await client.send(
    new UpdateTableCommand({ TableName: name, StreamSpecification: { StreamEnabled: true, StreamViewType } }),
  )
  return (await describe(client, name))?.LatestStreamArn
}
