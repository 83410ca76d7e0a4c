import * as z from 'zod/mini'
import { Instant } from '../kernel/dates.ts'
import { typedText } from '../kernel/typed.ts'

/** The most characters (code points) of a form that is kept, and the days for which it is. */
export const keptDraftLimits = { form: 40_000, days: 60 } as const

/**
 * What somebody has begun to write, as their app's form holds it, in JSON: half-typed dates and questions among it, so that the
 * API reads nothing of it. `at`: when it was changed last, by the server's time as the device knows it; of two the later
 * counts. `form` absent: it was published or discarded then.
 */
export const KeptDraft = z.object({ form: z.optional(typedText({ most: keptDraftLimits.form })), at: Instant })
export type KeptDraft = z.infer<typeof KeptDraft>
