import * as z from 'zod/mini'
import { Attachment } from '../kernel/attachment.ts'
import { audienceKinds } from '../kernel/audience.ts'
import { BoardFile, board } from '../kernel/board.ts'
import { Version } from '../kernel/count.ts'
import { AudienceId } from '../kernel/ids.ts'
import { Cursor } from '../kernel/page.ts'
import { News, NewsSummary } from './shapes.ts'

/** The most characters of a text that stands in the board itself; longer ones are files of their own. */
export const inlineText = 600

/** What a reader sees of a news item once they have opened it. */
export const NewsText = z.pick(News, { body: true, audiences: true })

/** A row of a board. It holds its text, or names the file that does. */
export const BoardNews = z.extend(NewsSummary, {
  version: Version,
  opened: z.optional(NewsText),
  text: z.optional(BoardFile),
  attachments: z.optional(z.array(Attachment)),
})
export type BoardNews = z.infer<typeof BoardNews>

export const newsBoard = board({
  kind: 'board',
  service: 'news',
  summary: 'An audience’s news: the newest, pinned first, and all that may await something of a reader.',
  shape: 1,
  audiences: audienceKinds,
  // Rows beyond come from the route `list`, notices and the like beyond stand in a second file. Rows leave two fifths of it to these.
  holds: { rows: 20, notices: 30, rowBytes: 16_000, bytes: 26_000 },
  schema: z.object({
    rows: z.array(BoardNews),
    /**
     * What may await something of a reader until it ends, without what is among `rows`; newest first: notices to sign, urgent
     * items, and items that readers were reminded of. Its name is of the time when it held notices alone.
     */
    notices: z.array(BoardNews),
    /** The file with those that did not fit. */
    moreNotices: z.optional(BoardFile),
    /** Where the rows after these begin, for the route `list`. Absent: there are none. */
    next: z.optional(Cursor),
  }),
  parts: {
    text: NewsText,
    notices: z.object({ notices: z.array(BoardNews) }),
  },
})
/** A row of a board, as the API gives it: without a file. */
export const HeldNews = z.omit(BoardNews, { text: true })

/** What an audience's board holds, as the API gives it: all that is open, and no files beside it. */
export const HeldBoard = z.object({
  audience: AudienceId,
  rows: z.array(HeldNews),
  notices: z.array(HeldNews),
  next: z.optional(Cursor),
})

export type NewsBoard = z.infer<typeof newsBoard.schema>
