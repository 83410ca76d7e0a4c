import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { features, migrations } from '../features.ts'
import type { Access } from '../platform/access.ts'
import { BoardsEnvironment } from '../platform/boards/files.ts'
import { deliveryHandler } from '../platform/delivery.ts'
import { background, openDynamoDb } from '../platform/dynamodb.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { openScan } from '../platform/scan.ts'
import { boardDeliveries, openRendering } from './boards.ts'
import { migrationDeliveries } from './migrations.ts'

const config = readConfig()
const client = openDynamoDb(background)
const rendering = openRendering(config, readEnvironment(BoardsEnvironment).BOARDS_BUCKET, client)
const deliveries = Object.values(features).flatMap(one => one ?? [])

const open = (access: Access) => openBackground(config, access, client)

const migrating = migrationDeliveries(openScan(config.table, client), migrations, itemGenerations, open)

/** What follows a write, behind it, from the table's stream: all that features subscribe to, their boards, migrations. */
export const handler = deliveryHandler(
  [...deliveries, ...boardDeliveries(rendering, deliveries, open), migrating],
  open,
)
