import type { QueryClient } from '@tanstack/react-query'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { serverNow } from '../../platform/server-time.ts'
import { forgetPublication, noteWritten, type SentText } from './published.ts'

/** The ends of holds that this page waits for, by publication. */
const ends = new Map<string, ReturnType<typeof setTimeout>>()

const stopWaiting = (news: string): void => {
  clearTimeout(ends.get(news))
  ends.delete(news)
}

/** Notes a publication; one that is held is shown as published on this page when its hold has ended. */
export const notePublished = (client: QueryClient, news: PublishedNews, sent: SentText): void => {
  noteWritten(client, news, sent)
  stopWaiting(news.id)
  if (!news.held) return
  const published = (): void => {
    ends.delete(news.id)
    const { held: _, ...rest } = news
    noteWritten(client, { ...rest, state: 'published' }, sent)
  }
  ends.set(news.id, setTimeout(published, Math.max(0, Date.parse(news.publishedAt) - serverNow())))
}

/** Notes that a publication was undone: it is in no list any more. */
export const noteUndone = (client: QueryClient, news: string): void => {
  stopWaiting(news)
  forgetPublication(client, news)
}
