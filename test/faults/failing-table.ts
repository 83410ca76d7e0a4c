import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json as readJson } from 'node:stream/consumers'
import { openDynamoDb, type Waiting } from '../../functions/platform/dynamodb.ts'

/** How a table fails: it never answers, begins an answer and never ends it, throttles, or does nothing of a batch. */
export type Failing = 'hangs' | 'stalls' | 'throttles' | 'leaves batches undone'

const json = { 'content-type': 'application/x-amz-json-1.0' }

const answers: Record<Failing, (reply: ServerResponse, request: IncomingMessage) => void> = {
  hangs: () => {},
  stalls: reply => reply.writeHead(200, json).write('{"It'),
  throttles: reply =>
    reply.writeHead(400, json).end(
      JSON.stringify({
        __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
        message: 'the partition of P#lea is throttled',
      }),
    ),
  'leaves batches undone': async (reply, request) => {
    const { RequestItems } = (await readJson(request)) as { RequestItems: object }
    reply.writeHead(200, json).end(JSON.stringify({ Responses: {}, UnprocessedKeys: RequestItems }))
  },
}

/**
 * A service that stands where DynamoDB does and fails, with a client of it as functions open theirs. `asked`: the
 * operations that reached it, in their order: `GetItem`.
 */
export const startFailingTable = async (failing: Failing, waiting: Waiting) => {
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, reply) => {
    asked.push(String(request.headers['x-amz-target']).split('.').at(-1) ?? '')
    answers[failing](reply, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const client = openDynamoDb(waiting, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  return {
    asked,
    client,
    close: async () => {
      client.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
