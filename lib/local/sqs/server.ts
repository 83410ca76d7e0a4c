import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import type { Messages } from './messages.ts'

/** Bytes of a message: what SQS took at least at all times. (It takes 1 MiB since August 2025.) */
const largestMessage = 256 * 1024
/** Seconds (Amazon SQS API Reference, "SendMessage"). */
const longestDelay = 900

/** What a request asks for; whatever else it names is refused, rather than ignored. */
const SendMessage = z.strictObject({
  QueueUrl: z.string(),
  MessageBody: z.string(),
  DelaySeconds: z._default(z.int(), 0),
})

class SqsError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Characters a message may hold (Amazon SQS API Reference, "SendMessage", MessageBody). */
const allowed = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u

const invalid = (message: string) => new SqsError('com.amazonaws.sqs#InvalidParameterValue', message)

const checkMessage = (body: string, delay: number): void => {
  if (body === '')
    throw new SqsError('com.amazonaws.sqs#MissingParameter', 'The request must contain the parameter MessageBody.')
  if (Buffer.byteLength(body) > largestMessage)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${largestMessage} bytes.`)
  if (!allowed.test(body))
    throw new SqsError('com.amazonaws.sqs#InvalidMessageContents', 'Invalid characters were found.')
  if (delay < 0 || delay > longestDelay)
    throw invalid(`Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`)
}

/** The SQS of this machine, to which functions send: `endpoint` for SDKs, and the address of each queue. */
export type SqsServer = { readonly endpoint: string; readonly close: () => Promise<void> }

/**
 * Serves SendMessage to standard queues in SQS's JSON protocol, and refuses whatever else.
 * @param queueOf the queue of a URL; undefined if there is none.
 */
export const serveSqs = async (
  messages: Messages,
  queueOf: (url: string) => string | undefined,
): Promise<SqsServer> => {
  const answer = (target: string | undefined, body: string): object => {
    if (target !== 'AmazonSQS.SendMessage')
      throw new SqsError(
        'com.amazonaws.sqs#UnsupportedOperation',
        `${target} is not implemented by the SQS of this machine`,
      )
    const read = z.safeParse(SendMessage, JSON.parse(body))
    if (!read.success) throw new SqsError('com.amazonaws.sqs#UnsupportedOperation', z.prettifyError(read.error))
    const { QueueUrl, MessageBody, DelaySeconds } = read.data
    const queue = queueOf(QueueUrl)
    if (queue === undefined)
      throw new SqsError('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.')
    checkMessage(MessageBody, DelaySeconds)
    const MessageId = messages.send(queue, MessageBody, DelaySeconds)
    return { MessageId, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') }
  }

  const server = createServer(async (incoming, response) => {
    const reply = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() })
      response.end(JSON.stringify(body))
    }
    try {
      reply(200, answer(incoming.headers['x-amz-target'] as string | undefined, await text(incoming)))
    } catch (error) {
      if (error instanceof SqsError) reply(400, { __type: error.code, message: error.message })
      else response.destroy()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
