import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import type { ClientRequest } from 'node:http'

/**
 * Loaded into the process of an execution environment before its function (`--import`): measures each invocation between
 * the event and its answer, and appends it as a line of JSON to the file that PROBE_FILE names.
 */

/** One invocation. Times in milliseconds. */
export type Probed = {
  readonly name: string
  /** Of an event of the API; else undefined. */
  readonly routeKey?: string
  /** Processor time of the whole process, its threads included. */
  readonly processor: number
  readonly duration: number
  /** How long at least one request to a service was without an answer. */
  readonly waited: number
  /** Requests of the longest chain of requests of which each began after the one before was answered. */
  readonly table: number
  readonly bucket: number
}

type Chain = { readonly table: number; readonly bucket: number }

type Running = {
  readonly routeKey?: string
  readonly began: number
  readonly processor: NodeJS.CpuUsage
  readonly asked: Map<ClientRequest, Chain>
  longest: Chain
  waited: number
  waitsSince: number
}

const length = ({ table, bucket }: Chain): number => table + bucket

let running: Running | undefined

subscribe('http.client.request.start', message => {
  const { request } = message as { readonly request: ClientRequest }
  if (!running) return
  if (running.asked.size === 0) running.waitsSince = performance.now()
  const { table, bucket } = running.longest
  const isTable = String(request.getHeader('x-amz-target') ?? '').startsWith('DynamoDB')
  running.asked.set(request, isTable ? { table: table + 1, bucket } : { table, bucket: bucket + 1 })
})

const answered = (message: unknown): void => {
  const { request } = message as { readonly request: ClientRequest }
  const chain = running?.asked.get(request)
  if (!running || !chain) return
  running.asked.delete(request)
  if (running.asked.size === 0) running.waited += performance.now() - running.waitsSince
  if (length(chain) > length(running.longest)) running.longest = chain
}
subscribe('http.client.response.finish', answered)
subscribe('http.client.request.error', answered)

process.on('message', (message: { readonly event?: { readonly routeKey?: string } }) => {
  const routeKey = message.event?.routeKey
  running = {
    ...(routeKey !== undefined && { routeKey }),
    began: performance.now(),
    processor: process.cpuUsage(),
    asked: new Map(),
    longest: { table: 0, bucket: 0 },
    waited: 0,
    waitsSince: 0,
  }
})

const send = process.send?.bind(process)
process.send = ((message: unknown) => {
  const done = running
  running = undefined
  if (done) {
    const { user, system } = process.cpuUsage(done.processor)
    const probed: Probed = {
      name: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
      ...(done.routeKey !== undefined && { routeKey: done.routeKey }),
      processor: (user + system) / 1000,
      duration: performance.now() - done.began,
      waited: done.waited,
      ...done.longest,
    }
    appendFileSync(process.env.PROBE_FILE ?? '', `${JSON.stringify(probed)}\n`)
  }
  return send?.(message) ?? false
}) as NonNullable<typeof process.send>
