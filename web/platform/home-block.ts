import type { ReactNode } from 'react'
import type { Me } from '../../shared/session/contract.ts'
import type { Target } from './navigation.ts'
import type { Readable } from './read.ts'

type Placed = {
  /** Unique among all of the feature. */
  readonly key: string
  /** ISO 8601 in UTC: what those of one section are ordered by. */
  readonly at: string
}

/** A row of Home: rendered by its feature, ordered by Home among the rows of all features. */
export type HomeRow = Placed & {
  /** One item of a List (web/ui/list.tsx). */
  readonly row: ReactNode
}

/** Something that is read, or done, on Home itself. */
export type HomeCard = Placed & { readonly card: ReactNode }

/** What a feature shows a person on Home. */
export type HomeContent = {
  /** What cannot wait, in full. */
  readonly urgent: readonly HomeCard[]
  /**
   * What the person has to do, the longest awaited first: Home opens the first one, and shows the next ones as rows. `isOver`:
   * it can be done no more, and comes after all that can.
   */
  readonly due: readonly (HomeCard & HomeRow & { readonly isOver?: boolean })[]
  /** Where all of that is listed. */
  readonly dueAll?: Target | undefined
  /** Unread, and to be read before all the rest; in the feature's own order. */
  readonly first: readonly HomeRow[]
  /** Unread, newest first. */
  readonly unread: readonly HomeRow[]
  /** The others, newest first. */
  readonly read: readonly HomeRow[]
  /** True if the others are known to be read. */
  readonly isReadKnown: boolean
  /**
   * What there is for a child, in their card: in its `body` what they have to do, and in its `foot` links. Absent while it is
   * not known. `to`: where all of it stands.
   */
  readonly ofChild?:
    | {
        readonly to: (child: string) => Target
        readonly body?: (child: string) => ReactNode
        readonly foot?: (child: string) => ReactNode
      }
    | undefined
  /** What the person has to do themselves, by day: headings of level 2, each before its list. */
  readonly toDo?: ReactNode
  /** On what the person published, and what it still waits for: headings of level 2, each before its list. */
  readonly followed?: ReactNode
  /** Leads to everything of the feature. */
  readonly all: ReactNode
}

/** A feature's part of Home. Home asks all blocks at once, and at most one private request of each. */
export type HomeBlock = {
  /** A hook. `data` is undefined until all that decides the order of its rows is known. */
  readonly useContent?: (me: Me) => Readable<HomeContent>
  /** What the person has to do that reads for itself, so that nothing else waits for it; false for whom it is not. */
  readonly part?: (me: Me) => ReactNode
  /** What the person can begin from Home, as a button of the screen's bar; false where that is nothing. */
  readonly action?: (me: Me, variant: 'primary' | 'plain') => ReactNode
  /** Whom that is what they come for, before what any other feature offers. */
  readonly comesFirst?: (me: Me) => boolean
}
