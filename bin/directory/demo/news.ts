import { createHash } from 'node:crypto'
import {
  type Addressed,
  addressees,
  pupilsSignedFor,
  type Roster,
  rostersOf,
  signersOf,
} from '../../../functions/directory/addressees.ts'
import { audienceId, groupId, personId } from '../../../functions/directory/identity.ts'
import type { Item } from '../../../functions/directory/import/items.ts'
import type { Table, Write } from '../../../functions/directory/import/table.ts'
import { directoryKeys, type PersonItem, type RosterItem } from '../../../functions/directory/items.ts'
import { type NewsItem, newsKeys } from '../../../functions/news/items.ts'
import { day as daySeconds, epochSeconds } from '../../../shared/kernel/dates.ts'
import { base32, timeId } from '../../../shared/kernel/ids.ts'
import { publishesAs } from '../../../shared/news/rules.ts'
import { type Article, articles } from './articles.ts'
import { known } from './county.ts'
import { numbersFrom } from './random.ts'

/** How long marks are kept; what functions/news keeps them for does not matter to a demo. */
const markLifetime = 400 * daySeconds

/** The same id each time an article of that moment is published: a load that was interrupted begins anew. */
const idOf = (article: Article, at: Date): string => {
  const hash = createHash('sha256').update(`demo|${article.uai}|${article.title}`).digest()
  return timeId(at).slice(0, 10) + base32(hash, 12)
}

/** The article's day and time in France, on a weekday, never in the future. */
const momentOf = ({ day, time }: Article, now: Date): Date => {
  const at = new Date(now.getTime() - day * daySeconds * 1000)
  const [hours = 8, minutes = 0] = time.split(':').map(Number)
  at.setUTCHours(hours - 1, minutes, 0, 0)
  if (at.getUTCDay() === 0) at.setUTCDate(at.getUTCDate() - 2)
  if (at.getUTCDay() === 6) at.setUTCDate(at.getUTCDate() - 1)
  return at < now ? at : new Date(now.getTime() - 600_000)
}

const audiencesOf = (article: Article, label: string): NewsItem['audiences'] =>
  article.to.map(to => {
    if (typeof to === 'string') return { id: audienceId(to, article.uai), kind: to, label }
    const group = groupId(article.uai, 'class', to.name)
    return { id: audienceId(to.kind, group), kind: to.kind, label: to.name, group }
  })

const readRosters = async (table: Table, rosters: readonly Roster[]): Promise<RosterItem[]> => {
  const rows = rosters.map(({ of, id, role }) =>
    table.all<RosterItem>(`${of === 'school' ? 'S' : 'G'}#${id}`, `M#${role}#`),
  )
  return (await Promise.all(rows)).flat()
}

const addressedBy = async (
  table: Table,
  uai: string,
  audiences: NewsItem['audiences'],
  notice: NewsItem['notice'],
): Promise<Addressed> => {
  const rosters = rostersOf(uai, audiences)
  const rows = await readRosters(table, rosters.people)
  const people = addressees(rows)
  const more = notice === 'pupil' ? await readRosters(table, rosters.pupils) : []
  return { people, pupils: notice === 'pupil' ? pupilsSignedFor(people, [...rows, ...more]) : [] }
}

/** What readers did: the facts, and each reader's own mark, as functions/news writes them. */
const factsOf = (
  news: Omit<NewsItem, 'pk' | 'sk'>,
  addressed: Addressed,
  { share, unread, now }: { share: number; unread: readonly string[]; now: Date },
): Write[] => {
  const numbers = numbersFrom(Number.parseInt(createHash('sha256').update(news.title).digest('hex').slice(0, 8), 16))
  const expiresAt = epochSeconds(now) + markLifetime
  const from = new Date(news.publishedAt).getTime()
  const signed = new Set<string>()
  return addressed.people
    .filter(({ id }) => id !== news.author.id && !unread.includes(id) && numbers.chance(share / 100))
    .flatMap((person): Write[] => {
      const at = new Date(from + numbers.next() * (now.getTime() - from)).toISOString()
      const signs = person.guardian && news.notice !== 'none' && numbers.chance(0.7)
      const signers = !signs
        ? []
        : news.notice === 'guardian'
          ? [person.id]
          : person.pupils.filter(one => !signed.has(one))
      for (const one of signers) signed.add(one)
      const mark: Item = {
        ...newsKeys.mark(person.id, news.id),
        ...{ news: news.id, seenAt: at, expiresAt },
        ...(signers.length > 0 && { signedAt: at }),
        ...(signers.length > 0 && news.notice === 'pupil' && { signedFor: new Set(signers) }),
      }
      return [
        { put: mark },
        { put: { ...newsKeys.seen(news.id, person.id), person: person.id, at } },
        ...signers.map(
          (signer): Write => ({ put: { ...newsKeys.signed(news.id, signer), person: signer, at, by: person.id } }),
        ),
      ]
    })
}

const authorOf = async (table: Table, source: string, { author, uai }: Article): Promise<PersonItem | undefined> => {
  const [head] = author === 'head' ? await table.all<RosterItem>(`S#${uai}`, 'M#head#') : []
  return table.get<PersonItem>(directoryKeys.person(head?.person ?? personId(source, author)))
}

/**
 * Publishes the county's articles at their own dates. Publishing through the API is always of today, so that this
 * writes what functions/news/publishing/publish.ts would have written; the table's stream puts them into the feeds.
 */
export const publishDemoNews = async (table: Table, source: string, now: Date): Promise<number> => {
  const facts: Write[] = []
  // Visitors find the last days' news unread.
  const visitors = Object.values(known).map(key => personId(source, key))
  for (const article of articles) {
    const author = await authorOf(table, source, article)
    const role = author && publishesAs(author.roles, article.uai)
    if (!author || !role) throw new Error(`nobody publishes ${article.title}`)
    const at = momentOf(article, now)
    const publishedAt = at.toISOString()
    const schoolName = author.schools.find(school => school.uai === article.uai)?.name ?? article.uai
    const audiences = audiencesOf(article, schoolName)
    const { uai, title, lead, rest, pinned = false, urgent = false, notice = 'none', seen = 0 } = article
    const addressed = await addressedBy(table, uai, audiences, notice)
    const id = idOf(article, at)
    const news: Omit<NewsItem, 'pk' | 'sk'> = {
      ...{ id, uai, schoolName, title, body: rest === undefined ? lead : `${lead}\n\n${rest}`, excerpt: lead },
      author: { id: author.id, name: `${author.givenName} ${author.familyName}`, role },
      ...{ audiences, publishedAt, pinned, urgent, notice, version: 1 },
      ...{ people: addressed.people.length, signers: signersOf(addressed, notice) },
    }
    await table.write([
      { put: { ...newsKeys.news(id), ...news } },
      { put: { ...newsKeys.ofAuthor(author.id, publishedAt, id), id } },
      { put: { ...newsKeys.ofSchool(uai, publishedAt, id), id } },
    ])
    facts.push(...factsOf(news, addressed, { share: seen, unread: article.day > 8 ? [] : visitors, now }))
  }
  await table.write(facts)
  return articles.length
}
