import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { directoryAccess } from '../../functions/directory/access.ts'
import { runPatterns, type SchoolRunItem } from '../../functions/directory/import/runs.ts'
import { idOf } from '../../functions/directory/imports/ids.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { zipOf } from '../functions/directory/import/zip.ts'
import { eventually } from './http.ts'
import type { Territory } from './territory.ts'
import { timeoutMs } from './timeout.ts'
import { college, leaver, writeNight, writeWithoutSixB } from './valmont.ts'

/** Drops what `write` writes into the territory's feeds' bucket, and waits until the collège has been imported. */
export const bringNight = async (
  { storage, outputs, table, client }: Territory,
  name: string,
  write: (folder: string) => Promise<void>,
): Promise<SchoolRunItem> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-night-'))
  try {
    await write(folder)
    const names = await readdir(folder)
    const files = await Promise.all(names.map(async one => [one, await readFile(join(folder, one), 'utf8')] as const))
    const Body = await zipOf(Object.fromEntries(files))
    const Key = `deliveries/${name}.zip`
    await storage.client.send(new PutObjectCommand({ Bucket: outputs.FeedsBucketName, Key, Body }))
    const items = openTable(table, directoryAccess, () => new Date(), client)
    return await eventually(async () => {
      const runs = await items.all(runPatterns.schoolRuns, { uai: college.uai })
      return runs.find(one => one.delivery === Key)
    }, timeoutMs(30))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Two nights of the collège, by their ids in addresses: one of changes, and one that is held since a class is missing. And who
 * left in the first.
 */
export const bringNights = async (territory: Territory): Promise<ReadonlyMap<string, string>> => {
  const changed = await bringNight(territory, 'changes', writeNight)
  const held = await bringNight(territory, 'without-6B', writeWithoutSixB)
  return new Map([
    ['import of changes', idOf(changed.run)],
    ['import held', idOf(held.run)],
    ['who left', leaver().id],
  ])
}
