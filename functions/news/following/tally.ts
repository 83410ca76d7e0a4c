import { editionOf } from '../../../shared/news/rules.ts'
import { audienceAccess, readAddressed } from '../../directory/addressees.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { uses } from '../../platform/access.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import { put } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import { countPatterns, type TallyItem } from '../counting/patterns.ts'
import { type FactItem, type NewsItem, newsPatterns } from '../patterns.ts'
import { readReadership } from './read-readership.ts'
import { countsOf, readership } from './readership.ts'

const tallyAccess = uses({
  getMany: [directoryPatterns.sizes, countPatterns.tally],
  query: [...audienceAccess.query, newsPatterns.answers, newsPatterns.seenBy, newsPatterns.signedBy],
  batch: [countPatterns.tally],
})

/** Raised when other people are counted: tallies made before are made anew. 2: pupils of whom no guardian is named. */
const rule = 2

/** Publications whose people are read side by side. */
const atOnce = 4

/** The facts of the present text that the stream has counted, or will have. */
const countedOf = (facts: readonly FactItem[], news: NewsItem): number =>
  facts.filter(fact => !fact.uncounted && editionOf(fact) === editionOf(news)).length

/** Reads whom audiences hold once, however many publications are addressed to them. */
const readOnce = (): typeof readAddressed => {
  const known = new Map<string, ReturnType<typeof readAddressed>>()
  return (table, to, withPupils) => {
    const audiences = to.audiences.map(({ kind, group = '' }) => `${kind} ${group}`).sort()
    const key = JSON.stringify([to.uai, withPupils, audiences])
    const found = known.get(key) ?? readAddressed(table, to, withPupils)
    known.set(key, found)
    return found
  }
}

const tallyOf = async (
  table: Table<typeof tallyAccess>,
  news: NewsItem,
  members: string | undefined,
  read: typeof readAddressed,
): Promise<TallyItem> => {
  const { addressed, facts, stored } = await readReadership(table, news, read)
  const { people, signers, seen, signed } = countsOf(readership(news.notice, addressed, facts))
  return {
    version: news.version,
    rule,
    ...(members !== undefined && { members }),
    people,
    signers,
    elsewhere: {
      seen: countedOf(stored.seen, news) - seen,
      signed: countedOf(stored.signed, news) - signed,
    },
  }
}

/**
 * What the counts of publications are measured by: whom each addresses today, and how many of the counted facts are of
 * others. It is stored, and made anew where the publication or the people of its school have changed since: so that lists
 * say what the readers, one by one, would add up to, for two BatchGets while nothing has changed.
 * @returns in the order of `items`
 */
export const readTallies = async (
  table: Table<typeof tallyAccess>,
  items: readonly NewsItem[],
): Promise<TallyItem[]> => {
  const schools = [...new Set(items.map(({ uai }) => uai))]
  const [known, sizes] = await Promise.all([
    table.getMany(
      countPatterns.tally,
      items.map(({ id }) => ({ news: id })),
    ),
    table.getMany(
      directoryPatterns.sizes,
      schools.map(uai => ({ uai })),
    ),
  ])
  const sizesOf = new Map(schools.map((uai, at) => [uai, sizes[at]]))
  const read = readOnce()
  const tallies = new Map<string, TallyItem>()
  const fresh: { readonly news: string; readonly tally: TallyItem }[] = []
  await forEachConcurrent(
    items.map((news, at) => ({ news, stored: known[at] })),
    async ({ news, stored }) => {
      const of = sizesOf.get(news.uai)
      const isCurrent = of && stored?.rule === rule && stored.version === news.version && stored.members === of.members
      const tally = isCurrent ? stored : await tallyOf(table, news, of?.members, read)
      tallies.set(news.id, tally)
      // While an import changes the school nothing is stored: its people are no longer those that were read.
      if (of && !isCurrent) fresh.push({ news: news.id, tally })
    },
    atOnce,
  )
  await table.writeMany(fresh.map(({ news, tally }) => put('tally', countPatterns.tally, { news }, tally)))
  return items.flatMap(({ id }) => tallies.get(id) ?? [])
}
