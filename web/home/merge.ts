import type { HomeCard, HomeContent, HomeRow } from '../platform/home-block.ts'
import type { Readable } from '../platform/read.ts'

/** How many of the newest rows are shown, unread and read. */
const shown = { unread: 5, read: 3 } as const

/** What all features show a person, section by section. */
export type MergedHome = {
  /** The newest first. */
  readonly urgent: readonly HomeCard[]
  /** The longest awaited first, after these what can be done no more. */
  readonly due: HomeContent['due']
  readonly dueAll: HomeContent['dueAll']
  readonly first: readonly HomeRow[]
  /** The five newest. */
  readonly unread: readonly HomeRow[]
  /** The three newest; more where less is unread, so that Home is never short of what was said last. */
  readonly read: readonly HomeRow[]
  readonly isReadKnown: boolean
  /** True if every block has its data: only then nothing is what there is. */
  readonly isWhole: boolean
  /** Of the features that know what there is for a child. */
  readonly ofChild: readonly NonNullable<HomeContent['ofChild']>[]
  readonly toDo: readonly HomeContent['toDo'][]
  readonly followed: readonly HomeContent['followed'][]
  readonly all: readonly HomeContent['all'][]
}

const present = <Value>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value])

type Placed = { readonly at: string }
const oldestFirst = (a: Placed, b: Placed): number => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1)
const newestFirst = (a: Placed, b: Placed): number => -oldestFirst(a, b)

/**
 * Merges the blocks' contents: what is due and what is new by time, the rest in the order of the blocks. `isWhole`: no block
 * has failed.
 */
export const mergeContents = (contents: readonly HomeContent[], isWhole = true): MergedHome => {
  const unread = contents
    .flatMap(one => one.unread)
    .sort(newestFirst)
    .slice(0, shown.unread)
  return {
    urgent: contents.flatMap(one => one.urgent).sort(newestFirst),
    due: contents
      .flatMap(one => one.due)
      .sort((a, b) => Number(a.isOver ?? false) - Number(b.isOver ?? false) || oldestFirst(a, b)),
    dueAll: contents.flatMap(one => present(one.dueAll))[0],
    first: contents.flatMap(one => one.first),
    unread,
    read: contents
      .flatMap(one => one.read)
      .sort(newestFirst)
      .slice(0, Math.max(shown.read, shown.unread - unread.length)),
    isReadKnown: contents.every(one => one.isReadKnown),
    isWhole,
    ofChild: contents.flatMap(one => present(one.ofChild)),
    toDo: contents.flatMap(one => present(one.toDo)),
    followed: contents.flatMap(one => present(one.followed)),
    all: contents.map(one => one.all),
  }
}

/**
 * Combines the blocks' reads: `data` is defined once each block has its data or has failed, so that later data does not
 * move rows. Offline, blocks without data are not waited for.
 */
export const mergeReads = (blocks: readonly Readable<HomeContent>[], isOnline: boolean): Readable<MergedHome> => {
  const contents = blocks.flatMap(({ data }) => present(data))
  const isWaiting = isOnline && blocks.some(({ data, error }) => data === undefined && error === null)
  const read = blocks.map(({ dataUpdatedAt }) => dataUpdatedAt).filter(at => at > 0)
  // Only where all of them come by boards: otherwise what failed is told.
  const confirmed = blocks.flatMap(({ confirmedAt }) => confirmedAt ?? [])
  const isPolled = blocks.length > 0 && confirmed.length === blocks.length
  return {
    data:
      isWaiting || (contents.length === 0 && blocks.length > 0)
        ? undefined
        : mergeContents(contents, contents.length === blocks.length),
    error: blocks.find(({ error }) => error !== null)?.error ?? null,
    dataUpdatedAt: read.length > 0 ? Math.min(...read) : 0,
    ...(isPolled && { confirmedAt: Math.min(...confirmed) }),
    refetch: () => {
      for (const { error, refetch } of blocks) if (error !== null) refetch()
    },
  }
}
