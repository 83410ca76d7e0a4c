import * as z from 'zod/mini'
import { Collecting } from './hand-in.ts'
import { PupilWork } from './shapes.ts'

/** What Home shows of the work beside its boards. */
export const WorkOfHome = z.object({
  /** What a pupil, or each child of a guardian, ticked, set for themselves and handed in. */
  items: z.array(PupilWork),
  /** Of a teacher: assignments of the last weeks, and of those to come, as far as they are handed in. */
  collecting: z.optional(z.array(Collecting)),
})
export type WorkOfHome = z.infer<typeof WorkOfHome>
