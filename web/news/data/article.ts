import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { newsBoard } from '../../../shared/news/board.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { News } from '../../../shared/news/shapes.ts'
import { call, currentSession } from '../../platform/api.ts'
import { pollBoardsSoon, useBoardFiles } from '../../platform/boards/boards.ts'
import { FailedRead } from '../../platform/failure.ts'
import type { Readable } from '../../platform/read.ts'
import type { KnownNews } from './feeds.ts'
import { publication } from './published.ts'
import { useRecentlyWritten } from './recently-written.ts'

/** False for an audience that the reader's token has no room for. */
const isInToken = (audience: string): boolean => {
  const session = currentSession()
  return session.state !== 'signed-in' || !session.me.notInToken?.includes(audience)
}

/**
 * A news item, read from the API through the first of `audiences` that it is addressed to: the address names one, but that
 * of somebody else's link may not be the reader's.
 */
const article = (news: string, audiences: readonly string[]) =>
  queryOptions<News, FailedRead>({
    queryKey: ['news', 'article', news],
    queryFn: async ({ signal }) => {
      for (const audience of audiences) {
        const route = isInToken(audience) ? newsContract.routes.read : newsContract.routes.heldNews
        const reply = await call(route, { params: { audience, news } }, { signal })
        if (reply.ok) return reply.value
        if (reply.problem.type !== 'not-found' && reply.problem.type !== 'not-allowed')
          throw new FailedRead(reply.problem)
      }
      throw new FailedRead({ type: 'not-found' })
    },
  })

/** Asks for the present text of an item that was changed, wherever it is read from. */
export const askAgain = (client: QueryClient, news: string): void => {
  pollBoardsSoon()
  void client.invalidateQueries({ queryKey: article(news, []).queryKey })
}

/** The text that the reader wrote on this device a moment ago, which boards may not show yet. */
const useWrittenHere = (news: string): News | undefined => {
  const client = useQueryClient()
  const written = useRecentlyWritten().find(({ id }) => id === news)
  const known = client.getQueryData(publication(news).queryKey)
  if (written?.state !== 'published' || known?.version !== written.version) return undefined
  return z.parse(News, known)
}

/**
 * The open item: from the row of a board, or the file that the row names; else from the API, as for older items.
 * `audiences`: those to ask the API with.
 */
export const useArticle = (
  news: string | undefined,
  known: KnownNews,
  audiences: readonly string[],
): Readable<News> => {
  const entry = [...known.newest, ...known.open].find(({ id }) => id === news)
  const written = useWrittenHere(news ?? '')
  const isFiled = entry?.opened === undefined && entry?.text !== undefined && entry.source !== undefined
  const [file] = useBoardFiles(
    newsBoard,
    'text',
    isFiled ? [{ audience: entry.source ?? '', file: entry.text ?? '' }] : [],
  )
  const opened = entry?.opened ?? (file?.state === 'cached' ? file.content : undefined)
  // Boards that are still awaited may hold it.
  const isAwaited = entry ? file?.state === 'waiting' : known.query.data === undefined && known.query.error === null
  const fromApi = useQuery({
    ...article(news ?? '', audiences),
    enabled: news !== undefined && opened === undefined && written === undefined && !isAwaited,
  })
  if (written) return { ...fromApi, data: written, error: null, confirmedAt: known.query.confirmedAt ?? 0 }
  if (entry && opened)
    return {
      ...fromApi,
      data: z.parse(News, { ...entry, ...opened }),
      error: null,
      confirmedAt: known.query.confirmedAt ?? 0,
    }
  const { type } = fromApi.error?.failure ?? {}
  // Taken back, or no longer the reader's: what this device had read is not shown any more.
  return type === 'not-found' || type === 'not-allowed' ? { ...fromApi, data: undefined } : fromApi
}
