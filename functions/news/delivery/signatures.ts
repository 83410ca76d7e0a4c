import * as z from 'zod/mini'
import { update } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import { FactItem } from '../items.ts'
import { markEnd } from '../reading/marks.ts'
import type { NewsChange } from './deliver.ts'
import { spread } from './spread.ts'

/**
 * Tells a pupil's guardians that a notice was signed for the pupil, and not by whom: two guardians see the same thing
 * and not each other.
 */
export const deliverSignatures = async (
  { table, now }: Platform,
  news: string,
  changes: readonly NewsChange[],
): Promise<void> => {
  const facts = changes.map(change => z.parse(FactItem, change.after))
  // A guardian's own signature concerns nobody else.
  const pupils = [...new Set(facts.filter(fact => fact.by !== fact.person).map(fact => fact.person))]
  if (pupils.length === 0) return
  const people = await table.getMany(
    patterns.person,
    pupils.map((pupil): [string] => [pupil]),
  )
  const signedFor = new Map<string, Set<string>>()
  for (const { id, guardians } of people)
    for (const guardian of guardians) signedFor.set(guardian, (signedFor.get(guardian) ?? new Set()).add(id))
  await spread([...signedFor], ([guardian, signed]) =>
    table.apply(
      update('told', patterns.mark, [guardian, news], {
        set: { news, expiresAt: markEnd(now()) },
        add: { signedFor: signed },
      }),
    ),
  )
}
