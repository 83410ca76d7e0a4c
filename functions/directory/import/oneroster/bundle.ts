import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'

/** The files that are read. Other files of a feed (demographics.csv above all) hold data that Préau has no need of. */
export const fileKinds = [
  'orgs',
  'academicSessions',
  'classes',
  'users',
  'roles',
  'enrollments',
  'relationships',
] as const
export type FileKind = (typeof fileKinds)[number]

/** School Data Sync 2.1 is OneRoster 1.2 without status columns and manifest, and with relationships. */
export type Dialect = 'oneroster' | 'sds'

/** A delivery as the readers of its single files need it. */
export type Bundle = Delivery & {
  readonly dialect: Dialect
  /** Whether the feed as a whole is a delta. */
  readonly delta: boolean
  /**
   * Called for each record that could not be read, with its sourcedId if that is known. If it is not, nobody is suspended
   * for being absent from the feed.
   */
  readonly incomplete: (key?: string) => void
}

/** A file of the bundle, and whether it is a delta of its own. */
export type BundleFile = FeedFile & { readonly delta: boolean }
