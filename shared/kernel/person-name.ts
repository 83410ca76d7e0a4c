import * as z from 'zod/mini'
import { PersonId } from './ids.ts'

/** Somebody, by name. */
export const PersonName = z.object({ id: PersonId, givenName: z.string(), familyName: z.string() })
