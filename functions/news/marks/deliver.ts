import { directoryPatterns } from '../../directory/audiences.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import type { Change } from '../../platform/delivery.ts'
import type { Background } from '../../platform/platform.ts'
import type { deliveryAccess } from '../access.ts'
import type { NewsItem, newsPatterns } from '../patterns.ts'
import { type Entry, entryOf, keepOf } from './entry.ts'
import { heldOf } from './facts.ts'
import { additions, addMarks } from './items.ts'

type NewsBackground = Background<typeof deliveryAccess>

/** Adds what a person has seen to their marks: what they saw in one visit is one write an audience. */
export const deliverSeen = async (
  { table, now }: NewsBackground,
  changes: readonly Change<typeof newsPatterns.seen>[],
): Promise<void> => {
  const person = changes[0]?.args.person
  if (person === undefined) return
  const added = new Map<string, Entry[]>()
  for (const { args, after } of changes)
    for (const audience of after?.through ?? []) {
      const entries = added.get(audience) ?? []
      const { edition: seenEdition } = after ?? {}
      entries.push(entryOf(args.news, after?.keep, { seen: true, ...(seenEdition !== undefined && { seenEdition }) }))
      added.set(audience, entries)
    }
  await addMarks(table, person, added, now())
}

/**
 * Tells a pupil's guardians that a notice was signed for the pupil, and not by whom: two guardians see the same thing
 * and not each other. Who signed has written their own marks in the same transaction.
 */
export const deliverSignatures = async (
  { table, now }: NewsBackground,
  changes: readonly Change<typeof newsPatterns.signature>[],
): Promise<void> => {
  // A guardian's own signature concerns nobody else.
  const facts = changes.flatMap(({ args, after }) =>
    after && after.by !== after.person ? [{ ...after, news: args.news }] : [],
  )
  const pupils = await table.getMany(
    directoryPatterns.person,
    facts.map(({ person }) => ({ person })),
  )
  const informed = facts.flatMap((fact, at) =>
    (pupils[at]?.guardians ?? []).filter(guardian => guardian !== fact.by).map(guardian => ({ guardian, fact })),
  )
  const guardians = await table.getMany(
    directoryPatterns.person,
    informed.map(({ guardian }) => ({ person: guardian })),
  )
  for (const [at, { guardian, fact }] of informed.entries()) {
    const held = guardians[at]?.audiences.map(({ id }) => id) ?? []
    const through = (fact.through ?? []).filter(audience => held.includes(audience))
    const { edition: signedEdition } = fact
    const acts = { signedFor: [fact.person], ...(signedEdition !== undefined && { signedEdition }) }
    const entry = entryOf(fact.news, fact.keep, acts)
    await addMarks(table, guardian, additions(through, entry), now())
  }
}

/** Marks people as reminded of a news item, through the audiences of it that they hold today. */
export const markReminded = async (
  { table, now }: NewsBackground,
  news: NewsItem,
  ids: readonly string[],
  remindedAt: string,
): Promise<void> => {
  const people = await table.getMany(
    directoryPatterns.person,
    ids.map(person => ({ person })),
  )
  const entry = entryOf(news.id, keepOf(news), { remindedAt })
  await forEachConcurrent(people, async person => {
    if (!person) return
    const held = person.audiences.map(({ id }) => id)
    await addMarks(table, person.id, additions(heldOf(news, held), entry), now())
  })
}
