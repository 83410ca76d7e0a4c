import * as z from 'zod/mini'
import { after, day, hour } from '../../shared/kernel/dates.ts'
import type { KeysItem } from '../platform/patterns.ts'
import { newKeys, secret } from './signing-keys.ts'

/**
 * Which secrets are to be renewed, as the territory's entry says it: a day by secret. Another day than at the last deploy
 * renews it. `leaked`: what was made with the former one is refused as soon as that can be.
 */
export const Renewed = z.object({
  edge: z.optional(z.string()),
  refresh: z.optional(z.string()),
  signing: z.optional(z.string()),
  leaked: z.optional(z.boolean()),
})
export type Renewed = z.infer<typeof Renewed>

/**
 * Seconds for which a former secret is accepted beside the new one. Of the edge: until all its locations send the new one,
 * which takes minutes. Of refresh tokens: as long as an unused session is kept, so that nobody notices; none of them where it leaked.
 */
const overlaps = {
  edge: { planned: day, leaked: hour },
  refresh: { planned: 31 * day, leaked: 0 },
} as const

/** The keys with the secrets renewed that are asked for; undefined if each was, at an earlier deploy. */
export const renewedKeys = (keys: KeysItem, asked: Renewed, now: Date): KeysItem | undefined => {
  const { leaked = false } = asked
  const isDue = (name: 'edge' | 'refresh' | 'signing') =>
    asked[name] !== undefined && asked[name] !== keys.renewals?.[name]
  const due = (['edge', 'refresh', 'signing'] as const).filter(isDue)
  if (due.length === 0) return undefined
  let next = keys
  for (const name of due) {
    next = { ...next, renewals: { ...next.renewals, [name]: asked[name] ?? '' } }
    // Tokens of former signing keys are refused at once: who has one renews the session, by its refresh token.
    if (name === 'signing') next = { ...next, signing: newKeys(now).signing, steppedAt: now.toISOString() }
    else {
      const until = after(now, overlaps[name][leaked ? 'leaked' : 'planned']).toISOString()
      // What leaked is not accepted for longer because it was renewed before.
      const others = (next.former ?? []).filter(one => !leaked || one.name !== name)
      next = { ...next, [name]: secret(), former: [...others, { name, secret: next[name], until }] }
    }
  }
  return next
}
