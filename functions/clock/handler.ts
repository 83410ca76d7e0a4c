import { rolesInStored } from '../directory/audiences.ts'
import { clocks } from '../features.ts'
import { BoardsEnvironment, boardsClient, openBoardFiles } from '../platform/boards/files.ts'
import { supersededClock } from '../platform/boards/superseded.ts'
import { clockHandler } from '../platform/clock.ts'
import { background, openDynamoDb } from '../platform/dynamodb.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'

const config = readConfig()
const client = openDynamoDb(background)
const boards = openBoardFiles(boardsClient(), readEnvironment(BoardsEnvironment).BOARDS_BUCKET)

/** What is due, woken each minute: all that features schedule for later, and the deletion of superseded boards. */
export const handler = clockHandler(
  [...Object.values(clocks).flatMap(one => one ?? []), supersededClock(boards, rolesInStored)],
  access => openBackground(config, access, client),
)
