import { holds } from '../../../shared/kernel/role.ts'
import { editionOf } from '../../../shared/news/rules.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { uses } from '../../platform/access.ts'
import { type Condition, put, update } from '../../platform/operation.ts'
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

/** The condition under which a fact of a later text replaces one of an earlier text. */
const isLaterThan = (edition: number): Condition<FactItem> => ({
  any: [{ present: true, lacks: ['edition'] }, { notAbove: { edition: edition - 1 } }],
})

/**
 * True if the caller reads along as a teacher of the class that is addressed. One who is also a guardian in the school may be
 * addressed for a child: `children` are those whom the news concerns.
 */
export const readsAlong = (
  { uai, audiences, through }: NewsItem & { readonly through: readonly string[] },
  { roles }: Caller,
  children: readonly string[],
): boolean =>
  children.length === 0 &&
  holds(roles, uai, ['teacher']) &&
  !holds(roles, uai, ['pupil']) &&
  audiences.every(({ id, kind }) => kind === 'class' || kind === 'class-guardians' || !through.includes(id))

/**
 * The update that writes down that the caller has seen an edition of a news item, once. An author is not among those who
 * are counted, unless as a guardian.
 * @param isAlong they read along: see readsAlong()
 * @param edition the one that was seen; one that does not exist yet is taken for the present one
 * @param isFirst they have seen no earlier one
 */
export const seenFact = (
  news: NewsItem & { readonly through: readonly string[] },
  { person, roles }: Caller,
  now: Date,
  {
    edition: given,
    isFirst,
    isAlong = false,
  }: { readonly edition: number; readonly isFirst: boolean; readonly isAlong?: boolean },
) => {
  const edition = Math.min(given, editionOf(news))
  const isCounted = !isAlong && (news.author.id !== person || holds(roles, news.uai, ['guardian']))
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
        ...(edition > 1 && { edition }),
        ...(edition > 1 && isFirst && { since: edition }),
        ...(!isCounted && { uncounted: true }),
      },
    },
    isFirst ? { absent: true } : isLaterThan(edition),
  )
}

/**
 * The put that writes down a signature of the present text, once. `through`: all audiences of the news, for the pupil's
 * other guardians. What came on paper for a guardian is by the guardian, for a pupil by nobody.
 * @param before the signature of an earlier text, which is kept with it
 */
type Signed = {
  readonly signer: string
  readonly by?: string | undefined
  /** Who entered what came on paper. */
  readonly enteredBy?: string
}

export const signatureFact = (
  news: NewsItem,
  { signer, by, enteredBy }: Signed,
  before: FactItem | undefined,
  now: Date,
) => {
  const edition = editionOf(news)
  const former = before && [
    ...(before.former ?? []),
    { edition: editionOf(before), at: before.at, ...(before.by !== undefined && { by: before.by }) },
  ]
  return put(
    'signed',
    newsPatterns.signature,
    { news: news.id, signer },
    {
      person: signer,
      at: now.toISOString(),
      ...(by !== undefined && { by }),
      ...(enteredBy !== undefined && { enteredBy }),
      through: news.audiences.map(({ id }) => id),
      ...(edition > 1 && { edition }),
      ...(former && { former }),
      ...keeping(news),
    },
    before ? { is: { at: before.at } } : { absent: true },
  )
}

/**
 * The update that makes a signature that came on paper the guardian's own, so that it stays if the paper is taken back.
 * @param by absent: a guardian who was erased since
 */
export const ownSignature = (news: string, { person: signer, at }: FactItem, by: string | undefined) =>
  update(
    'signed',
    newsPatterns.signature,
    { news, signer },
    { ...(by !== undefined && { set: { by } }), remove: ['enteredBy'] },
    { is: { at }, has: ['enteredBy'] },
  )

/**
 * What one did with a news item: `seen` and `signed` are the facts of oneself and of one's children. Of signatures, those of
 * the latest text that was signed.
 */
export const markOfFacts = (
  news: string,
  person: string,
  seen: FactItem | undefined,
  facts: readonly FactItem[],
): NewsMark => {
  const signedEdition = Math.max(1, ...facts.map(editionOf))
  const signed = facts.filter(fact => editionOf(fact) === signedEdition)
  // For a pupil somebody else signed for, one is told so, and has not signed oneself.
  const own = signed.filter(fact => fact.by === person).map(fact => fact.at)
  // A pupil is told what was signed for them, a guardian also what another one signed for their child.
  const pupils = signed.filter(fact => fact.person !== person || fact.by !== person).map(fact => fact.person)
  return {
    news,
    ...(seen && { seenAt: seen.at }),
    ...(seen?.edition !== undefined && { seenEdition: seen.edition }),
    ...(signedEdition > 1 && { signedEdition }),
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
  const isPupil = roles.some(one => one.role === 'pupil')
  const signers = isGuardian || isPupil ? [...new Set([person, ...children.map(({ id }) => id)])] : []
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
