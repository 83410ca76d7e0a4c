import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { migrationOrderAccess } from '../platform/access.ts'
import { type Outcome, ResourceRequest, respond } from '../platform/custom-resource.ts'
import { firstSweep } from '../platform/erasing/begin.ts'
import { type LogMessage, traceOf } from '../platform/log.ts'
import { type Background, openBackground, readConfig } from '../platform/platform.ts'
import { type Generations, orderMigrations, TooOldError } from './migrations.ts'

/** The log messages of this function. */
export const migrationLogMessages = {
  ordered: { code: 'ITEMS-1', text: 'migrations ordered' },
  notOrdered: { code: 'ITEMS-2', text: 'migrations could not be ordered' },
} as const satisfies Record<string, LogMessage>

const tooOld =
  'The items of this territory are of an earlier release than this one migrates from, or their migration has not ended: deploy the release before this one first, and wait for it.'

/**
 * A custom resource whose property is the generation of items: a deploy that changes it orders the migrations. Its first
 * deploy has people erased who left, from the next Sunday on.
 */
export const orderMigrationsHandler =
  ({ table, log, now }: Background<typeof migrationOrderAccess>, generations: Generations) =>
  async (event: unknown): Promise<void> => {
    const request = ResourceRequest.parse(event)
    let outcome: Outcome = { status: 'SUCCESS' }
    try {
      if (request.RequestType !== 'Delete') {
        await table.transact([firstSweep(now())])
        const generation = await orderMigrations(table, generations, now())
        log.info(migrationLogMessages.ordered, { left: generations.current - generation })
      }
    } catch (error) {
      log.error(migrationLogMessages.notOrdered, traceOf(error))
      const reason = error instanceof TooOldError ? tooOld : 'Migrations could not be ordered. See the log.'
      outcome = { status: 'FAILED', reason }
    }
    await respond(request, outcome)
  }

export const handler = orderMigrationsHandler(openBackground(readConfig(), migrationOrderAccess), itemGenerations)
