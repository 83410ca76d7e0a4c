import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { after, epochSeconds } from '../../../../shared/kernel/dates.ts'
import { traceOf } from '../../../platform/log.ts'
import { put } from '../../../platform/operation.ts'
import { Confirmation, keptFor, runPatterns } from '../runs.ts'
import { openIntake } from './intake.ts'
import { importLogMessages, type Unattended } from './unattended.ts'
import { openWorker } from './worker.ts'

/** S3's notification (Amazon S3 User Guide, "Event message structure"), and its test when notifications are set up. */
const Notification = z.object({
  Records: z.array(
    z.object({
      eventTime: z.string(),
      s3: z.object({ object: z.object({ key: z.string(), sequencer: z.string() }) }),
    }),
  ),
})
const TestNotification = z.object({ Event: z.literal('s3:TestEvent') })
const Wake = z.strictObject({ wake: z.literal(true) })

const Message = z.union([Notification, TestNotification, Wake, Confirmation])

/** Keys in notifications are URL-encoded, with `+` for a space. */
const keyOf = (encoded: string) => decodeURIComponent(encoded.replaceAll('+', ' '))

const parsed = (body: string) => {
  try {
    return z.safeParse(Message, JSON.parse(body)).data
  } catch {
    return undefined
  }
}

/**
 * Handles messages of the imports' queue and, woken by the schedule, what no message tells: folders that became quiet,
 * work whose step was killed, and sources whose delivery did not come.
 * @param within hours after which a source that delivered before is missed.
 */
export const importsHandler = (unattended: Unattended, within: number) => {
  const { table, now, log } = unattended
  const intake = openIntake(unattended)
  const worker = openWorker(unattended)

  const take = async (body: string, id: string): Promise<boolean> => {
    const message = parsed(body)
    if (!message) {
      log.error(importLogMessages.unknown)
      return false
    }
    if ('confirm' in message) await intake.confirmed(message, id)
    if ('Records' in message)
      for (const { eventTime, s3 } of message.Records) {
        const { key, sequencer } = s3.object
        await intake.dropped({ key: keyOf(key), sequencer, at: new Date(eventTime).toISOString() })
      }
    return true
  }

  const missed = async (): Promise<void> => {
    const late = after(now(), -within * 3_600).toISOString()
    const nights = await table.all(runPatterns.nights, {})
    const missing = nights.filter(night => night.at < late && night.missedAt === undefined)
    const at = now().toISOString()
    const expiresAt = epochSeconds(now()) + keptFor
    for (const night of missing) {
      const { source, run, at: since } = night
      await table.transact([
        put('night', runPatterns.night, { source }, { ...night, missedAt: at }, { is: { run } }),
        put('missed', runPatterns.missed, { source, at }, { source, since, at, expiresAt }),
      ])
    }
    if (missing.length === 0) return
    log.error(importLogMessages.missed, { left: missing.length })
    log.count('ImportsMissed', missing.length)
  }

  return async (event: SQSEvent | { readonly sweep: true }, _?: Context): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = []
    try {
      if ('Records' in event)
        for (const { messageId, body } of event.Records) {
          const failed = await take(body, messageId).then(
            understood => !understood,
            error => {
              log.error(importLogMessages.failed, traceOf(error))
              return true
            },
          )
          if (failed) batchItemFailures.push({ itemIdentifier: messageId })
        }
      else {
        await intake.settle()
        await missed()
      }
      await worker.step()
    } finally {
      log.flush()
    }
    return { batchItemFailures }
  }
}
