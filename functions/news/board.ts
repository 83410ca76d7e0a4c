import { type BoardNews, boardNotices, newsBoard } from '../../shared/news/board.ts'
import { type PartOf, renderer } from '../platform/boards/renderer.ts'
import type { Background } from '../platform/platform.ts'
import { deliveryAccess } from './access.ts'
import { isPublished } from './feed-rows.ts'
import { type FeedItem, newsPatterns } from './patterns.ts'
import { boardRowsOf } from './rows.ts'

type Part = PartOf<typeof newsBoard>

/**
 * A row with its text, or the name of the file that holds it; undefined if the news item was taken back since the row was
 * read: the change of the row that follows renders the board again.
 */
const withText = async (
  { table, now }: Background<typeof deliveryAccess>,
  { expiresAt: _, ...row }: FeedItem,
  part: Part,
): Promise<BoardNews | undefined> => {
  if (row.opened) return row
  const gone = Symbol()
  try {
    const text = await part('text', `${row.id} ${row.version}`, async () => {
      const news = await table.get(newsPatterns.news, { news: row.id }, { consistent: true })
      if (!news || !isPublished(news, now())) throw gone
      return { body: news.body, audiences: news.audiences }
    })
    return { ...row, text }
  } catch (error) {
    if (error === gone) return undefined
    throw error
  }
}

/** The board of an audience's news: its first page, and the open notices that are not on it. */
export const newsRenderer = renderer(deliveryAccess, {
  board: newsBoard,
  rows: [newsPatterns.feedRow, newsPatterns.noticeRow],
  empty: { rows: [], notices: [] },
  render: async (background, { audience, part }) => {
    const { rows: items, notices: open, next } = await boardRowsOf(background.table, audience, background.now())
    const complete = async (rows: readonly FeedItem[]) =>
      (await Promise.all(rows.map(row => withText(background, row, part)))).flatMap(row => row ?? [])
    const [rows, notices] = await Promise.all([complete(items), complete(open)])
    const more = notices.slice(boardNotices)
    return {
      rows,
      notices: notices.slice(0, boardNotices),
      ...(more.length > 0 && { moreNotices: await part('notices', undefined, async () => ({ notices: more })) }),
      ...(next !== undefined && { next }),
    }
  },
})
