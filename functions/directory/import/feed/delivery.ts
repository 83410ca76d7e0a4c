import type { Staging } from '../staging.ts'
import type { Groups } from '../years/groups.ts'
import type { FeedFile } from './file.ts'
import type { Operation } from './operation.ts'

/** What a reader of one format needs. */
export type Delivery = {
  readonly files: readonly FeedFile[]
  readonly staging: Staging
  readonly groups: Groups
  readonly source: string
  readonly strict: boolean
  /** Takes one record after another; never more than a few hundred are held in memory. */
  readonly apply: (operation: Operation) => void | Promise<void>
  /** Called with the number of bytes read since the last call. */
  readonly progress: (bytes: number) => void
}

/** What a reader learnt of the feed as a whole. `whole`: those who are absent from it may be suspended. */
export type Outcome = { readonly mode: 'complete' | 'delta'; readonly whole: boolean }
