import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import type { Report } from '../../../../functions/directory/import/report.ts'

/** Writes `before`, then so many megabytes of one letter, then `after`; it is never in memory as a whole. */
export const writeHuge = (path: string, before: string, megabytes: number, after: string): Promise<void> => {
  const megabyte = 'x'.repeat(1024 * 1024)
  const parts = function* () {
    yield before
    for (let written = 0; written < megabytes; written++) yield megabyte
    yield after
  }
  return pipeline(Readable.from(parts()), createWriteStream(path))
}

/** Imports in a thread that dies if it ever holds more than so many megabytes. */
export const importWithin = (
  megabytes: number,
  { endpoint, table, path }: { readonly endpoint: string; readonly table: string; readonly path: string },
): Promise<Report> => {
  const worker = new Worker(new URL('./bounded-import.ts', import.meta.url), {
    workerData: { endpoint, table, path },
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the import ended without a report, code ${code}`)))
  })
}
