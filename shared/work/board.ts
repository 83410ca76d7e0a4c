import * as z from 'zod/mini'
import { Attachment } from '../kernel/attachment.ts'
import { BoardFile, board } from '../kernel/board.ts'
import { Version } from '../kernel/count.ts'
import { Cursor } from '../kernel/page.ts'
import { BoardCorrection } from './correction.ts'
import { PieceSummary } from './shapes.ts'

/** The most characters of a text that stands in the board itself; longer ones are files of their own. */
export const inlineText = 240

/** The text of a piece. */
export const PieceText = z.object({ text: z.string() })

/** A piece on a board. It holds its text, or names the file that does. */
export const BoardPiece = z.extend(PieceSummary, {
  version: Version,
  text: z.optional(z.string()),
  file: z.optional(BoardFile),
  attachments: z.optional(z.array(Attachment)),
  correction: z.optional(BoardCorrection),
})
export type BoardPiece = z.infer<typeof BoardPiece>

export const workBoard = board({
  kind: 'board',
  service: 'work',
  summary: 'The notebook of a class: what was done and is to be done, from a week ago on.',
  shape: 1,
  audiences: ['class', 'class-guardians'],
  // Days before today that it reaches back to, and days after it of which tasks stand in the board itself, as far as there
  // is room: what is to be done next comes first, and leaves three tenths to what was done last.
  holds: { daysBack: 7, daysAhead: 21, aheadBytes: 18_000, bytes: 26_000 },
  schema: z.object({
    /** By day, the last one first. */
    pieces: z.array(BoardPiece),
    /** The file with the tasks that come after these. */
    later: z.optional(BoardFile),
    /** Those with the tasks that come after those of `later`, if one file has no room for them. */
    further: z.optional(z.array(BoardFile)),
    /** Where the pieces of the days before these begin, for the route `list`. Absent: there are none. */
    next: z.optional(Cursor),
  }),
  parts: {
    text: PieceText,
    correction: PieceText,
    later: z.object({ pieces: z.array(BoardPiece) }),
  },
})
