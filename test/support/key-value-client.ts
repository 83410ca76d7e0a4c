import '@aws-sdk/signature-v4a'
import { Readable } from 'node:stream'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'

type Asked = {
  method: string
  path: string
  query?: Record<string, string>
  headers: Record<string, string>
  body?: string
}

/**
 * The real client of CloudFront's key-value store, asking one at `endpoint`. It puts an account id before the name of a
 * host, which no address here has.
 * @param before runs before each request; what it throws, the client throws.
 */
export const keyValueClient = (
  endpoint: string,
  before: (asked: Asked) => Promise<void> = async () => {},
): CloudFrontKeyValueStoreClient =>
  new CloudFrontKeyValueStoreClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (asked: Asked) => {
        await before(asked)
        const { method, path, query, headers, body } = asked
        const { host: _host, ...sent } = headers
        const url = `${endpoint}${path}?${new URLSearchParams(query)}`
        const reply = await fetch(url, { method, headers: sent, ...(body !== undefined && { body }) })
        return {
          response: {
            statusCode: reply.status,
            headers: Object.fromEntries(reply.headers),
            body: Readable.from([await reply.text()]),
          },
        }
      },
    } as never,
  })
