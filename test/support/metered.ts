import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../lib/local/database.ts'
import { type Region, startRegion } from '../../lib/local/region.ts'
import { assembly } from './assembly.ts'
import { type Meter, openMeter } from './meter.ts'

/** An empty territory of the assembly, with a meter before its table. */
export type Metered = Omit<Region, 'close'> & {
  readonly meter: Meter
  /** How often a function was invoked, by the last part of its name. */
  readonly invocations: (name: string) => number
  readonly stop: () => Promise<void>
}

/** Starts a territory on free ports, its data in a folder of its own. */
export const startMetered = async (): Promise<Metered> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-territory-'))
  const database = await openDatabase({ folder: join(folder, 'database'), region: 'eu-west-3' })
  const meter = await openMeter(database.endpoint)
  const stop = async (region?: Region) => {
    await region?.close()
    await meter.close()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const region = await startRegion({ assembly: await assembly(), folder, port: 0, database: meter.endpoint })
    return {
      ...region,
      meter,
      invocations: name => {
        const found = Object.entries(region.functions()).find(([full]) => full.endsWith(`-${name}`))
        if (!found) throw new Error(`the territory has no function ${name}`)
        return found[1].invocations
      },
      stop: () => stop(region),
    }
  } catch (error) {
    await stop()
    throw error
  }
}
