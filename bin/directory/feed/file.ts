import type { Readable } from 'node:stream'

/** A file of a feed, in a folder or in an archive. */
export type FeedFile = {
  /** Its path within the feed, as reports name it. */
  readonly name: string
  /** Bytes to read from it. */
  readonly size: number
  readonly open: () => Promise<Readable>
}

/** A feed's files. `close` lets go of the archives they are in. */
export type Feed = {
  readonly files: readonly FeedFile[]
  readonly close: () => void
}
