import { readConfig } from '../platform/config.ts'
import { openPlatform } from '../platform/platform.ts'
import { directoryHandler } from './routes.ts'

/** The directory: who is in a school, and the codes they activate their accounts with. */
export const handler = directoryHandler(openPlatform(readConfig()))
