import * as z from 'zod/mini'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, Uai } from '../kernel/ids.ts'
import { typedLine, typedText } from '../kernel/typed.ts'
import { Headline } from './shapes.ts'
import { textProblem } from './text/problem.ts'
import { textLimits } from './text/work.ts'

/** The longest title and text in characters (code points), and the most audiences, of a news item. */
export const newsLimits = { title: 140, body: 20_000, audiences: 20 } as const

/** A text that readers see something of, and that every device opens: told by the parser by which they read it. */
const readable = [
  z.refine<string>(body => textProblem(body) !== 'nothing', 'must hold something that readers see'),
  z.refine<string>(
    body => textProblem(body) !== 'too-much',
    `must have at most ${textLimits.levels} levels of lists and quotes, and ${textLimits.parts} parts`,
  ),
] as const

/** What an author writes. `publishAt` absent: now. `until` absent: for good. */
export const NewsDraft = z.extend(Headline, {
  uai: Uai,
  title: typedLine({ most: newsLimits.title }),
  body: typedText({ most: newsLimits.body }).check(...readable),
  audiences: z.array(AudienceId).check(z.minLength(1), z.maxLength(newsLimits.audiences)),
  publishAt: z.optional(Instant),
  until: z.optional(Instant),
})
export type NewsDraft = z.infer<typeof NewsDraft>
