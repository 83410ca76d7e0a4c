import type { Staging } from '../staging.ts'
import type { FeedFile } from './file.ts'
import type { Operation } from './operation.ts'

/** What a reader of one format needs: the files, a place for what it finds, and somebody who counts the bytes read. */
export type Delivery = {
  readonly files: readonly FeedFile[]
  readonly staging: Staging
  readonly source: string
  readonly strict: boolean
  /** Takes one record after another; never more than a few hundred are held in memory. */
  readonly apply: (operation: Operation) => void | Promise<void>
  readonly progress: (bytes: number) => void
}

/** What a reader learnt of the feed as a whole. `whole`: nothing hinders from suspending those who are absent. */
export type Outcome = { readonly mode: 'complete' | 'delta'; readonly whole: boolean }
