import {
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'

type Command = 'Get' | 'BatchGet' | 'Query' | 'TransactWrite' | 'Update'

/** A fault of the next requests: an error thrown instead of the request, or after it. */
export type Fault = {
  /** Absent: of every command. */
  readonly on?: Command
  readonly error: Error
  /** The table executes the request, and its answer is lost. */
  readonly after?: boolean
  /** How many requests fail; the ones after them succeed. Default: all fail. */
  readonly times?: number
}

/** Injects faults into a client of the embedded table, outside the SDK's retry loop: as what is left after all retries. */
export const faultsOf = (client: DynamoDBClient) => {
  let current: Fault | undefined
  let left = 0
  client.middlewareStack.add(
    (next, context) => async args => {
      // The document client's commands have the names of the client's own, with or without "Item".
      const name = (context.commandName ?? '').replace(/(Item|Items)?Command$/, '')
      if (!current || left === 0 || (current.on !== undefined && name !== current.on)) return next(args)
      left -= 1
      if (current.after) await next(args)
      throw current.error
    },
    { step: 'initialize' },
  )
  return {
    /** Runs `work` with a fault. */
    during: async <Value>(fault: Fault, work: () => Promise<Value>): Promise<Value> => {
      current = fault
      left = fault.times ?? Number.POSITIVE_INFINITY
      try {
        return await work()
      } finally {
        current = undefined
      }
    },
  }
}

const metadata = { $metadata: {} }

/** Errors as the SDK throws them. Their messages contain data of the request, which must not be logged or answered. */
export const failures = {
  throttled: new ProvisionedThroughputExceededException({ ...metadata, message: 'P#lea is throttled' }),
  cut: Object.assign(new Error('read ECONNRESET of 10.0.0.7'), { code: 'ECONNRESET' }),
  timeout: Object.assign(new Error('socket timeout'), { name: 'TimeoutError' }),
  busy: new TransactionCanceledException({
    ...metadata,
    message: 'busy',
    CancellationReasons: [{ Code: 'TransactionConflict' }],
  }),
  unhandled: new Error('Léa Martin, born 2009'),
}
