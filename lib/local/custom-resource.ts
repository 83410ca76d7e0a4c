import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import type { LocalFunction } from './account.ts'
import type { ReturnValues } from './resolve.ts'

/** The response of a custom resource's function (AWS CloudFormation User Guide, "Custom resource response objects"). */
const Response = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.optional(z.string()),
  PhysicalResourceId: z.string(),
  Data: z.optional(z.record(z.string(), z.unknown())),
})

/** What is persisted of a custom resource between starts. */
export type CustomResource = {
  readonly properties: Readonly<Record<string, unknown>>
  readonly physicalId: string
  readonly data: Readonly<Record<string, unknown>>
}

type Request = {
  readonly fn: Pick<LocalFunction, 'name' | 'invoke'>
  readonly type: string
  readonly id: string
  readonly stackId: string
  readonly properties: Readonly<Record<string, unknown>>
  /** As the last start left it; undefined if it does not exist yet. */
  readonly before: CustomResource | undefined
}

/** Opens a URL of its own for one response. */
const listen = async () => {
  const { promise, resolve, reject } = Promise.withResolvers<z.output<typeof Response>>()
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    response.end()
    try {
      resolve(z.parse(Response, JSON.parse(Buffer.concat(parts).toString())))
    } catch (error) {
      reject(error)
    }
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}/${randomUUID()}`, response: promise, fail: reject, close }
}

/** Milliseconds to wait for the response of a function that has returned: it was sent before, or never will be. */
const responseTimeoutMs = 2_000

/**
 * Does for a custom resource what CloudFormation does at a deploy: has its function create it, update it if its
 * properties changed, or does nothing. Throws with the reason that the function gives for a failure.
 */
export const provision = async (request: Request): Promise<CustomResource> => {
  const { fn, type, id, stackId, properties, before } = request
  if (before && isDeepStrictEqual(before.properties, properties)) return before
  const { url, response, fail, close } = await listen()
  try {
    const event = {
      RequestType: before ? 'Update' : 'Create',
      ResponseURL: url,
      StackId: stackId,
      RequestId: randomUUID(),
      ResourceType: type,
      LogicalResourceId: id,
      ResourceProperties: properties,
      ...(before && { PhysicalResourceId: before.physicalId, OldResourceProperties: before.properties }),
    }
    const outcome = await fn.invoke(event)
    if (!outcome.ok) fail(new Error(`${fn.name}: ${outcome.errorType}: ${outcome.errorMessage}`))
    else setTimeout(() => fail(new Error(`${fn.name} did not answer for ${id}`)), responseTimeoutMs).unref()
    const { Status, Reason, PhysicalResourceId, Data } = await response
    if (Status === 'FAILED') throw new Error(`${id} (${type}) failed: ${Reason ?? 'no reason given'}`)
    return { properties, physicalId: PhysicalResourceId, data: Data ?? {} }
  } finally {
    close()
  }
}

export const returnValuesOf = ({ physicalId, data }: CustomResource): ReturnValues => ({
  ref: physicalId,
  attributes: data,
})
