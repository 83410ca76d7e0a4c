import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Page } from '../../../shared/kernel/page.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { read, readKey, readPages } from '../../platform/read.ts'
import { rememberWritten } from './own.ts'

const { mine, ofSchool, edited } = newsContract.routes

/** Whose publications are listed: one's own, or all of a school by its UAI. */
export const publications = (of: 'mine' | (string & {})) =>
  of === 'mine' ? readPages(mine, {}) : readPages(ofSchool, { params: { uai: of } })

/** A publication with its text, for whoever may manage it. */
export const publication = (news: string) => read(edited, { params: { news } })

const place = (items: readonly PublishedNews[], news: PublishedNews, isFirst: boolean): PublishedNews[] => {
  if (items.some(one => one.id === news.id)) return items.map(one => (one.id === news.id ? news : one))
  return isFirst ? [news, ...items] : [...items]
}

/**
 * Shows at once, in every list of this device, what was published, changed or taken back on it: the lists read from
 * the API follow within seconds. `body` absent: the text is as it was.
 */
export const noteWritten = (client: QueryClient, news: PublishedNews, body?: string): void => {
  rememberWritten(client, news)
  for (const of of ['mine', news.uai]) {
    const { queryKey } = publications(of)
    client.setQueryData<InfiniteData<Page<PublishedNews>>>(
      queryKey,
      known =>
        known && {
          ...known,
          pages: known.pages.map((page, at) => ({ ...page, items: place(page.items, news, at === 0) })),
        },
    )
    void client.invalidateQueries({ queryKey })
  }
  for (const queryKey of [readKey(mine, {}), readKey(ofSchool, { params: { uai: news.uai } })])
    void client.invalidateQueries({ queryKey })
  client.setQueryData<PublishedNews & { body: string }>(readKey(edited, { params: { news: news.id } }), known =>
    known || body !== undefined ? { ...news, body: body ?? known?.body ?? '' } : undefined,
  )
  void client.invalidateQueries({ queryKey: ['news', 'article', news.id] })
}
