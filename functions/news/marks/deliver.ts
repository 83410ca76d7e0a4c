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
  const entry = entryOf(news.id, keepOf({ ...news, remindedAt }), { remindedAt })
  await forEachConcurrent(people, async person => {
    if (!person) return
    const held = person.audiences.map(({ id }) => id)
    await addMarks(table, person.id, additions(heldOf(news, held), entry), now())
  })
}
