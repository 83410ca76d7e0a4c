import { createReadStream, type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { openArchive } from './archive.ts'
import { bytesOf, type Feed, type FeedFile, isArchive, isData, notRead } from './file.ts'
import { FileRefused, type Finding, ImportRefused } from './finding.ts'

const fileAt = (path: string, name: string, size: number): FeedFile => ({
  name,
  size,
  bytes: () => bytesOf(async () => createReadStream(path, { highWaterMark: 256 * 1024 })),
})

/** The archive that is the whole feed: throws ImportRefused if it cannot be read. */
const theArchive = async (path: string, found: (finding: Finding) => void): Promise<Feed> => {
  try {
    return await openArchive(path, '', found)
  } catch (error) {
    throw error instanceof FileRefused ? new ImportRefused(`${path}: ${error.message}`) : error
  }
}

const entriesOf = async (folder: string): Promise<Dirent[]> => {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    const { code, path = folder } = error as NodeJS.ErrnoException
    throw new ImportRefused(`${path} cannot be read (${code})`)
  }
}

const openFolder = async (folder: string, found: (finding: Finding) => void): Promise<Feed> => {
  const files: FeedFile[] = []
  const archives: Feed[] = []
  let whole = true
  for (const entry of await entriesOf(folder)) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).replaceAll(sep, '/')
    if (entry.isDirectory()) continue
    if (!isArchive(name) && !isData(name)) {
      found(notRead(name))
      continue
    }
    try {
      if (!entry.isFile()) throw new FileRefused('it is a link, or no file at all: it is not read')
      if (isArchive(name)) archives.push(await openArchive(path, `${name}/`, found))
      else files.push(fileAt(path, name, (await stat(path)).size))
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      whole = false
      found(error.of(name))
    }
  }
  return {
    files: [...files.sort((a, b) => (a.name < b.name ? -1 : 1)), ...archives.flatMap(archive => archive.files)],
    whole: whole && archives.every(archive => archive.whole),
    close: () => {
      for (const archive of archives) archive.close()
    },
  }
}

const feedAt = async (path: string, found: (finding: Finding) => void): Promise<Feed> => {
  const at = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ImportRefused(
      error.code === 'ENOENT' ? `there is no folder or archive ${path}` : `${path} cannot be read (${error.code})`,
    )
  })
  if (at.isDirectory()) return openFolder(path, found)
  if (isArchive(path)) return theArchive(path, found)
  const files = [fileAt(path, basename(path), at.size)].filter(file => isData(file.name))
  return { files, whole: true, close: () => {} }
}

/**
 * The XML and CSV files of a folder (archives within it too), of an archive, or a single file; what else is there is
 * reported. Throws ImportRefused where there are none.
 */
export const openFeed = async (path: string, found: (finding: Finding) => void): Promise<Feed> => {
  const refused: Finding[] = []
  const feed = await feedAt(path, finding => {
    if (finding.kind === 'refused') refused.push(finding)
    found(finding)
  })
  if (feed.files.length > 0) return feed
  feed.close()
  const [first] = refused
  throw new ImportRefused(
    first
      ? `${path} holds nothing that could be read. ${first.file}: ${first.reason}`
      : `${path} holds no XML or CSV file that could be read, nor an archive of such files`,
  )
}
