import type { Manifest } from '../oneroster/manifest.ts'
import type { FeedFile } from './file.ts'

export type Format = 'aaf' | 'oneroster' | 'sds'

/**
 * What is imported at one time: of one source the last complete delivery and the deltas made after it, or these alone.
 * `date`: the day of the last of them (yyyymmdd), if the files tell it.
 */
export type Chosen = {
  readonly format: Format
  readonly source: string
  readonly delta: boolean
  readonly date: string | undefined
  readonly files: readonly FeedFile[]
  /** What OneRoster's manifest says. */
  readonly manifest: Manifest
}
