import { directoryPatterns } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import { ownItemsAccess } from '../platform/own-items.ts'

/** What Home does with the table: it reads who the caller is, and what features keep of them and of their children. */
export const homeAccess = uses({ ...ownItemsAccess, get: [directoryPatterns.person] })
