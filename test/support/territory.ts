import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type Region, startRegion } from '../../lib/local/region.ts'

export type TerritoryOptions = {
  /** The folder of the cloud assembly to run. */
  readonly assembly: string
  /** Fills the table before its stream is on: nothing of it is delivered. */
  readonly fill?: (client: DynamoDBClient, table: string) => Promise<void>
  /** A folder that outlives the territory; absent: one of its own, removed at the end. */
  readonly data?: string
  /** A service that speaks DynamoDB's protocol, instead of the embedded one. */
  readonly database?: string | undefined
  /** Environments of the account. */
  readonly concurrency?: number
}

/** A whole territory on a port of its own: the real assembly behind the real edge. */
export type Territory = Omit<Region, 'close'> & { readonly data: string; readonly stop: () => Promise<void> }

/** Starts an empty territory, or one that `fill` filled. Takes some seconds. */
export const startTerritory = async (options: TerritoryOptions): Promise<Territory> => {
  const { assembly, fill, concurrency } = options
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'preau-territory-'))
  const { close, ...region } = await startRegion({
    assembly,
    folder: data,
    port: 0,
    database: options.database ?? process.env.PREAU_DYNAMODB,
    ...(fill && { fill }),
    ...(concurrency !== undefined && { concurrency }),
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
