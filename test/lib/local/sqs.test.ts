import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { noCounts } from '../../../lib/local/account.ts'
import type { Outcome } from '../../../lib/local/environment.ts'
import { credentials } from '../../../lib/local/loopback.ts'
import { startQueueMapping } from '../../../lib/local/sqs/mapping.ts'
import { openMessages } from '../../../lib/local/sqs/messages.ts'
import { serveSqs } from '../../../lib/local/sqs/server.ts'
import { eventually } from '../../support/http.ts'
import { timeoutMs } from '../../support/timeout.ts'

const folder = mkdtempSync(join(tmpdir(), 'preau-test-'))
const clock = { now: 1_000_000 }
const messages = openMessages(folder, () => clock.now)
let server: Awaited<ReturnType<typeof serveSqs>>
let client: SQSClient
beforeAll(async () => {
  server = await serveSqs(messages, url => (url.endsWith('/work') ? 'work' : undefined))
  client = new SQSClient({ endpoint: server.endpoint, region: 'eu-west-3', credentials })
})
afterAll(async () => {
  client.destroy()
  await server.close()
  messages.close()
  rmSync(folder, { recursive: true, force: true })
})

const send = (MessageBody: string, more: object = {}, queue = 'work') =>
  client
    .send(new SendMessageCommand({ QueueUrl: `${server.endpoint}/123456789012/${queue}`, MessageBody, ...more }))
    .then(
      () => 'sent',
      error => (error as Error).name,
    )

/** Receives all there is, and deletes it. */
const drain = (): string[] => {
  const received = messages.receive('work', 10, 30)
  for (const { receipt } of received) messages.delete(receipt)
  return received.length === 0 ? [] : [...received.map(one => one.body), ...drain()]
}

it('takes what SQS takes, and refuses what it refuses', async () => {
  expect(await send('x'.repeat(256 * 1024))).toBe('sent')
  expect(await send('x'.repeat(256 * 1024 + 1))).toBe('InvalidParameterValue')
  expect(await send('é'.repeat(128 * 1024 + 1))).toBe('InvalidParameterValue')
  expect(await send('\u0001')).toBe('InvalidMessageContents')
  expect(await send('later', { DelaySeconds: 901 })).toBe('InvalidParameterValue')
  expect(await send('to nobody', {}, 'other')).toBe('QueueDoesNotExist')
  expect(await send('of a FIFO queue', { MessageGroupId: 'a' })).toBe('UnsupportedOperation')
  const purge = new PurgeQueueCommand({ QueueUrl: `${server.endpoint}/1/work` })
  await expect(client.send(purge)).rejects.toMatchObject({ name: 'UnsupportedOperation' })
  drain()
})

it('gives a message to whoever receives it, hides it as long as asked, and deletes it by its receipt', async () => {
  const QueueUrl = `${server.endpoint}/1/work`
  const receive = () =>
    client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }))
  await send('set aside')
  const [{ Body, ReceiptHandle } = {}] = (await receive()).Messages ?? []
  expect(Body).toBe('set aside')
  expect((await receive()).Messages).toBeUndefined()
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
  const [again] = (await receive()).Messages ?? []
  expect(again?.Body).toBe('set aside')
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }))
  expect(messages.count('work')).toBe(0)
})

it('delivers again what was not deleted within the visibility timeout, and what is delayed once it is due', async () => {
  await send('now')
  await send('later', { DelaySeconds: 60 })
  expect(messages.receive('work', 10, 30).map(one => [one.body, one.received])).toEqual([['now', 1]])
  expect(messages.receive('work', 10, 30)).toEqual([])
  clock.now += 30_000
  expect(messages.receive('work', 10, 30).map(one => [one.body, one.received])).toEqual([['now', 2]])
  clock.now += 30_000
  expect(drain().sort()).toEqual(['later', 'now'])
})

it('delivers some messages twice', async () => {
  for (let at = 0; at < 7; at++) await send(`${at}`)
  const received = drain()
  expect(new Set(received).size).toBe(7)
  expect(received).toHaveLength(8)
})

it('gives messages that failed to the function again, and at last to the dead-letter queue', async () => {
  const dead: object[] = []
  const events: string[][] = []
  const counts = noCounts()
  const invoke = async (event: unknown): Promise<Outcome> => {
    const { Records } = event as { Records: { messageId: string; body: string }[] }
    events.push(Records.map(one => one.body).sort())
    const failed = Records.filter(one => one.body === 'bad')
    return { ok: true, payload: { batchItemFailures: failed.map(one => ({ itemIdentifier: one.messageId })) } }
  }
  const queue = {
    name: 'work',
    arn: 'arn:aws:sqs:eu-west-3:123456789012:work',
    visibility: 30,
    redrive: { most: 2, to: { name: 'dead', send: (body: object) => dead.push(body) } },
  }
  await send('good')
  await send('bad')
  const mapping = startQueueMapping({
    queue,
    messages,
    fn: { name: 'imports', invoke, counts },
    region: 'eu-west-3',
    batchSize: 10,
    concurrency: 1,
    reportsItems: true,
  })
  await eventually(async () => {
    clock.now += 30_000
    return dead.length > 0 ? true : undefined
  }, timeoutMs(10))
  await mapping.stop()
  expect(events.flat().filter(body => body === 'good').length).toBeLessThanOrEqual(2)
  expect(events.flat().filter(body => body === 'bad').length).toBeGreaterThanOrEqual(2)
  expect(dead).toContainEqual({ body: 'bad' })
  expect(messages.count('work')).toBe(0)
})
