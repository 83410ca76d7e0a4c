import {
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'

type Command = 'Get' | 'BatchGet' | 'Query' | 'TransactWrite' | 'Update'

/** What befalls the next requests of one kind: thrown instead of the request, or after the table did it. */
export type Fault = {
  readonly on: Command
  readonly error: Error
  /** The table did what was asked, and the answer was lost. */
  readonly after?: boolean
  /** How many requests; the following ones go through. Default: all of them. */
  readonly times?: number
}

/**
 * Lets faults befall the requests of a client of the embedded table. They stand for what is left once the SDK has tried
 * again for the last time.
 */
export const faultsOf = (client: DynamoDBClient) => {
  let current: Fault | undefined
  let left = 0
  client.middlewareStack.add(
    (next, context) => async args => {
      // The document client sends its commands on through the client's own, under their names with "Item" or without.
      const name = (context.commandName ?? '').replace(/(Item|Items)?Command$/, '')
      if (!current || left === 0 || name !== current.on) return next(args)
      left -= 1
      if (current.after) await next(args)
      throw current.error
    },
    { step: 'initialize' },
  )
  return {
    /** While `work` runs, the fault befalls what it asks. */
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

/** Failures as the SDK gives them. Their messages hold what they failed on, which must not go further. */
export const failures = {
  throttled: new ProvisionedThroughputExceededException({ ...metadata, message: 'P#lea is throttled' }),
  cut: Object.assign(new Error('read ECONNRESET of 10.0.0.7'), { code: 'ECONNRESET' }),
  timeout: Object.assign(new Error('socket timeout'), { name: 'TimeoutError' }),
  busy: new TransactionCanceledException({
    ...{ ...metadata, message: 'busy', CancellationReasons: [{ Code: 'TransactionConflict' }] },
  }),
  surprise: new Error('Léa Martin, born 2009'),
}
