import type { SQSClient } from '@aws-sdk/client-sqs'
import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import type { Due } from './due.ts'
import { sendTo } from './queue.ts'

/** The variable that names the queue by which the clock is woken between two minutes. */
export const DueQueueEnvironment = z.object({ DUE_QUEUE_URL: z.url() })

const Message = z.strictObject({ kind: z.string(), subject: z.string(), at: Instant })

/**
 * Has the clock do a due item when it is due, and not as late as the next minute begins: by a message that SQS holds back
 * until then. Only for what is due within 15 minutes. A message that is lost costs no more than that: the item is in the
 * table, and the next run finds it.
 */
export const openDueQueue =
  (client: SQSClient, url: string, now: () => Date) =>
  ({ kind, subject, at }: Due): Promise<void> =>
    sendTo(client, url, { kind, subject, at }, (Date.parse(at) - now().getTime()) / 1000)

/** The due items that messages name; undefined for an event that is none of the queue's. */
export const duesOfMessages = (event: unknown): Due[] | undefined => {
  const records = (event as Partial<SQSEvent> | undefined)?.Records
  return records?.map(({ body }) => z.parse(Message, JSON.parse(body)))
}
