import { readConfig } from '../platform/config.ts'
import { openPlatform } from '../platform/platform.ts'
import { sessionHandler } from './routes.ts'

/** Entry of the function `session`. */
export const handler = sessionHandler(openPlatform(readConfig()))
