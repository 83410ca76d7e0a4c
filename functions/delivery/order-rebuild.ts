import { type Outcome, ResourceRequest, respond } from '../platform/custom-resource.ts'
import { type LogMessage, traceOf } from '../platform/log.ts'
import { openBackground, readConfig } from '../platform/platform.ts'
import { rebuildOrderAccess } from './access.ts'
import { orderRebuild } from './rebuild.ts'

/** The log messages of this function. */
export const boardsLogMessages = {
  ordered: { code: 'BOARDS-1', text: 'all boards are rendered anew' },
  notOrdered: { code: 'BOARDS-2', text: 'rendering all boards anew could not be ordered' },
} as const satisfies Record<string, LogMessage>

const { table, log, now } = openBackground(readConfig(), rebuildOrderAccess)

/**
 * A custom resource whose properties are the shapes of the boards: a deploy that changes one orders that all boards be
 * rendered anew. A new territory has none, and the order ends at once.
 */
export const handler = async (event: unknown): Promise<void> => {
  const request = ResourceRequest.parse(event)
  let outcome: Outcome = { status: 'SUCCESS' }
  try {
    if (request.RequestType !== 'Delete') {
      await orderRebuild(table, now())
      log.info(boardsLogMessages.ordered)
    }
  } catch (error) {
    log.error(boardsLogMessages.notOrdered, traceOf(error))
    outcome = { status: 'FAILED', reason: 'Rendering all boards anew could not be ordered. See the log.' }
  }
  await respond(request, outcome)
}
