import * as z from 'zod/mini'
import { AudienceState } from './shapes.ts'

/** What one did with the news of one's audiences: what Home shows of the news beside their boards. */
export const NewsOfHome = z.object({ audiences: z.array(AudienceState) })
export type NewsOfHome = z.infer<typeof NewsOfHome>
