import type { HomeContent, HomeRow } from '../platform/home-block.ts'
import type { Readable } from '../platform/read.ts'

/** How many of the newest rows are shown. */
const shown = 5

/** What all features show a person, section by section. */
export type MergedHome = {
  /** The longest awaited first. */
  readonly due: readonly HomeRow[]
  readonly first: readonly HomeRow[]
  /** The five newest. */
  readonly latest: readonly HomeRow[]
  /** Of the features that know what is unread. */
  readonly unread: readonly NonNullable<HomeContent['unread']>[]
  readonly followed: readonly NonNullable<HomeContent['followed']>[]
  readonly all: readonly HomeContent['all'][]
}

const present = <Value>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value])

/** Merges the blocks' contents: what is due and what is new by time, the rest in the order of the blocks. */
export const mergeContents = (contents: readonly HomeContent[]): MergedHome => ({
  due: contents.flatMap(one => one.due).sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1)),
  first: contents.flatMap(one => one.first),
  latest: contents
    .flatMap(one => one.latest)
    .sort((a, b) => (a.at === b.at ? 0 : a.at > b.at ? -1 : 1))
    .slice(0, shown),
  unread: contents.flatMap(one => present(one.unread)),
  followed: contents.flatMap(one => present(one.followed)),
  all: contents.map(one => one.all),
})

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
    data: isWaiting || (contents.length === 0 && blocks.length > 0) ? undefined : mergeContents(contents),
    error: blocks.find(({ error }) => error !== null)?.error ?? null,
    dataUpdatedAt: read.length > 0 ? Math.min(...read) : 0,
    ...(isPolled && { confirmedAt: Math.min(...confirmed) }),
    refetch: () => {
      for (const { error, refetch } of blocks) if (error !== null) refetch()
    },
  }
}
