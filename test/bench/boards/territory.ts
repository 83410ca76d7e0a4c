import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { paginateListObjectsV2 } from '@aws-sdk/client-s3'
import { openDatabase } from '../../../lib/local/database.ts'
import { startRegion } from '../../../lib/local/region.ts'
import { boardsBucket } from './assembly.ts'
import { openFollowUps } from './follow-ups.ts'
import { inProcess } from './functions.ts'
import { openSignIn, readKeys } from './school.ts'
import { openSimulation } from './simulation.ts'
import { openTallies } from './tally.ts'

export type TerritoryOptions = {
  readonly assembly: string
  /** The folder of its data. */
  readonly folder: string
  /** The simulated time at which it opens, in milliseconds since 1970. */
  readonly start: number
}

/** A folder for a territory's data, which `remove` deletes. `from`: a folder whose content it begins with. */
export const newFolder = (from?: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-bench-boards-'))
  if (from) cpSync(from, folder, { recursive: true })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/**
 * A territory by a simulated time: its assembly's edge with the real viewer function and cache policies, its buckets and
 * API, and the functions that readers ask in this process. Nothing runs by itself: the bench says when the stream's
 * records are delivered.
 */
export const openTerritory = async ({ assembly, folder, start }: TerritoryOptions) => {
  const tallies = openTallies()
  const database = await openDatabase({ folder: join(folder, 'database'), region: 'eu-west-3' })
  let isStopped = false
  const stopTable = async () => {
    if (isStopped) return
    isStopped = true
    await database.close()
  }
  let idle = async () => {}
  const simulation = openSimulation(start, () => idle())
  const region = await startRegion({
    assembly,
    folder,
    port: 0,
    database: database.endpoint,
    now: simulation.now,
    account: inProcess(simulation.now, tallies),
    background: false,
  }).catch(async error => {
    await database.close()
    throw error
  })
  idle = region.edgeIdle
  const bucket = boardsBucket(assembly)
  const target = { client: region.client, table: region.table }
  tallies.meter(region.client)
  const followUps = await openFollowUps({
    ...target,
    assembly,
    endpoint: region.endpoint,
    region: region.region,
    s3: region.storage.client,
    bucket,
    now: simulation.now,
    tallies,
  })
  return {
    ...region,
    ...target,
    simulation,
    tallies,
    followUps,
    signIn: openSignIn(target, await readKeys(target)),
    /** The paths of all files in the boards' bucket. */
    allFiles: async (): Promise<readonly string[]> => {
      const paths: string[] = []
      for await (const page of paginateListObjectsV2({ client: region.storage.client }, { Bucket: bucket }))
        paths.push(...(page.Contents ?? []).map(({ Key }) => `/${Key}`))
      return paths
    },
    /** Stops the table: every request to it fails from now on. */
    stopTable,
    close: async () => {
      followUps.close()
      await region.close()
      await stopTable()
    },
  }
}

export type BenchTerritory = Awaited<ReturnType<typeof openTerritory>>
