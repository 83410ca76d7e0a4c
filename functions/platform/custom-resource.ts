import { request as http } from 'node:http'
import { request as https } from 'node:https'
import * as z from 'zod/mini'

/** CloudFormation's request to a custom resource's function (AWS CloudFormation User Guide, "Request objects"). */
export const ResourceRequest = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.optional(z.string()),
})
export type ResourceRequest = z.infer<typeof ResourceRequest>

export type Outcome =
  | { readonly status: 'SUCCESS'; readonly data?: Readonly<Record<string, string>> }
  | { readonly status: 'FAILED'; readonly reason: string }

const responseTimeoutMs = 20_000

/**
 * Sends the response to CloudFormation's URL. Its data are not shown in the stack's outputs (`NoEcho`). Throws if the
 * response is not accepted; Lambda then invokes the function again.
 */
export const respond = async (to: ResourceRequest, outcome: Outcome): Promise<void> => {
  const body = JSON.stringify({
    Status: outcome.status,
    Reason: outcome.status === 'FAILED' ? outcome.reason : undefined,
    PhysicalResourceId: to.PhysicalResourceId ?? to.LogicalResourceId,
    StackId: to.StackId,
    RequestId: to.RequestId,
    LogicalResourceId: to.LogicalResourceId,
    NoEcho: true,
    ...(outcome.status === 'SUCCESS' && outcome.data && { Data: outcome.data }),
  })
  const url = new URL(to.ResponseURL)
  // The URL is presigned for a request without content type.
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) }
  const options = { method: 'PUT', headers, timeout: responseTimeoutMs }
  await new Promise<void>((resolve, reject) => {
    const sent = (url.protocol === 'http:' ? http : https)(url, options, reply => {
      reply.resume()
      reply.once('end', () =>
        (reply.statusCode ?? 500) < 300 ? resolve() : reject(new Error(`CloudFormation answered ${reply.statusCode}`)),
      )
    })
    sent.once('timeout', () => sent.destroy(new Error(`CloudFormation did not answer in ${responseTimeoutMs} ms`)))
    sent.once('error', reject)
    sent.end(body)
  })
}
