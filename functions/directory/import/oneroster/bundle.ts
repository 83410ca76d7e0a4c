import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'

/** The files that are read. What else a feed brings (demographics above all) is nobody's business here. */
export const fileKinds = ['orgs', 'classes', 'users', 'roles', 'enrollments', 'relationships'] as const
export type FileKind = (typeof fileKinds)[number]

/** School Data Sync 2.1 is OneRoster 1.2 without status columns and manifest, and with relationships. */
export type Dialect = 'oneroster' | 'sds'

/** A delivery as the readers of its single files need it. */
export type Bundle = Delivery & {
  readonly dialect: Dialect
  /** Whether the feed as a whole says what changed, rather than all there is. */
  readonly delta: boolean
  /**
   * Called where a record is missing from what was read, with its sourcedId if that is known: nobody is suspended for
   * being absent from a feed of which nobody knows whom it lacks.
   */
  readonly incomplete: (key?: string) => void
}

/** A file of the bundle, and whether its own rows say what changed. */
export type BundleFile = FeedFile & { readonly delta: boolean }
