import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { features } from '../features.ts'
import { deliveryHandler } from '../platform/delivery.ts'
import { openBackground, readConfig } from '../platform/platform.ts'

const config = readConfig()
const client = new DynamoDBClient({ maxAttempts: 4 })

/** What follows a write, behind it, from the table's stream: all that features subscribe to. */
export const handler = deliveryHandler(
  Object.values(features).flatMap(one => one ?? []),
  access => openBackground(config, access, client),
)
