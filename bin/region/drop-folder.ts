import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'

/** Milliseconds between two looks into the folder. */
const interval = 1_000

/** The files of a folder and those within it, and what tells whether one still grows. */
const filesIn = async (folder: string): Promise<Map<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return new Map(
    entries
      .filter(one => one.isFile() && !one.name.startsWith('.'))
      .map(one => {
        const path = join(one.parentPath, one.name)
        const { size, mtimeMs } = statSync(path)
        return [path, `${size} ${mtimeMs}`]
      }),
  )
}

/**
 * Moves what is put into a folder into the feeds' bucket, as an authority's SFTP does on AWS: once a file has not changed
 * between two looks. Its folder within is that in the bucket.
 */
export const watchFolder = (folder: string, client: S3Client, bucket: string): { readonly stop: () => void } => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let before = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const look = async (): Promise<void> => {
    const files = await filesIn(folder)
    for (const [path, state] of files) {
      if (before.get(path) !== state) continue
      const Key = `deliveries/${relative(folder, path).replaceAll(sep, '/')}`
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: readFileSync(path) }))
      rmSync(path)
      files.delete(path)
    }
    before = files
  }
  const again = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      // A file that went away between two looks is no failure: the next one sees what is there.
      look()
        .catch(() => {})
        .finally(again)
    }, interval)
  }
  again()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
