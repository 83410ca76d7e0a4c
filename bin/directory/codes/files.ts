import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'

const extensions = ['csv', 'html'] as const

/**
 * Opens the two files codes are handed out from, for their owner alone, in a folder that is made if need be. They are
 * opened before codes are given, so that no code is replaced by one that cannot be written down. No file is overwritten.
 */
export const openSheets = async (folder: string, school: string, now: Date) => {
  await mkdir(folder, { recursive: true })
  const moment = now.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')
  const files: { readonly path: string; readonly handle: FileHandle }[] = []
  const close = async (): Promise<void> => {
    await Promise.all(files.map(({ handle }) => handle.close()))
  }
  const drop = async (): Promise<void> => {
    await close()
    await Promise.all(files.map(({ path }) => rm(path, { force: true })))
  }
  try {
    for (const extension of extensions) {
      const path = join(folder, `codes-${school}-${moment}.${extension}`)
      files.push({ path, handle: await open(path, 'wx', 0o600) })
    }
  } catch (error) {
    await drop()
    throw error
  }
  return {
    /** Takes the files away, unwritten. */
    drop,
    /** Writes them. @returns their paths */
    write: async (texts: Readonly<Record<(typeof extensions)[number], string>>): Promise<string[]> => {
      for (const [at, extension] of extensions.entries()) await files[at]?.handle.writeFile(texts[extension])
      await close()
      return files.map(({ path }) => path)
    },
  }
}
