import { directoryPatterns, type PersonItem } from '../../directory/audiences.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import type { Change } from '../../platform/delivery.ts'
import type { Background } from '../../platform/platform.ts'
import type { deliveryAccess } from '../access.ts'
import type { FactItem, NewsItem, newsPatterns } from '../patterns.ts'
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

/** A signature, and the news it is of. */
type Signed = FactItem & { readonly news: string }

/** Who is told of a signature, and as what: the guardian it is of, or the pupil and the pupil's guardians. */
const toldOf = (fact: Signed, signer: PersonItem | undefined) => {
  if (fact.by === fact.person) return [{ person: fact.person, acts: { signedAt: fact.at } }]
  const acts = { signedFor: [fact.person] }
  return [fact.person, ...(signer?.guardians ?? [])]
    .filter(person => person !== fact.by)
    .map(person => ({ person, acts }))
}

/**
 * Tells a pupil and the pupil's guardians that a notice was signed for the pupil, and not by whom: two guardians see the same
 * thing and not each other. Who signed has written their own marks in the same transaction; a guardian whose signature came on
 * paper has not.
 */
export const deliverSignatures = async (
  { table, now }: NewsBackground,
  changes: readonly Change<typeof newsPatterns.signature>[],
): Promise<void> => {
  // A guardian's own signature concerns nobody else.
  const facts = changes.flatMap(({ args, after }) =>
    after && (after.by !== after.person || after.enteredBy !== undefined) ? [{ ...after, news: args.news }] : [],
  )
  const signers = await table.getMany(
    directoryPatterns.person,
    facts.map(({ person }) => ({ person })),
  )
  const informed = facts.flatMap((fact, at) => toldOf(fact, signers[at]).map(told => ({ ...told, fact })))
  const people = await table.getMany(
    directoryPatterns.person,
    informed.map(({ person }) => ({ person })),
  )
  for (const [at, { person, acts, fact }] of informed.entries()) {
    const held = people[at]?.audiences.map(({ id }) => id) ?? []
    const through = (fact.through ?? []).filter(audience => held.includes(audience))
    const { edition: signedEdition } = fact
    const entry = entryOf(fact.news, fact.keep, { ...acts, ...(signedEdition !== undefined && { signedEdition }) })
    await addMarks(table, person, additions(through, entry), now())
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
