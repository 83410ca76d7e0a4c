import * as z from 'zod/mini'
import { background, openDynamoDb } from '../../../platform/dynamodb.ts'
import { openBackground, readConfig, readEnvironment } from '../../../platform/platform.ts'
import { queueClient } from '../../../platform/queue.ts'
import { unattendedAccess } from '../../access.ts'
import { ImportsQueueEnvironment, openImportsQueue } from '../queue.ts'
import { feedsClient, openFeedBucket } from './bucket.ts'
import { importsHandler } from './handle.ts'

const Environment = z.extend(ImportsQueueEnvironment, {
  FEEDS_BUCKET: z.string().check(z.minLength(3)),
  /** Hours after which a source that delivered before is missed. */
  FEEDS_WITHIN: z.coerce.number(),
  /** Month and day on which a school year begins, where that is not usual. */
  YEAR_BEGINS: z.optional(z.string()),
})

const { FEEDS_BUCKET, FEEDS_WITHIN, IMPORTS_QUEUE_URL, YEAR_BEGINS } = readEnvironment(Environment)

// An import outlasts a table that throttles for a while, as the command does.
const client = openDynamoDb({ ...background, attempts: 10 })

/** Imports what is dropped into the feeds' bucket, step by step. */
export const handler = importsHandler(
  {
    ...openBackground(readConfig(), unattendedAccess, client),
    bucket: openFeedBucket(feedsClient(), FEEDS_BUCKET),
    wake: openImportsQueue(queueClient(), IMPORTS_QUEUE_URL).wake,
    yearBegins: YEAR_BEGINS,
  },
  FEEDS_WITHIN,
)
