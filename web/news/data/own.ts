import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { PublishedNews } from '../../../shared/news/shapes.ts'

/** Milliseconds: by then every audience's shared read has caught up (docs/decisions/0004-freshness-of-shared-reads.md). */
const catchingUp = 60_000

type Written = { readonly news: PublishedNews; readonly at: number }

const written = queryOptions<readonly Written[]>({ queryKey: ['news', 'written'], queryFn: () => [], enabled: false })

/** Remembers what was published, changed or taken back on this device, so that its author sees it at once. */
export const rememberWritten = (client: QueryClient, news: PublishedNews): void => {
  client.setQueryData(written.queryKey, (known = []) => [
    { news, at: Date.now() },
    ...known.filter(one => one.news.id !== news.id && Date.now() - one.at < catchingUp),
  ])
}

/** What was written on this device within the last minute. */
export const useWritten = (): readonly PublishedNews[] => {
  const { data = [] } = useQuery(written)
  return data.filter(one => Date.now() - one.at < catchingUp).map(one => one.news)
}
