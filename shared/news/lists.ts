import * as z from 'zod/mini'
import { AudienceId, TimeId } from '../kernel/ids.ts'
import { typedLine } from '../kernel/typed.ts'
import { newsLimits } from './draft.ts'

/** The most lists of recipients that a person keeps in a school, and the longest name of one. */
export const listLimits = { lists: 20, name: 60 } as const

/**
 * A list of recipients that a person has saved for themselves. It holds audiences and no people: who is reached is asked when
 * it is used, and so is whether its owner may publish there.
 */
export const RecipientList = z.object({ id: TimeId, name: z.string(), audiences: z.array(AudienceId) })
export type RecipientList = z.infer<typeof RecipientList>

/** A list as its owner saves it. One of the same name is replaced. */
export const SentList = z.object({
  name: typedLine({ most: listLimits.name }),
  audiences: z.array(AudienceId).check(z.minLength(1), z.maxLength(newsLimits.audiences)),
})
