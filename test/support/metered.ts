import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../lib/local/database.ts'
import { type Meter, openMeter } from './meter.ts'
import { startTerritory, type Territory, type TerritoryOptions } from './territory.ts'

/** A territory with a meter in front of its table. */
export type Metered = Territory & {
  readonly meter: Meter
  /** How often a function was invoked, by the last part of its name. */
  readonly invocations: (name: string) => number
}

/** Starts an empty territory whose requests to the table can be counted, or fail. */
export const startMetered = async (
  assembly: string,
  options: Pick<TerritoryOptions, 'account' | 'edgeNow'> = {},
): Promise<Metered> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-metered-'))
  const database = await openDatabase({ folder, region: 'eu-west-3', endpoint: process.env.PREAU_DYNAMODB })
  const meter = await openMeter(database.endpoint)
  const end = async () => {
    await meter.close()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const territory = await startTerritory({ assembly, database: meter.endpoint, ...options })
    return {
      ...territory,
      meter,
      invocations: name => {
        const [, counts] = Object.entries(territory.functions()).find(([full]) => full.endsWith(`-${name}`)) ?? []
        if (!counts) throw new Error(`the territory has no function ${name}`)
        return counts.invocations
      },
      stop: async () => {
        await territory.stop()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
