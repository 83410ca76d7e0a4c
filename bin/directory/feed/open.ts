import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { openArchive } from './archive.ts'
import type { Feed, FeedFile } from './file.ts'
import { type Finding, ImportRefused } from './finding.ts'

const isArchive = (name: string) => name.toLowerCase().endsWith('.zip')
const isData = (name: string) => /\.(xml|csv)$/i.test(name) && !basename(name).startsWith('.')

const fileAt = (path: string, name: string, size: number): FeedFile => ({
  name,
  size,
  open: async () => createReadStream(path, { highWaterMark: 256 * 1024 }),
})

/** The XML and CSV files of a folder (archives within it too), of an archive, or a single file. */
export const openFeed = async (path: string, found: (finding: Finding) => void): Promise<Feed> => {
  const at = await stat(path).catch(() => {
    throw new ImportRefused(`there is no folder or archive ${path}`)
  })
  if (!at.isDirectory()) {
    const feed = isArchive(path)
      ? await openArchive(path, '', found)
      : { files: [fileAt(path, basename(path), at.size)], close: () => {} }
    return { ...feed, files: feed.files.filter(file => isData(file.name)) }
  }
  const files: FeedFile[] = []
  const archives: Feed[] = []
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const whole = join(entry.parentPath, entry.name)
    const name = relative(path, whole).replaceAll(sep, '/')
    if (isArchive(name)) archives.push(await openArchive(whole, `${name}/`, found))
    else if (isData(name)) files.push(fileAt(whole, name, (await stat(whole)).size))
  }
  const all = [...files, ...archives.flatMap(archive => archive.files)].filter(file => isData(file.name))
  return {
    files: all.sort((a, b) => (a.name < b.name ? -1 : 1)),
    close: () => {
      for (const archive of archives) archive.close()
    },
  }
}
