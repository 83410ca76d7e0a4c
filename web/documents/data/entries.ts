import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { documentsBoard } from '../../../shared/documents/board.ts'
import { documentsContract } from '../../../shared/documents/contract.ts'
import type { SpaceId } from '../../../shared/documents/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { type AudienceBoard, useBoards } from '../../platform/boards/boards.ts'
import { type Readable, readPages } from '../../platform/read.ts'
import { distinct, inOrder, named, type ShownEntry } from './order.ts'
import { useIsWritten } from './written.ts'

/** Milliseconds between two requests for a list: while a file of it waits for its scan, and otherwise. */
const soon = 4_000
const later = 60_000

/** What is shown of a space: a folder, or what is called so anywhere in it. */
export type Asked = {
  readonly space: SpaceId
  readonly folder: string | undefined
  /** Empty: nothing is sought. */
  readonly sought: string
}

export type Entries = {
  readonly query: Readable<readonly ShownEntry[]>
  /** All that is known of the space, for the names of its folders. */
  readonly known: readonly ShownEntry[]
  readonly end: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
}

const waits = (entries: readonly ShownEntry[]): boolean => entries.some(({ file }) => file?.scan === 'waiting')

type BoardOf = AudienceBoard<typeof documentsBoard>
/** The entries of a board: none, of a space in which nothing was ever placed; undefined while it is not known. */
const entriesOf = (board: BoardOf | undefined): readonly ShownEntry[] | undefined => {
  if (board?.state === 'shown') return board.content.entries
  return board?.state === 'none' ? [] : undefined
}

/** The pages that the API tells of a list, asked for while `enabled`. */
const usePages = ({ space, folder, sought }: Asked, enabled: boolean) =>
  useInfiniteQuery({
    ...readPages(documentsContract.routes.list, {
      params: { space },
      query: sought ? { name: sought } : folder === undefined ? {} : { folder },
    }),
    enabled,
    refetchInterval: ({ state }) =>
      waits(state.data?.pages.flatMap(({ items }) => items) ?? []) ? soon : space === 'mine' ? false : later,
  })

/**
 * The entries of a folder, folders first. A class's come from its board where that tells all of them; one's own, the rest,
 * and what one has just written oneself from the API, in whose place stands what the board tells until it has answered.
 */
export const useEntries = (me: Me, asked: Asked): Entries => {
  const { space, folder, sought } = asked
  const boards = useBoards(documentsBoard, me)
  const board = boards.audiences.find(({ audience }) => audience === space)
  const onBoard = entriesOf(board)
  const isWhole = onBoard !== undefined && !(board?.state === 'shown' && board.content.more)
  const isWritten = useIsWritten(space)
  const byApi = space === 'mine' || isWritten || (board?.state !== 'waiting' && !isWhole)
  const pages = usePages(asked, byApi)
  // What the board tells anew, the pages tell too.
  const file = board?.state === 'shown' ? board.file : undefined
  const before = useRef(file)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for with each further state of the board.
  useEffect(() => {
    if (byApi && before.current !== undefined && before.current !== file) void pages.refetch()
    before.current = file
  }, [file])
  const paged = byApi ? pages.data?.flatMap(({ items }) => items) : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pages' data are what the list is made of.
  const found = useMemo(() => {
    const known = distinct(paged ?? [], onBoard ?? [])
    const listed = (of: readonly ShownEntry[]) => (sought ? named(of, sought) : of.filter(one => one.folder === folder))
    // Folders stand on the board even where they are older than the first page.
    const folders = isWhole ? [] : listed(onBoard ?? []).filter(one => !one.file)
    const shown = paged ? distinct(paged, folders) : onBoard && listed(onBoard)
    return { known, shown: shown && [...shown].sort(inOrder) }
  }, [pages.data, byApi, onBoard, isWhole, folder, sought])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  return {
    known: found.known,
    query: byApi
      ? { data: found.shown, error: pages.error, dataUpdatedAt: pages.dataUpdatedAt, refetch: pages.refetch }
      : {
          data: found.shown,
          error: boards.error,
          dataUpdatedAt: boards.confirmedAt,
          confirmedAt: boards.confirmedAt,
          refetch: boards.refetch,
        },
    end: { hasNextPage: byApi && hasNextPage, isFetchingNextPage, fetchNextPage },
  }
}
