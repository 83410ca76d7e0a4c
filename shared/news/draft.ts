import * as z from 'zod/mini'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, Uai } from '../kernel/ids.ts'
import { Headline } from './shapes.ts'

/** The longest title and text in characters, and the most audiences, of a news item. */
export const newsLimits = { title: 140, body: 20_000, audiences: 20 } as const

/** Zero-width and bidirectional control characters: U+00AD, U+200B, U+202A to E, U+2060, U+2066 to 9, U+FEFF. */
const invisible = /[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const visible = z.overwrite<string>(text => text.replace(invisible, ''))
const oneLine = z.overwrite<string>(text => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '))

/** What an author writes. `publishAt` absent: now. `until` absent: for good. */
export const NewsDraft = z.extend(Headline, {
  uai: Uai,
  title: z.string().check(visible, oneLine, z.trim(), z.minLength(1), z.maxLength(newsLimits.title)),
  body: z.string().check(visible, z.trim(), z.minLength(1), z.maxLength(newsLimits.body)),
  audiences: z.array(AudienceId).check(z.minLength(1), z.maxLength(newsLimits.audiences)),
  publishAt: z.optional(Instant),
  until: z.optional(Instant),
})
export type NewsDraft = z.infer<typeof NewsDraft>
