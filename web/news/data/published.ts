import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Page } from '../../../shared/kernel/page.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { pollBoardsSoon } from '../../platform/boards/boards.ts'
import { read, readKey, readPages } from '../../platform/read.ts'
import { ofHome } from './of-home.ts'
import { forgetWritten, rememberWritten } from './recently-written.ts'

const { mine, ofSchool, edited } = newsContract.routes

/** Whose publications are listed: one's own, or all of a school by its UAI. */
export const publications = (of: 'mine' | (string & {})) =>
  of === 'mine' ? readPages(mine, {}) : readPages(ofSchool, { params: { uai: of } })

/** A publication with its text, for whoever may manage it. */
export const publication = (news: string) => read(edited, { params: { news } })

/** What was written of a publication. */
export type SentText = { readonly body: string; readonly attachments?: readonly string[] | undefined }

const upsert = (items: readonly PublishedNews[], news: PublishedNews, isFirst: boolean): PublishedNews[] => {
  if (items.some(one => one.id === news.id)) return items.map(one => (one.id === news.id ? news : one))
  return isFirst ? [news, ...items] : [...items]
}

/**
 * Puts a publication that was just written into every cached list, and invalidates them: the API's own lists show it
 * within seconds, as boards do. `sent` absent: the text is unchanged. A text with files is asked for, with their addresses.
 */
export const noteWritten = (client: QueryClient, news: PublishedNews, sent?: SentText): void => {
  rememberWritten(client, news)
  pollBoardsSoon()
  for (const list of ['mine', news.uai]) {
    const { queryKey } = publications(list)
    client.setQueryData<InfiniteData<Page<PublishedNews>>>(
      queryKey,
      known =>
        known && {
          ...known,
          pages: known.pages.map((page, at) => ({ ...page, items: upsert(page.items, news, at === 0) })),
        },
    )
    void client.invalidateQueries({ queryKey })
  }
  for (const queryKey of [
    readKey(mine, { query: ofHome }),
    readKey(ofSchool, { params: { uai: news.uai }, query: ofHome }),
  ])
    void client.invalidateQueries({ queryKey })
  const { queryKey } = publication(news.id)
  const before = client.getQueryData(queryKey)
  const hasFiles = [before?.attachments, sent?.attachments].some(files => files !== undefined && files.length > 0)
  if (hasFiles) void client.invalidateQueries({ queryKey })
  else if (before || sent) client.setQueryData(queryKey, { ...news, body: sent?.body ?? before?.body ?? '' })
  void client.invalidateQueries({ queryKey: ['news', 'article', news.id] })
  invalidateReaders(client, news.id)
}

/** Takes a publication that was undone out of every cached list. */
export const forgetPublication = (client: QueryClient, news: string): void => {
  forgetWritten(client, news)
  const known = client.getQueryData(publication(news).queryKey)
  for (const list of ['mine', ...(known ? [known.uai] : [])]) {
    const { queryKey } = publications(list)
    client.setQueryData<InfiniteData<Page<PublishedNews>>>(
      queryKey,
      pages =>
        pages && {
          ...pages,
          pages: pages.pages.map(page => ({ ...page, items: page.items.filter(({ id }) => id !== news) })),
        },
    )
    void client.invalidateQueries({ queryKey })
  }
  const routes = [
    readKey(mine, { query: ofHome }),
    ...(known ? [readKey(ofSchool, { params: { uai: known.uai }, query: ofHome })] : []),
  ]
  for (const queryKey of routes) void client.invalidateQueries({ queryKey })
  client.removeQueries({ queryKey: publication(news).queryKey })
}

/** Who has seen and signed is another question once the text or the audiences are others. */
export const invalidateReaders = (client: QueryClient, news: string): void => {
  const [, address] = readPages(newsContract.routes.readers, { params: { news }, query: { state: 'all' } }).queryKey
  const [path] = String(address).split('?')
  void client.invalidateQueries({ predicate: ({ queryKey: [, of] }) => String(of).split('?')[0] === path })
}

/** What came back on paper was entered: the readers are others at once, the counts within seconds. */
export const noteEntered = (client: QueryClient, news: string): void => {
  invalidateReaders(client, news)
  void client.invalidateQueries({ queryKey: publication(news).queryKey })
}

/** Shows in every cached list that a publication was withdrawn; refetches everything where it is not cached itself. */
export const noteWithdrawn = (client: QueryClient, news: string): void => {
  const known = client.getQueryData(publication(news).queryKey)
  if (known) noteWritten(client, { ...known, state: 'withdrawn', version: known.version + 1 })
  else {
    void client.invalidateQueries()
    pollBoardsSoon()
  }
}
