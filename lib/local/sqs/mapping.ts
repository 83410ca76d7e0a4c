import { createHash } from 'node:crypto'
import type { LocalFunction } from '../account.ts'
import type { Queue } from '../queue.ts'
import type { Message, Messages } from './messages.ts'

/** A queue that functions are invoked from. */
export type WorkedQueue = {
  readonly name: string
  readonly arn: string
  /** Seconds. */
  readonly visibility: number
  /** Where a message goes that was received so often, and is not deleted. */
  readonly redrive: { readonly most: number; readonly to: Queue } | undefined
}

export type QueueMapping = {
  readonly queue: WorkedQueue
  readonly messages: Messages
  readonly fn: LocalFunction
  readonly region: string
  readonly batchSize: number
  /** Batches under way at one time. */
  readonly concurrency: number
  readonly reportsItems: boolean
}

/** Milliseconds between two looks into an empty queue. */
const pollIntervalMs = 250

const recordOf = ({ id, body, receipt, received, sentAt }: Message, { queue, region }: QueueMapping) => ({
  messageId: id,
  receiptHandle: receipt,
  body,
  attributes: {
    ApproximateReceiveCount: String(received),
    SentTimestamp: String(sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: queue.arn,
  awsRegion: region,
})

/** The ids of messages that a function reports as failed; all of them for a report that is not understood. */
const failedOf = (messages: readonly Message[], payload: unknown): Set<string> => {
  const reported = (payload as { batchItemFailures?: { itemIdentifier?: string }[] } | null)?.batchItemFailures ?? []
  const ids = reported.map(({ itemIdentifier = '' }) => itemIdentifier)
  const all = new Set(messages.map(({ id }) => id))
  return ids.every(id => all.has(id)) ? new Set(ids) : all
}

/**
 * Invokes a function with messages of a queue as an event source mapping does (AWS Lambda Developer Guide, "Using Lambda
 * with Amazon SQS"): those of a batch that did not fail are deleted; the others come again after the visibility timeout,
 * and go to the dead-letter queue once they were received too often. `stop` resolves when the batches under way are done.
 */
export const startQueueMapping = (mapping: QueueMapping): { readonly stop: () => Promise<void> } => {
  const { queue, messages, fn, batchSize, concurrency, reportsItems } = mapping
  let stopped = false
  let wake = () => {}
  messages.release(queue.name)

  const alive = (received: readonly Message[]): Message[] =>
    received.filter(message => {
      if (!queue.redrive || message.received <= queue.redrive.most) return true
      queue.redrive.to.send(JSON.parse(JSON.stringify({ body: message.body })))
      messages.delete(message.receipt)
      return false
    })

  const work = async (): Promise<void> => {
    while (!stopped) {
      const batch = alive(messages.receive(queue.name, batchSize, queue.visibility))
      if (batch.length === 0) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, pollIntervalMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        continue
      }
      const outcome = await fn.invoke({ Records: batch.map(message => recordOf(message, mapping)) })
      if (!outcome.ok) continue
      const failed = reportsItems ? failedOf(batch, outcome.payload) : new Set()
      for (const { id, receipt } of batch) if (!failed.has(id)) messages.delete(receipt)
    }
  }
  const working = Promise.all(Array.from({ length: concurrency }, work))
  return {
    stop: async () => {
      stopped = true
      wake()
      await working
    },
  }
}
