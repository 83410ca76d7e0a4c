import { readConfig } from '../platform/config.ts'
import { openPlatform } from '../platform/platform.ts'
import { deliveryHandler } from './batch.ts'

/** What follows a write, behind it: feeds, counts, marks and reminders, from the table's stream. */
export const handler = deliveryHandler(openPlatform(readConfig()))
