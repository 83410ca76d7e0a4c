import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, open, validateFileName, type ZipFile } from 'yauzl'
import { bytesOf, type Feed, type FeedFile, isArchive, isData, notRead, unreadable } from './file.ts'
import { FileRefused, type Finding } from './finding.ts'

/** XML compresses to a thirtieth at best; deflate can do a thousandth, which only a bomb does. */
export const highestRatio = 200
/** Bytes below which a ratio says nothing: of one file, and of all of an archive. */
const smallFile = 1024 * 1024
const smallArchive = 32 * smallFile
const mostEntries = 10_000

/** Bytes before a file's name and content in an archive. */
const localHeader = 30

const nested = 'it is an archive within an archive: it is not read. Unpack the outer one, then import its folder'

/** The part of a ZIP's attributes that says what kind of file Unix made it of; and the kind of a symbolic link. */
const unixKind = 0o170000
const symbolicLink = 0o120000

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) =>
    open(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, zip) =>
      error ? reject(new FileRefused(`it is not a ZIP archive that can be read: ${error.message}`)) : resolve(zip),
    ),
  )

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      if (entries.length > mostEntries) reject(new FileRefused(`the archive holds more than ${mostEntries} files`))
      else zip.readEntry()
    })
    zip.once('end', () => resolve(entries))
    zip.once('error', error => reject(new FileRefused(`the archive's list of files cannot be read: ${error.message}`)))
    zip.readEntry()
  })

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
  )

async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0
  for await (const bytes of (await streamOf(zip, entry)) as AsyncIterable<Buffer>) {
    sum = crc32(bytes, sum)
    yield bytes
  }
  if (sum !== entry.crc32) throw new FileRefused('it is damaged: its checksum is another than the archive states')
}

const growth = (unpacked: number, packed: number) => Math.round(unpacked / Math.max(1, packed))

const refusalOf = (entry: Entry, name: string, archive: number): string | undefined => {
  if (validateFileName(name)) return 'its name leads out of the archive: it is not read'
  if (((entry.externalFileAttributes >>> 16) & unixKind) === symbolicLink)
    return 'it is a symbolic link: it is not followed'
  if (entry.isEncrypted()) return 'it is encrypted: it is not read'
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return 'its compression is not known: it is not read'
  if (entry.compressedSize > archive) return 'it says it is larger than its archive: it is not read'
  if (entry.uncompressedSize > smallFile && entry.uncompressedSize > entry.compressedSize * highestRatio)
    return `it would grow ${growth(entry.uncompressedSize, entry.compressedSize)} times when unpacked (at most ${highestRatio}): it is not read`
  return undefined
}

/** Throws FileRefused for a ZIP bomb. */
const refuseBombs = (zip: ZipFile, entries: readonly Entry[], files: readonly FeedFile[]) => {
  let end = 0
  for (const entry of [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end)
      throw new FileRefused('it holds files laid over one another: it is a ZIP bomb')
    end = entry.relativeOffsetOfLocalHeader + localHeader + entry.fileNameRaw.length + entry.compressedSize
  }
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (size > smallArchive && size > zip.fileSize * highestRatio)
    throw new FileRefused(
      `its files would grow ${growth(size, zip.fileSize)} times when unpacked (at most ${highestRatio}): it is a ZIP bomb`,
    )
}

/**
 * The XML and CSV files of a ZIP archive, read straight from it: nothing is ever unpacked to disk. A name that leads
 * out, a link, or a size no feed compresses to, is not read; yauzl stops a file that grows beyond the size it declares.
 * Throws FileRefused if nothing of the archive is to be read.
 */
export const openArchive = async (path: string, within: string, found: (finding: Finding) => void): Promise<Feed> => {
  const zip = await openZip(path)
  try {
    const entries = await entriesOf(zip)
    const files: FeedFile[] = []
    const refused: FeedFile[] = []
    let whole = true
    for (const entry of entries) {
      const own = entry.fileNameRaw.toString('utf8').replaceAll('\\', '/')
      if (own.endsWith('/')) continue
      const name = `${within}${own}`
      const refusal = refusalOf(entry, own, zip.fileSize)
      if (isArchive(own)) {
        whole = false
        found({ kind: 'refused', file: name, reason: nested })
      } else if (refusal && isData(own)) refused.push(unreadable(name, refusal))
      else if (refusal) found({ kind: 'refused', file: name, reason: refusal })
      else if (isData(own))
        files.push({ name, size: entry.uncompressedSize, bytes: () => bytesOf(async () => unpacked(zip, entry)) })
      else found(notRead(name))
    }
    refuseBombs(zip, entries, files)
    return { files: [...files, ...refused], whole, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}
