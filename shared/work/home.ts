import * as z from 'zod/mini'
import { PupilWork } from './shapes.ts'

/** What a pupil, or each child of a guardian, ticked, set for themselves and handed in: what Home shows of the work beside its boards. */
export const WorkOfHome = z.object({ items: z.array(PupilWork) })
export type WorkOfHome = z.infer<typeof WorkOfHome>
