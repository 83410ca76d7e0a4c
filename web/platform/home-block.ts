import type { ReactNode } from 'react'
import type { Me } from '../../shared/session/contract.ts'
import type { Target } from './navigation.ts'
import type { Readable } from './read.ts'

/** A row of Home: rendered by its feature, ordered by Home among the rows of all features. */
export type HomeRow = {
  /** Unique among all rows of the feature. */
  readonly key: string
  /** ISO 8601 in UTC: what rows of one section are ordered by. */
  readonly at: string
  /** One item of a List (web/ui/list.tsx). */
  readonly row: ReactNode
}

/** What a feature shows a person on Home. */
export type HomeContent = {
  /** What the person has to do, the longest awaited first. */
  readonly due: readonly HomeRow[]
  /** Unread, and to be read before all the rest; in the feature's own order. */
  readonly first: readonly HomeRow[]
  /** The rest, newest first. */
  readonly latest: readonly HomeRow[]
  /** How much is unread, by child, and where that is listed. Absent while it is not known. */
  readonly unread?:
    | { readonly byChild: ReadonlyMap<string, number>; readonly listOf: (child: string) => Target }
    | undefined
  /** A section on what the person published, and what it still waits for. */
  readonly followed?: { readonly title: string; readonly content: ReactNode } | undefined
  /** Leads to everything of the feature. */
  readonly all: ReactNode
}

/** A feature's part of Home. Home asks all blocks at once, and at most one private request of each. */
export type HomeBlock = {
  /** A hook. `data` is undefined until all that decides the order of its rows is known. */
  readonly useContent: (me: Me) => Readable<HomeContent>
  /** What the person can begin from Home, as a button of the screen's bar; undefined where that is nothing. */
  readonly action?: (me: Me) => ReactNode
}
