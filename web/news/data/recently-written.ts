import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import type { FailedRead } from '../../platform/failure.ts'
import { useRead } from '../../platform/reads.ts'
import { serverNow } from '../../platform/server-time.ts'

/** Milliseconds after which boards, and the pages behind them, show a write. */
const propagationTime = 60_000

type Written = { readonly news: PublishedNews; readonly at: number }

const written = queryOptions<readonly Written[], FailedRead>({
  queryKey: ['news', 'written'],
  queryFn: () => [],
  enabled: false,
})

/** Remembers what was published, changed or taken back on this device, so that its author sees it at once. */
export const rememberWritten = (client: QueryClient, news: PublishedNews): void => {
  client.setQueryData(written.queryKey, (known = []) => [
    { news, at: serverNow() },
    ...known.filter(one => one.news.id !== news.id && serverNow() - one.at < propagationTime),
  ])
}

/** Forgets what was undone. */
export const forgetWritten = (client: QueryClient, news: string): void => {
  client.setQueryData(written.queryKey, (known = []) => known.filter(one => one.news.id !== news))
}

/** Publications written on this device within the last minute. */
export const useRecentlyWritten = (): readonly PublishedNews[] => {
  const { data = [] } = useRead(written)
  return data.filter(one => serverNow() - one.at < propagationTime).map(one => one.news)
}
