import middy, { type MiddyfiedHandler } from '@middy/core'
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { deliverNews, type NewsChange } from '../news/delivery/deliver.ts'
import { traceOf } from '../platform/log.ts'
import type { Platform } from '../platform/platform.ts'
import { plain } from './image.ts'

/** A record as a change of an item of the news; undefined for what nobody waits for. */
const changeOf = ({ eventName, dynamodb }: DynamoDBRecord): NewsChange | undefined => {
  const { Keys, NewImage, OldImage, SequenceNumber } = dynamodb ?? {}
  const pk = Keys?.pk?.S
  const sk = Keys?.sk?.S
  if (!eventName || !SequenceNumber || !pk?.startsWith('N#') || sk === undefined) return undefined
  return {
    sequence: SequenceNumber,
    event: eventName,
    key: { pk, sk },
    before: OldImage && plain(OldImage as Parameters<typeof plain>[0]),
    after: NewImage && plain(NewImage as Parameters<typeof plain>[0]),
  }
}

/**
 * The handler of the table's stream: hands each record to the feature it concerns, and reports the first one that
 * failed, from which the service sends all again (ReportBatchItemFailures). Features make a repeat harmless.
 */
export const deliveryHandler = (
  platform: Platform,
): MiddyfiedHandler<DynamoDBStreamEvent, DynamoDBBatchResponse, Error, Context> =>
  middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async event => {
    const began = performance.now()
    const failed: string[] = []
    const changes: NewsChange[] = []
    for (const record of event.Records) {
      try {
        const change = changeOf(record)
        if (change) changes.push(change)
      } catch (error) {
        failed.push(record.dynamodb?.SequenceNumber ?? '')
        platform.log.error('unreadable record', traceOf(error))
      }
    }
    for (const failure of await deliverNews(platform, changes)) {
      failed.push(failure.sequence)
      platform.log.error('not delivered', traceOf(failure.error))
    }
    platform.log.info('delivered', { records: event.Records.length, ms: Math.round(performance.now() - began) })
    if (failed.length > 0) platform.log.count('DeliveryFailures', failed.length)
    platform.log.flush()
    return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) }
  })
