import type { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { sendTo } from '../../platform/queue.ts'
import type { Confirmation } from './runs.ts'

/** The variable that names the imports' queue. */
export const ImportsQueueEnvironment = z.object({ IMPORTS_QUEUE_URL: z.url() })

/** The queue by which imports without a person are told to look what there is to do. */
export const openImportsQueue = (client: SQSClient, url: string) => ({
  /** Has a delivery imported again, with schools of it that were held. */
  confirm: (confirmation: Confirmation) => sendTo(client, url, confirmation),
  /** Has a step done, after so many seconds (900 at most). */
  wake: (seconds: number) => sendTo(client, url, { wake: true }, seconds),
})
