import * as z from 'zod/mini'
import { TimeId } from '../kernel/ids.ts'
import { typedLine, typedText } from '../kernel/typed.ts'
import { newsLimits } from './draft.ts'
import { Question, SentQuestion } from './question.ts'
import { notices } from './shapes.ts'

/** The most templates of a person, or of a school, and the longest name of one. */
export const templateLimits = { templates: 50, name: 60, days: 365 } as const

/** Whose a template is: its author's alone, or for all who publish in a school. */
export const templateOwners = ['mine', 'school'] as const

/** Until when is answered: so many days after publication, at this local time (`18:00`). */
export const DeadlineAfter = z.object({
  days: z.int().check(z.minimum(0), z.maximum(templateLimits.days)),
  time: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
})
export type DeadlineAfter = z.infer<typeof DeadlineAfter>

/** What a list of templates shows. */
export const TemplateSummary = z.object({ id: TimeId, name: z.string(), of: z.enum(templateOwners) })
export type TemplateSummary = z.infer<typeof TemplateSummary>

const options = {
  notice: z.enum(notices),
  urgent: z.boolean(),
  pinned: z.boolean(),
  deadline: z.optional(DeadlineAfter),
}

/** A saved notice that others are begun from: all but whom it is addressed to and when. */
export const Template = z.extend(TemplateSummary, {
  title: z.string(),
  body: z.string(),
  question: z.optional(Question),
  ...options,
})
export type Template = z.infer<typeof Template>

/** A template as it is saved. One of the same name and owner is replaced. */
export const SentTemplate = z.object({
  of: z.enum(templateOwners),
  name: typedLine({ most: templateLimits.name }),
  title: typedLine({ most: newsLimits.title }),
  body: typedText({ most: newsLimits.body }),
  question: z.optional(SentQuestion),
  ...options,
})
