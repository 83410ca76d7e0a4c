import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

/** Milliseconds: a request to SQS takes some tens. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } as const

/** Seconds: SQS holds no message back for longer (Amazon SQS API Reference, "SendMessage", DelaySeconds). */
const longestDelay = 900

/** A client of SQS, once per execution environment. */
export const queueClient = (): SQSClient => new SQSClient({ maxAttempts: 3, requestHandler: timeouts })

/** Sends a message to a queue, to be received after so many seconds, {@link longestDelay} at most. */
export const sendTo = async (client: SQSClient, url: string, body: object, seconds = 0): Promise<void> => {
  const DelaySeconds = Math.min(longestDelay, Math.max(0, Math.ceil(seconds)))
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(body), DelaySeconds }))
}
