import { createHash } from 'node:crypto'
import type { Addressed } from '../../../functions/directory/addressees.ts'
import { audienceId, directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { groupId, personId } from '../../../functions/directory/identity.ts'
import { type Entry, entryOf, keepOf, noMarks, withEntries } from '../../../functions/news/marks/entry.ts'
import { marksEnd } from '../../../functions/news/marks/items.ts'
import { pack } from '../../../functions/news/marks/packed.ts'
import { type NewsItem, newsPatterns } from '../../../functions/news/patterns.ts'
import { addressedBy, signersOf } from '../../../functions/news/publishing/address.ts'
import { type Operation, put } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { day as daySeconds } from '../../../shared/kernel/dates.ts'
import { base32, timeId } from '../../../shared/kernel/ids.ts'
import { publishesAs } from '../../../shared/news/rules.ts'
import type { demoNewsAccess } from './access.ts'
import { type Article, articles } from './articles.ts'
import { demoYear, known } from './county.ts'
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

/** The id of the news item of the demo that has a title. */
export const demoNewsId = (title: string, now: Date): string => {
  const article = articles.find(one => one.title === title)
  if (!article) throw new Error(`the demo has no news item ${title}`)
  return idOf(article, momentOf(article, now))
}

const audiencesOf = (source: string, article: Article, label: string): NewsItem['audiences'] =>
  article.to.map(to => {
    if (typeof to === 'string') return { id: audienceId(to, article.uai), kind: to, label }
    const group = groupId(source, { uai: article.uai, kind: 'class', key: to.name }, demoYear)
    return { id: audienceId(to.kind, group), kind: to.kind, label: to.name, group }
  })

type Readers = {
  /** Of a hundred addressed, how many have read. */
  readonly share: number
  /** People who have not. */
  readonly unread: readonly string[]
}

/** The audiences that people hold, and what they did with the news of each of these. */
type Marks = Map<string, Map<string, Entry[]>>

/** Adds those who are not known yet. */
const know = async (table: DemoTable, marks: Marks, { people }: Addressed) => {
  const unknown = people.map(({ id }) => id).filter(id => !marks.has(id))
  const found = await table.getMany(
    directoryPatterns.person,
    unknown.map(person => ({ person })),
  )
  for (const person of found) if (person) marks.set(person.id, new Map(person.audiences.map(({ id }) => [id, []])))
}

/** Each person's marks as functions/news writes them, so that the stream finds them as the facts say. */
const marksItems = (marks: Marks, now: Date): Write[] =>
  [...marks].flatMap(([person, byAudience]) =>
    [...byAudience].flatMap(([audience, entries]) => {
      if (entries.length === 0) return []
      const news = pack(withEntries(noMarks, entries, now))
      return [put('marks', newsPatterns.marks, { person, audience }, { news, version: 1, expiresAt: marksEnd(now) })]
    }),
  )

/** What readers did: the facts, as functions/news writes them. */
const factsOf = (
  news: NewsItem,
  addressed: Addressed,
  { share, unread }: Readers,
  marks: Marks,
  now: Date,
): Write[] => {
  const keep = keepOf(news)
  const kept = keep && { keep }
  const all = news.audiences.map(audience => audience.id)
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
      const held = marks.get(person.id)
      const through = all.filter(audience => held?.has(audience))
      const entry = entryOf(news.id, keep, {
        seen: true,
        ...(signers.length > 0 && { signedAt: at }),
        ...(signers.length > 0 && news.notice === 'pupil' && { signedFor: [...signers].sort() }),
      })
      for (const audience of through) held?.get(audience)?.push(entry)
      const fact = { person: person.id, at, through, ...kept }
      return [
        put('seen', newsPatterns.seen, { news: news.id, person: person.id }, fact),
        ...signers.map(signer =>
          put(
            'signature',
            newsPatterns.signature,
            { news: news.id, signer },
            { person: signer, at, by: person.id, through: all, ...kept },
          ),
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
  const marks: Marks = new Map()
  // Visitors find the last days' news unread.
  const visitors = Object.values(known).map(key => personId(source, key))
  for (const article of articles) {
    const author = await authorOf(table, source, article)
    const role = author && publishesAs(author.roles, article.uai)
    if (!author || !role) throw new Error(`nobody publishes ${article.title}`)
    const at = momentOf(article, now)
    const publishedAt = at.toISOString()
    const schoolName = author.schools.find(school => school.uai === article.uai)?.name ?? article.uai
    const audiences = audiencesOf(source, article, schoolName)
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
    await know(table, marks, addressed)
    facts.push(...factsOf(news, addressed, { share: seen, unread: article.day > 8 ? [] : visitors }, marks, now))
  }
  await table.writeMany([...marksItems(marks, now), ...facts])
  return articles.length
}
