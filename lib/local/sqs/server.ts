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

/** What requests ask for; whatever else they name is refused, rather than ignored. */
const requests = {
  SendMessage: z.strictObject({ QueueUrl: z.string(), MessageBody: z.string(), DelaySeconds: z._default(z.int(), 0) }),
  ReceiveMessage: z.strictObject({
    QueueUrl: z.string(),
    MaxNumberOfMessages: z._default(z.int().check(z.gte(1), z.lte(10)), 1),
    VisibilityTimeout: z.int().check(z.gte(0), z.lte(43_200)),
  }),
  DeleteMessage: z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string() }),
  ChangeMessageVisibility: z.strictObject({
    QueueUrl: z.string(),
    ReceiptHandle: z.string(),
    VisibilityTimeout: z.int().check(z.gte(0), z.lte(43_200)),
  }),
} as const

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>

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

/** The SQS of this machine, which functions send to and receive from: `endpoint` for SDKs, and the address of each queue. */
export type SqsServer = { readonly endpoint: string; readonly close: () => Promise<void> }

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** What a request of that name is answered with. */
const operations = {
  SendMessage: (messages: Messages, queue: string, { MessageBody, DelaySeconds }: Asked<'SendMessage'>) => {
    checkMessage(MessageBody, DelaySeconds)
    return { MessageId: messages.send(queue, MessageBody, DelaySeconds), MD5OfMessageBody: md5(MessageBody) }
  },
  ReceiveMessage: (messages: Messages, queue: string, asked: Asked<'ReceiveMessage'>) => {
    const received = messages.receive(queue, asked.MaxNumberOfMessages, asked.VisibilityTimeout)
    const told = received.map(({ id, body, receipt }) => ({
      MessageId: id,
      ReceiptHandle: receipt,
      Body: body,
      MD5OfBody: md5(body),
    }))
    // Of none the reply names none.
    return told.length > 0 ? { Messages: told } : {}
  },
  DeleteMessage: (messages: Messages, _: string, { ReceiptHandle }: Asked<'DeleteMessage'>) => {
    messages.delete(ReceiptHandle)
    return {}
  },
  ChangeMessageVisibility: (messages: Messages, _: string, asked: Asked<'ChangeMessageVisibility'>) => {
    messages.hide(asked.ReceiptHandle, asked.VisibilityTimeout)
    return {}
  },
}

const isKnown = (name: string): name is keyof typeof requests => Object.hasOwn(requests, name)

/**
 * Serves standard queues in SQS's JSON protocol: sending, receiving and deleting messages, and how long they are hidden. It
 * refuses whatever else.
 * @param queueOf the queue of a URL; undefined if there is none.
 */
export const serveSqs = async (
  messages: Messages,
  queueOf: (url: string) => string | undefined,
): Promise<SqsServer> => {
  const answer = (target: string | undefined, body: string): object => {
    const name = target?.replace(/^AmazonSQS\./, '') ?? ''
    if (!isKnown(name))
      throw new SqsError(
        'com.amazonaws.sqs#UnsupportedOperation',
        `${target} is not implemented by the SQS of this machine`,
      )
    const read = z.safeParse(requests[name], JSON.parse(body))
    if (!read.success) throw new SqsError('com.amazonaws.sqs#UnsupportedOperation', z.prettifyError(read.error))
    const queue = queueOf(read.data.QueueUrl)
    if (queue === undefined)
      throw new SqsError('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.')
    return operations[name](messages, queue, read.data as never)
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
