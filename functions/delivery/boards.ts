import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { rolesInStored } from '../directory/audiences.ts'
import { type Access, boardsAccess } from '../platform/access.ts'
import { closedSubscription } from '../platform/boards/closed.ts'
import { boardSubscriptions, type Rendering, schoolSubscription } from '../platform/boards/deliver.ts'
import { type BoardFiles, boardsClient, openBoardFiles } from '../platform/boards/files.ts'
import { type Deliveries, deliveries } from '../platform/delivery.ts'
import { openTable } from '../platform/open-table.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Background, Config } from '../platform/platform.ts'
import { rebuildAccess } from './access.ts'
import { rebuildJob } from './rebuild.ts'

/** What renders boards into the bucket of these files. */
export const renderingInto = (files: BoardFiles, table: Rendering['boards']['table'], now: () => Date): Rendering => {
  let known: Promise<string> | undefined
  const read = async () => {
    const keys = await table.get(platformPatterns.keys, {}, { consistent: true })
    if (!keys?.boards) throw new Error('the territory has no secret for the names of boards yet')
    return keys.boards
  }
  const secret = () => {
    known ??= read().catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return { boards: { table, files, secret, now }, rolesIn: rolesInStored }
}

/** What renders boards into a bucket, once per execution environment. */
export const openRendering = (config: Config, bucket: string, client: DynamoDBClient): Rendering => {
  const now = () => new Date()
  return renderingInto(openBoardFiles(boardsClient(), bucket), openTable(config.table, boardsAccess, now, client), now)
}

/**
 * What keeps the boards of all features up to date, beside the features' own subscriptions.
 * @param open opens the clients of a feature's renderer, for the access it declares.
 */
export const boardDeliveries = (
  rendering: Rendering,
  features: readonly Deliveries[],
  open: (access: Access) => Background,
): readonly Deliveries[] => {
  const boarded = features.flatMap(({ access, board }) => (board ? [{ access, renderer: board }] : []))
  const opened = boarded.map(({ access, renderer }) => ({ renderer, background: open(access) }))
  return [
    { access: boardsAccess, subscriptions: [schoolSubscription(rendering)] },
    ...boarded.map(({ access, renderer }) => ({
      access,
      subscriptions: [...boardSubscriptions(rendering, renderer), closedSubscription(rendering, renderer)],
    })),
    deliveries(rebuildAccess, rebuildJob(rendering, opened)),
  ]
}
