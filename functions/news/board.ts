import { type BoardNews, newsBoard } from '../../shared/news/board.ts'
import { fitting, jsonBytes } from '../platform/boards/fitting.ts'
import { type PartOf, renderer } from '../platform/boards/renderer.ts'
import { mediaSecret } from '../platform/media.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Background } from '../platform/platform.ts'
import { deliveryAccess } from './access.ts'
import { linkedFor } from './attachments.ts'
import { isPublished } from './feed-rows.ts'
import { type FeedItem, newsPatterns } from './patterns.ts'
import { boardRowsOf } from './rows.ts'

type Part = PartOf<typeof newsBoard>
type Textual = Omit<FeedItem, 'expiresAt'> & Pick<BoardNews, 'text'>

/**
 * A row with its text, or the name of the file that holds it; undefined if the news item was taken back since the row was
 * read: the change of the row that follows renders the board again.
 */
const withText = async (
  { table, now }: Background<typeof deliveryAccess>,
  { expiresAt: _, ...row }: FeedItem,
  part: Part,
): Promise<Textual | undefined> => {
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

/** The secret of the addresses of files. */
const secretOf = async ({ table }: Background<typeof deliveryAccess>): Promise<string> => {
  const keys = await table.get(platformPatterns.keys, {})
  if (!keys) throw new Error('the territory has no keys yet')
  return mediaSecret(keys)
}

/** The board of an audience's news: its first page, and what stays open that is not on it. */
export const newsRenderer = renderer(deliveryAccess, {
  board: newsBoard,
  rows: [newsPatterns.feedRow, newsPatterns.openRow],
  empty: { rows: [], notices: [] },
  render: async (background, { audience, part }) => {
    const { rows: items, open, next } = await boardRowsOf(background.table, audience, background.now())
    const secret = [...items, ...open].some(row => row.attachments) ? await secretOf(background) : ''
    const complete = async (rows: readonly FeedItem[]): Promise<BoardNews[]> => {
      const found = await Promise.all(rows.map(row => withText(background, row, part)))
      return found.flatMap(row => (row ? [linkedFor(secret, audience, row)] : []))
    }
    const [rows, notices] = await Promise.all([complete(items), complete(open)])
    const { holds } = newsBoard
    const left = holds.bytes - jsonBytes(rows)
    const shown = Math.min(holds.notices, fitting(notices, left))
    const more = notices.slice(shown)
    return {
      rows,
      notices: notices.slice(0, shown),
      ...(more.length > 0 && { moreNotices: await part('notices', undefined, async () => ({ notices: more })) }),
      ...(next !== undefined && { next }),
    }
  },
})
