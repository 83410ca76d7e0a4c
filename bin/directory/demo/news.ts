import { createHash } from 'node:crypto'
import {
  type Addressed,
  audienceId,
  directoryPatterns,
  type PersonItem,
} from '../../../functions/directory/audiences.ts'
import { groupId, personId } from '../../../functions/directory/identity.ts'
import { type NewsItem, newsPatterns } from '../../../functions/news/patterns.ts'
import { addressedBy, signersOf } from '../../../functions/news/publishing/address.ts'
import { markEnd } from '../../../functions/news/reading.ts'
import { type Operation, put } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { day as daySeconds } from '../../../shared/kernel/dates.ts'
import { base32, timeId } from '../../../shared/kernel/ids.ts'
import { publishesAs } from '../../../shared/news/rules.ts'
import type { demoNewsAccess } from './access.ts'
import { type Article, articles } from './articles.ts'
import { known } from './county.ts'
import { numbersFrom } from './random.ts'

type DemoTable = Table<typeof demoNewsAccess>
type Write = Operation<'put', (typeof demoNewsAccess)['batch'][number]>

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

type Readers = {
  /** Of a hundred addressed, how many have read. */
  readonly share: number
  /** People who have not. */
  readonly unread: readonly string[]
}

/** What readers did: the facts, and each reader's own mark, as functions/news writes them. */
const factsOf = (news: NewsItem, addressed: Addressed, { share, unread }: Readers, now: Date): Write[] => {
  const numbers = numbersFrom(Number.parseInt(createHash('sha256').update(news.title).digest('hex').slice(0, 8), 16))
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
      const mark = {
        news: news.id,
        seenAt: at,
        expiresAt: markEnd(now),
        ...(signers.length > 0 && { signedAt: at }),
        ...(signers.length > 0 && news.notice === 'pupil' && { signedFor: new Set(signers) }),
      }
      return [
        put('mark', newsPatterns.mark, { person: person.id, news: news.id }, mark),
        put('seen', newsPatterns.seen, { news: news.id, person: person.id }, { person: person.id, at }),
        ...signers.map(signer =>
          put('signature', newsPatterns.signature, { news: news.id, signer }, { person: signer, at, by: person.id }),
        ),
      ]
    })
}

const authorOf = async (
  table: DemoTable,
  source: string,
  { author, uai }: Article,
): Promise<PersonItem | undefined> => {
  const [head] = author === 'head' ? await table.all(directoryPatterns.schoolMembers, { uai, role: 'head' }) : []
  return table.get(directoryPatterns.person, { person: head?.person ?? personId(source, author) })
}

/**
 * Publishes the county's articles at their own dates. Publishing through the API is always of today, so that this
 * writes what functions/news/publishing/publish.ts would have written; the table's stream puts them into the feeds.
 */
export const publishDemoNews = async (table: DemoTable, source: string, now: Date): Promise<number> => {
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
    const addressed = await addressedBy(table, { uai, audiences, notice }, author.id)
    const id = idOf(article, at)
    const news: NewsItem = {
      id,
      uai,
      schoolName,
      title,
      body: rest === undefined ? lead : `${lead}\n\n${rest}`,
      excerpt: lead,
      author: { id: author.id, name: `${author.givenName} ${author.familyName}`, role },
      audiences,
      publishedAt,
      pinned,
      urgent,
      notice,
      version: 1,
      people: addressed.people.length,
      signers: signersOf(addressed, notice),
    }
    await table.writeMany([
      put('news', newsPatterns.news, { news: id }, news),
      put('author-row', newsPatterns.ofAuthorRow, { author: author.id, publishedAt, news: id }, { id }),
      put('school-row', newsPatterns.ofSchoolRow, { uai, publishedAt, news: id }, { id }),
    ])
    facts.push(...factsOf(news, addressed, { share: seen, unread: article.day > 8 ? [] : visitors }, now))
  }
  await table.writeMany(facts)
  return articles.length
}
