import * as z from 'zod/mini'
import { SentAttachments } from '../kernel/attachment.ts'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, Uai } from '../kernel/ids.ts'
import { typedLine, typedText } from '../kernel/typed.ts'
import { SentQuestion } from './question.ts'
import { Headline } from './shapes.ts'

/** The longest title and text in characters (code points), and the most audiences, of a news item. */
export const newsLimits = { title: 140, body: 20_000, audiences: 20 } as const

/**
 * Seconds for which what is published is held by the server where its author asks for it, before anybody sees it: while
 * they last, it can be undone. Readers are promised it within so many seconds of the hold's end.
 */
export const publicationHold = 10

/** What an author writes. `publishAt` absent: now. `until` absent: for good. */
export const NewsDraft = z.extend(Headline, {
  uai: Uai,
  title: typedLine({ most: newsLimits.title }),
  body: typedText({ most: newsLimits.body }),
  audiences: z.array(AudienceId).check(z.minLength(1), z.maxLength(newsLimits.audiences)),
  publishAt: z.optional(Instant),
  until: z.optional(Instant),
  question: z.optional(SentQuestion),
})
export type NewsDraft = z.infer<typeof NewsDraft>

/** A draft as it is sent. `held`: what is to be published at once is held for {@link publicationHold} first. */
export const SentDraft = z.extend(NewsDraft, { held: z.optional(z.boolean()), attachments: SentAttachments })
export type SentDraft = z.infer<typeof SentDraft>
