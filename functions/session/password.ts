import { readConfig } from '../platform/config.ts'
import { openPlatform } from '../platform/platform.ts'
import { passwordHandler } from './password-routes.ts'

/** Entry of the function `password`: on its own, so that a rush at the door never starves the rest. */
export const handler = passwordHandler(openPlatform(readConfig()))
