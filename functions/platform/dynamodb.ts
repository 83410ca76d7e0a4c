import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { StandardRetryStrategy } from '@smithy/core/retry'

/** How long a function waits for the table before it gives up. Times are milliseconds. */
export type Waiting = {
  /** For a connection. */
  readonly connection: number
  /** For the reply to one attempt of a read. */
  readonly read: number
  /** For the reply to one attempt of a write. */
  readonly write: number
  /** Attempts of each request, the first one included. The SDK retries throttling, timeouts and broken connections. */
  readonly attempts: number
  /** The longest pause before an attempt is repeated; a random part of it is waited. Absent: the SDK's own, up to 20 s. */
  readonly pause?: number
  /** How often what a batch request left unprocessed is sent again, with pauses of 25 ms, doubled each time. */
  readonly batchRetries: number
}

/**
 * For functions that answer requests. DynamoDB answers within some 10 ms; the SDK's own timeouts are minutes, and AWS
 * advises shorter ones and quick retries where somebody waits (AWS Database Blog, "Tuning AWS Java SDK HTTP request
 * settings for latency-aware Amazon DynamoDB applications"). While the table hangs, a read waits for at most
 * 2 x 450 + 50 ms, 1 s with all that is around it; then its request is answered with 503 and Retry-After, the edge serves the copy it has
 * (stale-if-error), and the environment is free for the next request. A write waits for at most 2 x 950 + 50 ms: a
 * transaction of several items takes longer, and a caller whose write was given up on cannot know whether it took place
 * before it is repeated. The SDK's own repeat of a transaction is harmless (ClientRequestToken). A throttled request is
 * repeated once within 50 ms, where the SDK would pause for up to 1 s.
 */
export const answering: Waiting = {
  connection: 300,
  read: 450,
  write: 950,
  attempts: 2,
  pause: 50,
  batchRetries: 3,
}

/**
 * For work behind requests (stream, clock, jobs, keys), which nobody waits for and whose event is delivered again if it
 * throws. One request takes 4 x 3 s and the SDK's pauses of up to 1, 2 and 4 s, 19 s in all: within a function's 60 s.
 */
export const background: Waiting = { connection: 1_000, read: 3_000, write: 3_000, attempts: 4, batchRetries: 8 }

/** A client of DynamoDB that waits no longer than that. `settings`: the endpoint and credentials of tests. */
export const openDynamoDb = (
  { connection, read, write, attempts, pause }: Waiting,
  settings: ConstructorParameters<typeof DynamoDBClient>[0] = {},
): DynamoDBClient => {
  const backoff = pause !== undefined && {
    setDelayBase: () => {},
    computeNextBackoffDelay: () => Math.random() * pause,
  }
  return new DynamoDBClient({
    maxAttempts: attempts,
    ...(backoff && { retryStrategy: new StandardRetryStrategy({ maxAttempts: attempts, backoff }) }),
    requestHandler: {
      connectionTimeout: connection,
      requestTimeout: read,
      // Without it the SDK logs a warning at the timeout, and waits on.
      throwOnRequestTimeout: true,
      // The request timeout ends with the reply's headers: this one is for a body that stops coming.
      socketTimeout: write,
    },
    ...settings,
  })
}
