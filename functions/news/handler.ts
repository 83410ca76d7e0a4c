import { readConfig } from '../platform/config.ts'
import { openPlatform } from '../platform/platform.ts'
import { newsHandler } from './routes.ts'

/** The news: what a school tells its people, and what they did with it. */
export const handler = newsHandler(openPlatform(readConfig()))
