import { clocks } from '../features.ts'
import { clockHandler } from '../platform/clock.ts'
import { background, openDynamoDb } from '../platform/dynamodb.ts'
import { openBackground, readConfig } from '../platform/platform.ts'

const config = readConfig()
const client = openDynamoDb(background)

/** What is due, woken each minute: all that features schedule for later. */
export const handler = clockHandler(
  Object.values(clocks).flatMap(one => one ?? []),
  access => openBackground(config, access, client),
)
