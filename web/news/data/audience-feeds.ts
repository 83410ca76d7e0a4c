import { useMemo } from 'react'
import type { Page } from '../../../shared/kernel/page.ts'
import { newsBoard } from '../../../shared/news/board.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { type AudienceBoard, useBoardFiles, useBoards } from '../../platform/boards/boards.ts'
import type { FailedRead } from '../../platform/failure.ts'
import { read } from '../../platform/read.ts'
import { useReads } from '../../platform/reads.ts'
import type { FeedRow } from './feed.ts'

/** Milliseconds between two requests for the list of an audience whose board is missing. */
const fallbackInterval = 60_000

/** Milliseconds between two requests for audiences that do not fit into the token: as other private reads. */
const heldInterval = 180_000
/** The most audiences of one request (shared/news/contract.ts). */
const mostHeld = 10

/** What an audience's board holds, or the API's first page where there is no board. */
export type AudienceFeed = {
  readonly audience: string
  /** The newest rows, pinned first; undefined while they are not known. */
  readonly first: Page<FeedRow> | undefined
  /** What stays open, whether among the newest or not: notices to sign, and what is urgent or was recalled. */
  readonly open: readonly FeedRow[]
  /** True if these are all of them. */
  readonly hasAllOpen: boolean
  /** The state of the board, by which its older rows are addressed. */
  readonly list?: string | undefined
  readonly isWaiting: boolean
  /** The reader's token has no room for the audience: it is read by the API alone. */
  readonly isHeldApart?: boolean
}

const isNotice = ({ notice }: FeedRow) => notice !== 'none'
const nothing: Page<FeedRow> = { items: [] }
const none: string[] = []

/**
 * The news of the audiences that do not fit into the reader's token. They hold nothing back: what the API is long in
 * answering comes when it is there.
 */
const useHeldApart = ({ notInToken = none }: Me) => {
  const chunks = Array.from({ length: Math.ceil(notInToken.length / mostHeld) }, (_, at) =>
    notInToken.slice(at * mostHeld, (at + 1) * mostHeld),
  )
  const replies = useReads(
    chunks.map(of =>
      read(newsContract.routes.heldBoards, { query: { audiences: of.join(',') } }, { every: heldInterval }),
    ),
  )
  const data = replies.map(reply => reply.data)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the replies' data are what the feeds are made of.
  return useMemo(
    () =>
      data
        .flatMap(reply => reply?.items ?? [])
        .map(
          ({ audience, rows, notices, next }): AudienceFeed => ({
            audience,
            first: { items: rows, next },
            open: [...rows.filter(isNotice), ...notices],
            hasAllOpen: true,
            isWaiting: false,
            isHeldApart: true,
          }),
        ),
    [notInToken, ...data],
  )
}

/** The news of each of the reader's audiences, from their boards. */
export const useAudienceFeeds = (me: Me) => {
  const boards = useBoards(newsBoard, me)
  const apart = useHeldApart(me)
  const missing = boards.audiences.filter(one => one.state === 'missing').map(({ audience }) => audience)
  const lists = useReads(
    missing.map(audience =>
      read(newsContract.routes.list, { params: { audience }, query: {} }, { every: fallbackInterval }),
    ),
  )
  const shown = boards.audiences.flatMap(one => (one.state === 'shown' ? [one] : []))
  const further = useBoardFiles(
    newsBoard,
    'notices',
    shown.flatMap(({ audience, content }) => (content.moreNotices ? [{ audience, file: content.moreNotices }] : [])),
  )

  /** What is open and does not fit into the board; undefined while they are not known. */
  const moreOf = (audience: string): readonly FeedRow[] | undefined => {
    const at = shown.filter(({ content }) => content.moreNotices).findIndex(one => one.audience === audience)
    if (at < 0) return []
    const file = further[at]
    return file?.state === 'cached' ? file.content.notices : undefined
  }
  const fromBoard = (board: AudienceBoard<typeof newsBoard>): AudienceFeed => {
    const { audience } = board
    if (board.state === 'shown') {
      const { rows, notices, next } = board.content
      const more = moreOf(audience)
      return {
        audience,
        first: { items: rows, next },
        open: [...rows.filter(isNotice), ...notices, ...(more ?? [])],
        hasAllOpen: more !== undefined,
        list: board.file.slice(board.file.lastIndexOf('.') + 1),
        isWaiting: false,
      }
    }
    if (board.state === 'none') return { audience, first: nothing, open: [], hasAllOpen: true, isWaiting: false }
    const list = board.state === 'missing' ? lists[missing.indexOf(audience)] : undefined
    return {
      audience,
      first: list?.data,
      open: list?.data?.items.filter(isNotice) ?? [],
      hasAllOpen: list?.data !== undefined && list.data.next === undefined,
      isWaiting: board.state === 'waiting' || (list?.isPending === true && list.fetchStatus === 'fetching'),
    }
  }
  const listError: FailedRead | null = lists.find(one => one.isError)?.error ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists' data are what they are made of.
  const feeds = useMemo(
    () => [...boards.audiences.map(fromBoard), ...apart],
    [boards.audiences, further, apart, ...lists.map(({ data }) => data)],
  )
  return { feeds, error: boards.error ?? listError, confirmedAt: boards.confirmedAt, refetch: boards.refetch }
}
