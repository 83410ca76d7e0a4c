import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Account } from '../../lib/local/account.ts'
import { type Region, startRegion } from '../../lib/local/region.ts'

export type TerritoryOptions = {
  /** The folder of the cloud assembly to run. */
  readonly assembly: string
  /** Fills the table before its stream is enabled, so that no record of it is delivered. */
  readonly fill?: (client: DynamoDBClient, table: string) => Promise<void>
  /** The folder of its data, which is not deleted at the end; by default a temporary one. */
  readonly data?: string
  /** A service that speaks DynamoDB's protocol, used instead of the embedded one. */
  readonly database?: string | undefined
  /** The account's concurrent executions. */
  readonly concurrency?: number
  /** The edge's clock, in milliseconds since 1970. */
  readonly edgeNow?: () => number
  /** What runs the functions; by default processes of this machine. */
  readonly account?: Account
}

/** A complete territory on a port of its own: a cloud assembly behind the local edge. */
export type Territory = Omit<Region, 'close'> & { readonly data: string; readonly stop: () => Promise<void> }

/** Starts an empty territory, or one that `fill` filled. Takes some seconds. */
export const startTerritory = async (options: TerritoryOptions): Promise<Territory> => {
  const { assembly, fill, concurrency, edgeNow, account } = options
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'preau-territory-'))
  const { close, ...region } = await startRegion({
    assembly,
    folder: data,
    port: 0,
    database: options.database ?? process.env.PREAU_DYNAMODB,
    ...(fill && { fill }),
    ...(concurrency !== undefined && { concurrency }),
    ...(edgeNow && { edgeNow }),
    ...(account && { account }),
  })
  return {
    ...region,
    data,
    stop: async () => {
      await close()
      if (!options.data) rmSync(data, { recursive: true, force: true })
    },
  }
}
