import { basename } from 'node:path/posix'
import { FileRefused, type Finding } from './finding.ts'

/** A file of a feed, in a folder or in an archive. */
export type FeedFile = {
  /** Its path within the feed, as reports name it. */
  readonly name: string
  /** Bytes to read from it. */
  readonly size: number
  /** Its bytes, as often as they are asked for. Throws FileRefused where they cannot be read. */
  readonly bytes: () => AsyncIterable<Buffer>
}

/** A feed's files. `close` closes the archives they are in. */
export type Feed = {
  /** The files of the folder itself first, then those in archives. */
  readonly files: readonly FeedFile[]
  /** False if files may be missing: those of an archive that cannot be read. */
  readonly whole: boolean
  readonly close: () => void
}

/** Files that a computer's desktop leaves behind: in every folder and archive made on one. */
export const isLitter = (name: string): boolean =>
  /(^|\/)__MACOSX\//.test(name) || /^(\.|thumbs\.db$|desktop\.ini$)/i.test(basename(name))

/** Names of files a feed may consist of. */
export const isData = (name: string): boolean => /\.(xml|csv)$/i.test(name) && !isLitter(name)
export const isArchive = (name: string): boolean => /\.zip$/i.test(name) && !isLitter(name)

/** What is said of a file that is neither. */
export const notRead = (name: string): Finding => ({
  kind: 'left-out',
  file: name,
  reason: isLitter(name)
    ? 'a computer’s desktop leaves such files behind: it is not read'
    : 'it is neither an XML nor a CSV file nor a ZIP archive: it is not read',
})

/** The bytes of a stream; what goes wrong with it is thrown as FileRefused. */
export async function* bytesOf(open: () => Promise<AsyncIterable<Buffer>>): AsyncGenerator<Buffer> {
  try {
    yield* await open()
  } catch (error) {
    if (error instanceof FileRefused) throw error
    throw new FileRefused(`it cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

/** A file that throws FileRefused with this reason once it is read. */
export const unreadable = (name: string, reason: string): FeedFile => ({
  name,
  size: 0,
  bytes: () => bytesOf(() => Promise.reject(new FileRefused(reason))),
})
