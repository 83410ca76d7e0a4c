import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/** The requests to the table since the last reading: how many by operation, and the units they consumed. */
export type Reading = {
  readonly requests: number
  readonly operations: Readonly<Record<string, number>>
  readonly readUnits: number
  readonly writeUnits: number
}

/** How the table fails towards functions: it answers nothing, throttles every request, or closes every connection. */
export type TableFailure = 'hangs' | 'throttles' | 'refuses'

/** When a request began and ended, in milliseconds of the machine's monotonic clock. */
export type Span = { readonly began: number; readonly ended: number }

export type Meter = {
  readonly endpoint: string
  /** Holds each answer back for so many milliseconds, so that what is asked side by side overlaps. */
  readonly holdBack: (milliseconds: number) => void
  /** The counted requests since the last reading that have been answered. */
  readonly spans: () => readonly Span[]
  /** Reads the counts and resets them. */
  readonly read: () => Reading
  /** Requests fail like that from now on, and are counted; undefined: the table is well again. */
  readonly fail: (how: TableFailure | undefined) => void
  readonly close: () => Promise<void>
}

type Capacity = { ReadCapacityUnits?: number; WriteCapacityUnits?: number; CapacityUnits?: number }

const reads = /^(GetItem|BatchGetItem|Query|Scan|TransactGetItems)$/
const writes = /^(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems)$/

const json = { 'content-type': 'application/x-amz-json-1.0' }
const throttled = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'throttled by a test',
})

/** The units in a reply. If the service does not report reads and writes separately, the operation decides. */
const unitsOf = (operation: string, body: Buffer): { read: number; write: number } => {
  const { ConsumedCapacity } = JSON.parse(body.toString()) as { ConsumedCapacity?: Capacity | Capacity[] }
  const units = { read: 0, write: 0 }
  for (const one of [ConsumedCapacity ?? []].flat()) {
    const all = one.CapacityUnits ?? 0
    units.read += one.ReadCapacityUnits ?? (reads.test(operation) ? all : 0)
    units.write += one.WriteCapacityUnits ?? (reads.test(operation) ? 0 : all)
  }
  return units
}

/**
 * A proxy in front of a service with DynamoDB's protocol that counts the requests to its tables and the units they
 * consume. Requests of stream readers and of the control plane are forwarded and not counted.
 */
export const openMeter = async (target: string): Promise<Meter> => {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(target)
  let operations: Record<string, number> = {}
  let units = { read: 0, write: 0 }
  let spans: Span[] = []
  let held = 0
  let failing: TableFailure | undefined

  const forward = (from: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { ...from.headers, 'content-length': String(body.length) }
      ask({ agent, hostname, port, method: from.method, path: from.url, headers }, resolve)
        .once('error', reject)
        .end(body)
    })

  const pass = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    const sent = await buffer(from)
    const [service = '', operation = ''] = String(from.headers['x-amz-target']).split('.')
    const isCounted = service === 'DynamoDB_20120810' && (reads.test(operation) || writes.test(operation))
    const body = isCounted
      ? Buffer.from(JSON.stringify({ ...JSON.parse(sent.toString()), ReturnConsumedCapacity: 'TOTAL' }))
      : sent
    if (isCounted && failing) {
      operations[operation] = (operations[operation] ?? 0) + 1
      if (failing === 'throttles') to.writeHead(400, json).end(throttled)
      if (failing === 'refuses') from.socket.destroy()
      return
    }
    const began = performance.now()
    const reply = await forward(from, body)
    const answer = await buffer(reply)
    if (isCounted && held > 0) await pause(held)
    if (isCounted) {
      operations[operation] = (operations[operation] ?? 0) + 1
      const { read, write } = unitsOf(operation, answer)
      units = { read: units.read + read, write: units.write + write }
      spans.push({ began, ended: performance.now() })
    }
    to.writeHead(reply.statusCode ?? 502, reply.headers).end(answer)
  }

  const server = createServer((from, to) => {
    pass(from, to).catch(() => from.socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the meter has no port')

  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    holdBack: milliseconds => {
      held = milliseconds
    },
    spans: () => [...spans],
    read: () => {
      const requests = Object.values(operations).reduce((sum, count) => sum + count, 0)
      const reading = { requests, operations, readUnits: units.read, writeUnits: units.write }
      operations = {}
      units = { read: 0, write: 0 }
      spans = []
      return reading
    },
    fail: how => {
      failing = how
    },
    close: async () => {
      agent.destroy()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
