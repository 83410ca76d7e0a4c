import { editionOf } from '../../../shared/news/rules.ts'
import { type Addressed, audienceAccess, readAddressed } from '../../directory/addressees.ts'
import { uses } from '../../platform/access.ts'
import type { Table } from '../../platform/table.ts'
import { bySigner } from '../answering/answers.ts'
import { type FactItem, type NewsItem, newsPatterns } from '../patterns.ts'
import { addressedBy } from '../publishing/address.ts'
import type { Facts } from './readership.ts'

const readershipAccess = uses({
  query: [...audienceAccess.query, newsPatterns.answers, newsPatterns.seenBy, newsPatterns.signedBy],
})

const doneBy = (facts: readonly FactItem[], edition: number): Facts['seen'] =>
  new Map(
    facts.map(fact => [fact.person, { at: fact.at, isFormer: editionOf(fact) < edition, enteredBy: fact.enteredBy }]),
  )

/** Whom a news item addresses today, and what they did: the rosters and two Queries, or three, side by side. */
export const readReadership = async (
  table: Table<typeof readershipAccess>,
  news: NewsItem,
  read = readAddressed,
): Promise<{ addressed: Addressed; facts: Facts; stored: { seen: FactItem[]; signed: FactItem[] } }> => {
  const [addressed, seen, signed, answers] = await Promise.all([
    addressedBy(table, news, news.author.id, read),
    table.all(newsPatterns.seenBy, { news: news.id }),
    table.all(newsPatterns.signedBy, { news: news.id }),
    news.question ? table.all(newsPatterns.answers, { news: news.id }) : [],
  ])
  const edition = editionOf(news)
  return {
    addressed,
    stored: { seen, signed },
    facts: { seen: doneBy(seen, edition), signed: doneBy(signed, edition), answers: bySigner(news, answers) },
  }
}
