import { useFetchAhead } from '../../platform/boards/boards.ts'
import type { KnownNews } from './feeds.ts'
import { isUnread, type Marks } from './marks.ts'

/**
 * Fetches the texts of unread news and of notices to sign ahead, so that one visit makes everything readable without a
 * network. Where nothing is known of what was read: of all.
 */
export const useAhead = (known: KnownNews, marks: Marks | undefined, isLoading: boolean): void => {
  const wanted = [
    ...known.notices,
    ...[...known.newest, ...known.open].filter(
      news => news.notice === 'none' && (marks === undefined || isUnread(news, marks)),
    ),
  ]
  const refs = wanted.flatMap(({ source, text }) => (source && text ? [{ audience: source, file: text }] : []))
  useFetchAhead(isLoading ? [] : refs, known.query.confirmedAt ?? 0)
}
