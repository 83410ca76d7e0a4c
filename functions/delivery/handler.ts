import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import * as z from 'zod/mini'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { features, migrations } from '../features.ts'
import type { Access } from '../platform/access.ts'
import { BoardsEnvironment } from '../platform/boards/files.ts'
import { deliveryHandler, openDeliver } from '../platform/delivery.ts'
import type { Due } from '../platform/due.ts'
import { DueQueueEnvironment, openDueQueue } from '../platform/due-queue.ts'
import { background, openDynamoDb } from '../platform/dynamodb.ts'
import { logMessages, traceOf } from '../platform/log.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { queueClient, sendTo } from '../platform/queue.ts'
import { openScan } from '../platform/scan.ts'
import { beat } from './beat.ts'
import { boardDeliveries, openRendering } from './boards.ts'
import { openDescribe } from './described.ts'
import { migrationDeliveries } from './migrations.ts'
import { redeliveries } from './redelivery.ts'
import { openSetAside, openStreamReader, SetAsideEnvironment } from './set-aside.ts'

const config = readConfig()
const client = openDynamoDb(background)
const rendering = openRendering(config, readEnvironment(BoardsEnvironment).BOARDS_BUCKET, client)
const deliveries = Object.values(features).flatMap(one => one ?? [])

const sqs = queueClient()
const send = openDueQueue(sqs, readEnvironment(DueQueueEnvironment).DUE_QUEUE_URL, () => new Date())

const { ARRIVALS_QUEUE_URL } = readEnvironment(z.object({ ARRIVALS_QUEUE_URL: z.url() }))
const takeAway = (file: string) => sendTo(sqs, ARRIVALS_QUEUE_URL, { takenAway: file })

const open = (access: Access) => {
  const opened = openBackground(config, access, client)
  // What follows from the record does not wait for a queue that fails: the clock finds the due item a minute later.
  const wakeClock = (due: Due) =>
    send(due).catch((error: unknown) => opened.log.error(logMessages.notWoken, traceOf(error)))
  return { ...opened, wakeClock, takeAway }
}

const migrating = migrationDeliveries(openScan(config.table, client), migrations, itemGenerations, open)

const all = [...deliveries, ...boardDeliveries(rendering, deliveries, open), migrating, beat]

const again = redeliveries({
  queue: openSetAside(sqs, readEnvironment(SetAsideEnvironment).SET_ASIDE_QUEUE_URL),
  read: openStreamReader(new DynamoDBStreamsClient({ maxAttempts: 3 })),
  deliver: openDeliver(all, open),
  describe: openDescribe(all),
})

/**
 * What follows a write, behind it, from the table's stream: all that features subscribe to, their boards, migrations, and
 * what was set aside and is delivered again.
 */
export const handler = deliveryHandler([...all, again], open)
