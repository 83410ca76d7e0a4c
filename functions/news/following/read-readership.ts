import type { Addressed } from '../../directory/addressees.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Table } from '../../platform/table.ts'
import type { FactItem, NewsItem } from '../items.ts'
import { readAddressed } from '../publishing/addressed.ts'
import type { Facts } from './readership.ts'

const times = (facts: readonly FactItem[]) => new Map(facts.map(({ person, at }) => [person, at]))

/** Whom a news item addresses today, and what they did: the rosters and two Queries, side by side. */
export const readReadership = async (table: Table, news: NewsItem): Promise<{ addressed: Addressed; facts: Facts }> => {
  const [addressed, seen, signed] = await Promise.all([
    readAddressed(table, news, news.author.id),
    table.all(patterns.seenBy, [news.id]),
    table.all(patterns.signedBy, [news.id]),
  ])
  return { addressed, facts: { seen: times(seen), signed: times(signed) } }
}
