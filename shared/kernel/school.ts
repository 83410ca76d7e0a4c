import * as z from 'zod/mini'
import { Uai } from './ids.ts'

/** What a school is called. */
export const SchoolName = z.object({ uai: Uai, name: z.string(), town: z.optional(z.string()) })
