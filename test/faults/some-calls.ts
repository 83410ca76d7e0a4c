import { type DynamoDBClient, InternalServerError } from '@aws-sdk/client-dynamodb'
import type { S3Client } from '@aws-sdk/client-s3'
import { failures } from './faults.ts'

/** How a call fails: not done, not done by a fault of the service, or done and never answered. */
const kinds = ['throttled', 'failed', 'unanswered'] as const

/** As the service tells that it failed. */
const failed = new InternalServerError({ $metadata: { httpStatusCode: 500 }, message: 'a fault of a test' })

/**
 * Has a share of the calls of clients fail, each at random in one of these ways, within the SDK's own repeats: a request is
 * repeated as often as its client does it, and each attempt may fail.
 * @param random gives numbers from 0 to 1.
 */
export const someCallsFail = (
  clients: readonly Pick<DynamoDBClient | S3Client, 'middlewareStack'>[],
  random: () => number,
) => {
  let share = 0
  const counts = { calls: 0, failed: 0 }
  for (const { middlewareStack } of clients as readonly Pick<DynamoDBClient, 'middlewareStack'>[])
    middlewareStack.add(
      next => async args => {
        counts.calls += 1
        if (random() >= share) return next(args)
        counts.failed += 1
        const kind = kinds[Math.floor(random() * kinds.length)]
        if (kind === 'unanswered') await next(args)
        // Each is thrown once: the SDK writes into what it catches.
        throw kind === 'failed' ? copyOf(failed) : copyOf(kind === 'throttled' ? failures.throttled : failures.timeout)
      },
      // After the middleware that repeats, which is of a higher priority.
      { step: 'finalizeRequest', priority: 'low' },
    )
  return {
    counts,
    /** From now on this share of the calls fails. */
    setShare: (next: number): void => {
      share = next
    },
  }
}

const copyOf = <Failure extends Error>(error: Failure): Failure =>
  Object.assign(Object.create(Object.getPrototypeOf(error)), error, {
    name: error.name,
    message: error.message,
    stack: error.stack,
  })
