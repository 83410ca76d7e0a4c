import * as z from 'zod/mini'
import { Attachment, mostAttachments } from '../kernel/attachment.ts'
import { BoardFile } from '../kernel/board.ts'
import { Instant } from '../kernel/dates.ts'
import { TimeId } from '../kernel/ids.ts'
import { typedText } from '../kernel/typed.ts'

/** The most characters (code points) of a correction. */
export const longestCorrection = 10_000

const files = { attachments: z.optional(z.array(Attachment)) }

/** The correction of an assignment for its whole class: a text, files, or both. `at`: when it was given, or changed last. */
export const Correction = z.object({ text: z.optional(z.string()), ...files, at: Instant })
export type Correction = z.infer<typeof Correction>

/** The same on a board. It holds its text if that is short, or names the file that does. */
export const BoardCorrection = z.extend(Correction, { file: z.optional(BoardFile) })
export type BoardCorrection = z.infer<typeof BoardCorrection>

/** What a teacher gives to the class: the whole correction. Files are documents of their own, and such as hang there already. */
export const SentCorrection = z
  .object({
    text: z.optional(typedText({ most: longestCorrection })),
    attachments: z.array(TimeId).check(z.maxLength(mostAttachments)),
  })
  .check(
    z.refine(({ text, attachments }) => text !== undefined || attachments.length > 0, {
      path: ['text'],
      message: 'is needed where there are no files',
    }),
  )
