import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import type { Confirmation } from './runs.ts'

/** The variable that names the imports' queue. */
export const ImportsQueueEnvironment = z.object({ IMPORTS_QUEUE_URL: z.url() })

/** Milliseconds: a request to SQS takes some tens. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } as const

/** A client of SQS, once per execution environment. */
export const queueClient = (): SQSClient => new SQSClient({ maxAttempts: 3, requestHandler: timeouts })

/** The queue by which imports without a person are told to look what there is to do. */
export const openImportsQueue = (client: SQSClient, url: string) => {
  const send = async (body: object, seconds = 0): Promise<void> => {
    await client.send(
      new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(body), DelaySeconds: seconds }),
    )
  }
  return {
    /** Has a delivery imported again, with schools of it that were held. */
    confirm: (confirmation: Confirmation) => send(confirmation),
    /** Has a step done, after so many seconds (900 at most). */
    wake: (seconds: number) => send({ wake: true }, Math.min(900, seconds)),
  }
}
