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
  /** Called where somebody may be missing from what was read: then nobody is suspended for being absent. */
  readonly incomplete: () => void
}

/** A file of the bundle, and whether its own rows say what changed. */
export type BundleFile = FeedFile & { readonly delta: boolean }
