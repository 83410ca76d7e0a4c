import * as z from 'zod/mini'
import { rolesInStored } from '../directory/audiences.ts'
import { clocks, erasures } from '../features.ts'
import { BoardsEnvironment, boardsClient, openBoardFiles } from '../platform/boards/files.ts'
import { supersededClock } from '../platform/boards/superseded.ts'
import { clockHandler } from '../platform/clock.ts'
import { background, openDynamoDb } from '../platform/dynamodb.ts'
import { erasingClock } from '../platform/erasing/clock.ts'
import { platformErasure } from '../platform/erasing/erasure.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { openScan } from '../platform/scan.ts'

/** `ERASED_AFTER`: months, where they are not the usual ones. */
const Environment = z.object({ ERASED_AFTER: z.optional(z.coerce.number()) })

const config = readConfig()
const client = openDynamoDb(background)
const erasing = erasingClock(
  openScan(config.table, client),
  [platformErasure, ...Object.values(erasures).flatMap(one => one ?? [])],
  readEnvironment(Environment).ERASED_AFTER,
)
const boards = openBoardFiles(boardsClient(), readEnvironment(BoardsEnvironment).BOARDS_BUCKET)

/**
 * What is due, woken each minute: all that features schedule for later, the deletion of superseded boards, and erasing
 * people who left.
 */
export const handler = clockHandler(
  [...Object.values(clocks).flatMap(one => one ?? []), supersededClock(boards, rolesInStored), erasing],
  access => openBackground(config, access, client),
)
