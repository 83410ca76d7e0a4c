import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { type LogMessage, traceOf } from '../platform/log.ts'
import { remove } from '../platform/operation.ts'
import type { Arrivals } from './arriving.ts'
import { storedOfKey } from './object-name.ts'
import { documentsPatterns } from './patterns.ts'
import { settle } from './settling.ts'
import { removeObjects, withdraw } from './withdrawing.ts'

/** S3's notification (Amazon S3 User Guide, "Event message structure"), and its test when notifications are set up. */
const Notification = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })),
})
const TestNotification = z.object({ Event: z.literal('s3:TestEvent') })
/** The stream's: a file that was taken away from somebody, or from everybody. */
export const TakenAway = z.object({ takenAway: z.string() })
const Message = z.union([Notification, TestNotification, TakenAway])

/** Keys in notifications are URL-encoded, with `+` for a space. */
const keyOf = (encoded: string) => decodeURIComponent(encoded.replaceAll('+', ' '))

export const arrivalLogMessages = {
  failed: { code: 'DOCUMENTS-1', text: 'a file that arrived was not looked at' },
  unknown: { code: 'DOCUMENTS-2', text: 'message of the documents queue not understood' },
  left: { code: 'DOCUMENTS-3', text: 'objects of removed documents not deleted' },
} as const satisfies Record<string, LogMessage>

/** Objects that are deleted at a time. */
const deletedAtATime = 8

const messageOf = (body: string) => {
  try {
    return z.safeParse(Message, JSON.parse(body)).data
  } catch {
    return undefined
  }
}

/** Deletes the objects of a file that hangs nowhere any more. */
const discard = async (arrivals: Arrivals, { file, copy = 0 }: { file: string; copy?: number | undefined }) => {
  await removeObjects(arrivals, file, copy + 1)
  await arrivals.table.writeMany([remove('gone', documentsPatterns.gone, { file })])
}

/** Does what is to be done of a file that was taken away. */
const takeAway = async (arrivals: Arrivals, file: string): Promise<void> => {
  const gone = await arrivals.table.get(documentsPatterns.gone, { file }, { consistent: true })
  if (gone) await discard(arrivals, gone)
  await withdraw(arrivals, file)
}

/** Does what messages were lost of: deletes the objects of files that hang nowhere, and moves those of withdrawn ones. */
const sweep = async (arrivals: Arrivals): Promise<void> => {
  const { table, log } = arrivals
  for await (const page of table.pages(documentsPatterns.allGone, {})) {
    const left: unknown[] = []
    await forEachConcurrent(
      page,
      async ({ item }) => {
        try {
          await discard(arrivals, item)
        } catch (error) {
          left.push(error)
        }
      },
      deletedAtATime,
    )
    if (left.length > 0) log.error(arrivalLogMessages.left, { left: left.length, ...traceOf(left[0]) })
  }
  for (const { file } of await table.all(documentsPatterns.withdrawals, {})) await withdraw(arrivals, file)
}

/**
 * Handles what the bucket tells of objects that were put or tagged: a document exists from then on, or its file is refused
 * and deleted. Woken by the schedule, deletes what is not needed any more. What comes twice, late or in another order ends
 * in the same state, since each message has the file looked at as it is.
 */
export const arrivalsHandler =
  (arrivals: Arrivals) =>
  async (event: SQSEvent | { readonly sweep: true }, _?: Context): Promise<SQSBatchResponse> => {
    const { log } = arrivals
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = []
    if ('sweep' in event) {
      await sweep(arrivals)
      log.flush()
      return { batchItemFailures }
    }
    for (const { messageId, body } of event.Records) {
      const message = messageOf(body)
      if (!message) log.error(arrivalLogMessages.unknown)
      try {
        if (!message) throw new Error('a message is of no known form')
        for (const { s3 } of 'Records' in message ? message.Records : []) {
          const stored = storedOfKey(keyOf(s3.object.key))
          if (stored) await settle(arrivals, stored)
        }
        if ('takenAway' in message) await takeAway(arrivals, message.takenAway)
      } catch (error) {
        log.error(arrivalLogMessages.failed, traceOf(error))
        batchItemFailures.push({ itemIdentifier: messageId })
      }
    }
    log.flush()
    return { batchItemFailures }
  }
