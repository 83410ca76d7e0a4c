import { Agent, request as ask, createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const isWrite = ({ headers }: IncomingMessage) =>
  /\.(PutItem|BatchWriteItem|TransactWriteItems)$/.test(String(headers['x-amz-target']))

/**
 * Stands between a command and its table. At the `write`th request to write, `cut` is called, before the service has the
 * request or after: neither that request nor any later one is answered.
 */
export type Cut = { readonly write: number; readonly after: boolean; readonly cut: () => void }

/** Opens the wire to `target`, a service that speaks DynamoDB's protocol. */
export const openWire = async (target: string) => {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(target)
  let writes = 0
  let cutting: Cut | undefined

  const forward = (from: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      ask({ agent, hostname, port, method: from.method, path: from.url, headers: from.headers }, resolve)
        .once('error', reject)
        .end(body)
    })

  const server = createServer(async (from, to) => {
    try {
      const sent = await buffer(from)
      const write = isWrite(from) ? ++writes : 0
      const { write: last = Number.POSITIVE_INFINITY, after = false, cut } = cutting ?? {}
      if (write > last || (write === last && !after)) {
        if (write === last) cut?.()
        return void from.socket.destroy()
      }
      const reply = await forward(from, sent)
      const answer = await buffer(reply)
      if (write === last) {
        cut?.()
        return void from.socket.destroy()
      }
      to.writeHead(reply.statusCode ?? 502, reply.headers).end(answer)
    } catch {
      from.socket.destroy()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Counts anew, and cuts there; not at all if there is nothing to cut. */
    expect: (cut?: Cut) => {
      writes = 0
      cutting = cut
    },
    get writes() {
      return writes
    },
    close: async () => {
      agent.destroy()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
