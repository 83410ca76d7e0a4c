import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { features, migrations } from '../features.ts'
import type { Access } from '../platform/access.ts'
import { BoardsEnvironment } from '../platform/boards/files.ts'
import { deliveryHandler } from '../platform/delivery.ts'
import type { Due } from '../platform/due.ts'
import { DueQueueEnvironment, openDueQueue } from '../platform/due-queue.ts'
import { background, openDynamoDb } from '../platform/dynamodb.ts'
import { logMessages, traceOf } from '../platform/log.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { queueClient } from '../platform/queue.ts'
import { openScan } from '../platform/scan.ts'
import { boardDeliveries, openRendering } from './boards.ts'
import { migrationDeliveries } from './migrations.ts'

const config = readConfig()
const client = openDynamoDb(background)
const rendering = openRendering(config, readEnvironment(BoardsEnvironment).BOARDS_BUCKET, client)
const deliveries = Object.values(features).flatMap(one => one ?? [])

const send = openDueQueue(queueClient(), readEnvironment(DueQueueEnvironment).DUE_QUEUE_URL, () => new Date())

const open = (access: Access) => {
  const opened = openBackground(config, access, client)
  // What follows from the record does not wait for a queue that fails: the clock finds the due item a minute later.
  const wakeClock = (due: Due) =>
    send(due).catch((error: unknown) => opened.log.error(logMessages.notWoken, traceOf(error)))
  return { ...opened, wakeClock }
}

const migrating = migrationDeliveries(openScan(config.table, client), migrations, itemGenerations, open)

/** What follows a write, behind it, from the table's stream: all that features subscribe to, their boards, migrations. */
export const handler = deliveryHandler(
  [...deliveries, ...boardDeliveries(rendering, deliveries, open), migrating],
  open,
)
