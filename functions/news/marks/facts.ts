import { holds } from '../../../shared/kernel/role.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { uses } from '../../platform/access.ts'
import { put, update } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import type { Caller } from '../../platform/token.ts'
import { type FactItem, type NewsItem, newsPatterns } from '../patterns.ts'
import { keepOf } from './entry.ts'

const factsAccess = uses({
  get: [directoryPatterns.person],
  getMany: [newsPatterns.seen, newsPatterns.signature],
})

/** The audiences of a news item that somebody holds. */
export const heldOf = ({ audiences }: Pick<NewsItem, 'audiences'>, held: readonly string[]): string[] =>
  audiences.map(({ id }) => id).filter(id => held.includes(id))

const keeping = (news: NewsItem) => {
  const keep = keepOf(news)
  return keep && { keep }
}

/**
 * The update that writes down that the caller has seen a news item, once. An author is not among those who are counted,
 * unless as a guardian.
 */
export const seenFact = (
  news: NewsItem & { readonly through: readonly string[] },
  { person, roles }: Caller,
  now: Date,
) => {
  const isCounted = news.author.id !== person || holds(roles, news.uai, ['guardian'])
  return update(
    'seen',
    newsPatterns.seen,
    { news: news.id, person },
    {
      set: {
        person,
        at: now.toISOString(),
        through: [...news.through],
        ...keeping(news),
        ...(!isCounted && { uncounted: true }),
      },
    },
    { absent: true },
  )
}

/** The put that writes down a signature, once. `through`: all audiences of the news, for the pupil's other guardians. */
export const signatureFact = (news: NewsItem, signer: string, by: string, now: Date) =>
  put(
    'signed',
    newsPatterns.signature,
    { news: news.id, signer },
    { person: signer, at: now.toISOString(), by, through: news.audiences.map(({ id }) => id), ...keeping(news) },
    { absent: true },
  )

/** What one did with a news item: `seen` and `signed` are the facts of oneself and of one's children. */
export const markOfFacts = (
  news: string,
  person: string,
  seen: FactItem | undefined,
  signed: readonly FactItem[],
): NewsMark => {
  // For a pupil somebody else signed for, one is told so, and has not signed oneself.
  const own = signed.filter(fact => fact.by === person).map(fact => fact.at)
  const pupils = signed.filter(fact => fact.person !== person).map(fact => fact.person)
  return {
    news,
    ...(seen && { seenAt: seen.at }),
    ...(own.length > 0 && { signedAt: own.sort()[0] }),
    ...(pupils.length > 0 && { signedFor: pupils.sort() }),
  }
}

/** What the caller did with some news, from the facts: exact, whatever was let go of elsewhere. One or two BatchGets. */
export const readMarks = async (
  table: Table<typeof factsAccess>,
  { person, roles }: Caller,
  ids: readonly string[],
): Promise<NewsMark[]> => {
  const isGuardian = roles.some(one => one.role === 'guardian')
  const children = isGuardian ? ((await table.get(directoryPatterns.person, { person }))?.children ?? []) : []
  const signers = isGuardian ? [...new Set([person, ...children.map(({ id }) => id)])] : []
  const [seen, signatures] = await Promise.all([
    table.getMany(
      newsPatterns.seen,
      ids.map(news => ({ news, person })),
    ),
    table.getMany(
      newsPatterns.signature,
      ids.flatMap(news => signers.map(signer => ({ news, signer }))),
    ),
  ])
  return ids.map((news, at) => {
    const signed = signatures.slice(at * signers.length, (at + 1) * signers.length)
    return markOfFacts(
      news,
      person,
      seen[at],
      signed.flatMap(fact => fact ?? []),
    )
  })
}
