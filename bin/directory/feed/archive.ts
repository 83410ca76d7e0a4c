import type { Readable } from 'node:stream'
import { type Entry, open, validateFileName, type ZipFile } from 'yauzl'
import type { Feed, FeedFile } from './file.ts'
import { type Finding, ImportRefused } from './finding.ts'

/** XML compresses to a thirtieth at best; deflate can do a thousandth, which only a bomb does. */
const highestRatio = 200
const smallEnough = 1024 * 1024
const mostEntries = 10_000

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) =>
    open(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, zip) =>
      error
        ? reject(new ImportRefused(`${path} is not a ZIP archive that can be read: ${error.message}`))
        : resolve(zip),
    ),
  )

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      if (entries.length > mostEntries) reject(new ImportRefused(`the archive holds more than ${mostEntries} files`))
      else zip.readEntry()
    })
    zip.once('end', () => resolve(entries))
    zip.once('error', error =>
      reject(new ImportRefused(`the archive's list of files cannot be read: ${error.message}`)),
    )
    zip.readEntry()
  })

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
  )

const refusalOf = (entry: Entry, name: string, archive: number): string | undefined => {
  const invalid = validateFileName(name)
  if (invalid) return `its name leads out of the archive (${invalid}): it is not read`
  if (entry.isEncrypted()) return 'it is encrypted: it is not read'
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return 'its compression is not known: it is not read'
  if (entry.compressedSize > archive) return 'it says it is larger than its archive: it is not read'
  if (entry.uncompressedSize > smallEnough && entry.uncompressedSize > entry.compressedSize * highestRatio)
    return `it would grow ${Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize))} times when unpacked (at most ${highestRatio}): it is not read`
  return undefined
}

/**
 * The files of a ZIP archive, read straight from it: nothing is ever unpacked to disk. A name that leads out, or a size
 * no feed compresses to, is reported and not read; yauzl stops a file that grows beyond the size it declares.
 */
export const openArchive = async (path: string, within: string, found: (finding: Finding) => void): Promise<Feed> => {
  const zip = await openZip(path)
  const entries = await entriesOf(zip)
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0)
  // Files laid over one another: the way to a bomb whose every file has a modest ratio.
  if (packed > zip.fileSize) throw new ImportRefused(`${path} holds files laid over one another: it is a ZIP bomb`)
  const files: FeedFile[] = []
  for (const entry of entries) {
    const name = entry.fileNameRaw.toString('utf8').replaceAll('\\', '/')
    if (name.endsWith('/')) continue
    const refusal = refusalOf(entry, name, zip.fileSize)
    if (refusal) found({ kind: 'refused', file: `${within}${name}`, reason: refusal })
    else files.push({ name: `${within}${name}`, size: entry.uncompressedSize, open: () => streamOf(zip, entry) })
  }
  return { files, close: () => zip.close() }
}
