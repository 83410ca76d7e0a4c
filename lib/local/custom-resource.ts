import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import type { LocalFunction } from './account.ts'
import type { Known } from './resolve.ts'

/** What a custom resource's function answers (AWS CloudFormation User Guide, "Custom resource response objects"). */
const Response = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.optional(z.string()),
  PhysicalResourceId: z.string(),
  Data: z.optional(z.record(z.string(), z.unknown())),
})

/** What is kept of a custom resource between starts. */
export type Established = {
  readonly properties: Readonly<Record<string, unknown>>
  readonly physicalId: string
  readonly data: Readonly<Record<string, unknown>>
}

type Asked = {
  readonly fn: LocalFunction
  readonly type: string
  readonly id: string
  readonly stackId: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly before: Established | undefined
}

/** Waits at an address of its own for one answer. */
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
  return { url: `http://127.0.0.1:${port}/${randomUUID()}`, answered: promise, fail: reject, close }
}

/**
 * Does for a custom resource what CloudFormation does at a deploy: asks its function to create it, to update it if its
 * properties changed, or nothing. Throws what the function gave as its reason.
 */
export const establish = async ({ fn, type, id, stackId, properties, before }: Asked): Promise<Established> => {
  if (before && isDeepStrictEqual(before.properties, properties)) return before
  const { url, answered, fail, close } = await listen()
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
    // A function that returned has sent its answer, or never will.
    else setTimeout(() => fail(new Error(`${fn.name} did not answer for ${id}`)), 2_000).unref()
    const { Status, Reason, PhysicalResourceId, Data } = await answered
    if (Status === 'FAILED') throw new Error(`${id} (${type}) failed: ${Reason ?? 'no reason given'}`)
    return { properties, physicalId: PhysicalResourceId, data: Data ?? {} }
  } finally {
    close()
  }
}

export const knownBy = ({ physicalId, data }: Established): Known => ({ ref: physicalId, attributes: data })
