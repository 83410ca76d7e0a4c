import { fileURLToPath } from 'node:url'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, type BatchWriteCommandInput, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { chunks } from '../../functions/platform/concurrent.ts'
import { startChildProcess } from '../../lib/local/child-process.ts'
import { freePort } from '../../lib/local/loopback.ts'

const binary = fileURLToPath(new URL('../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url))

/** A client of the embedded DynamoDB at `endpoint`, which does not check its credentials. */
export const localClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 6,
  })

export type Database = { endpoint: string; client: DynamoDBClient; table: string; close: () => Promise<void> }

/** Creates an empty table with the territory's keys. */
export const createTable = async (client: DynamoDBClient, name: string, stream = false): Promise<void> => {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    }),
  )
}

type Writes = NonNullable<BatchWriteCommandInput['RequestItems']>[string]

type Target = Pick<Database, 'client' | 'table'>

const batchWrite = async ({ client, table }: Target, requests: Writes): Promise<void> => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  for (const batch of chunks(requests, 25)) {
    const { UnprocessedItems = {} } = await documents.send(new BatchWriteCommand({ RequestItems: { [table]: batch } }))
    if (Object.keys(UnprocessedItems).length > 0) throw new Error(`the table ${table} left writes unprocessed`)
  }
}

/** Puts any number of items into a table. Throws if some are left unprocessed. */
export const putAll = (target: Target, items: readonly object[]): Promise<void> =>
  batchWrite(
    target,
    items.map(Item => ({ PutRequest: { Item: Item as Record<string, unknown> } })),
  )

/** Deletes any number of items from a table. Throws if some are left unprocessed. */
export const deleteAll = (
  target: Target,
  keys: readonly { readonly pk: string; readonly sk: string }[],
): Promise<void> =>
  batchWrite(
    target,
    keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
  )

/** Starts an embedded DynamoDB in memory, with an empty table with the territory's keys; `stream` enables its stream. */
export const startDynamoDb = async ({ stream = false } = {}): Promise<Database> => {
  const port = await freePort()
  const environment = { ...process.env, TOKIO_WORKER_THREADS: '1' }
  // Of a test run that is killed, no database goes on.
  const server = startChildProcess(binary, ['--port', String(port)], environment, { output: ['ignore', 'ignore'] })
  const exited = new Promise<void>(resolve => server.once('exit', () => resolve()))
  const endpoint = `http://127.0.0.1:${port}`
  const client = localClient(endpoint)
  const table = 'preau-test'
  for (let attempt = 1; ; attempt++) {
    try {
      await createTable(client, table, stream)
      break
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  return {
    endpoint,
    client,
    table,
    close: async () => {
      client.destroy()
      server.kill('SIGKILL')
      await exited
    },
  }
}
