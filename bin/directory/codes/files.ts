import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Noted } from '../../../functions/directory/codes/of-school.ts'

const extensions = ['csv', 'html'] as const

const readIfThere = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })

/** The codes of a line of notes; none of one that a run could not write to its end, since it had stored none of them. */
const notesOf = (line: string): Noted[] => {
  try {
    return JSON.parse(line) as Noted[]
  } catch {
    return []
  }
}

/**
 * Opens where codes are handed out from, for their owner alone, in a folder that is made if need be: notes, into which
 * each code goes before it is stored, and from them two files to hand out, once all codes are given. A run that is
 * killed leaves its notes; the next one in the same folder goes on from them. No file is overwritten.
 */
export const openSheets = async (folder: string, school: string, now: Date) => {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `codes-${school}.unfinished`)
  const before = await readIfThere(path)
  const noted = before.split('\n').flatMap(notesOf)
  const notes = await open(path, 'a', 0o600)
  // A line that was cut off must not swallow the next one.
  if (before !== '' && !before.endsWith('\n')) await notes.appendFile('\n')
  let used = noted.length > 0
  const moment = now.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')

  const writeDurably = async (extension: string, text: string): Promise<string> => {
    const file = join(folder, `codes-${school}-${moment}.${extension}`)
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return file
  }

  return {
    /** The notes' path. */
    path,
    /** What a run that did not end has noted. */
    noted,
    /** Writes codes down before they are stored. */
    note: async (codes: readonly Noted[]): Promise<void> => {
      used = true
      await notes.appendFile(`${JSON.stringify(codes)}\n`)
      await notes.datasync()
    },
    /** Writes both files, and takes the notes away then. @returns their paths */
    write: async (texts: Readonly<Record<(typeof extensions)[number], string>>): Promise<string[]> => {
      const files: string[] = []
      for (const extension of extensions) files.push(await writeDurably(extension, texts[extension]))
      await rm(path)
      return files
    },
    /** Closes the notes; takes them away if nothing stands in them. */
    close: async (): Promise<void> => {
      await notes.close()
      if (!used) await rm(path, { force: true })
    },
  }
}
