import { schoolsInCharge } from '../../shared/kernel/charge.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { newsContract } from '../../shared/news/contract.ts'
import type { NewsDraft, SentDraft } from '../../shared/news/draft.ts'
import { editionOf, mayFollow, mayManage, stateOf } from '../../shared/news/rules.ts'
import type { FormerText } from '../../shared/news/shapes.ts'
import { directoryPatterns, readHeldAudiences } from '../directory/audiences.ts'
import { closedRelation } from '../directory/closed-groups.ts'
import { chosen, type HungAttachment } from '../documents/attachments.ts'
import type { Platform } from '../platform/platform.ts'
import type { RequestOf } from '../platform/request.ts'
import type { Caller } from '../platform/token.ts'
import type { newsAccess } from './access.ts'
import { type EnteredPaper, readEntered } from './answering/entered.ts'
import { readReadership } from './following/read-readership.ts'
import { readership } from './following/readership.ts'
import { heldOf } from './marks/facts.ts'
import { type NewsItem, newsPatterns } from './patterns.ts'
import { addressOf, allowedAudiences } from './publishing/address.ts'

export type NewsPlatform = Platform<typeof newsAccess>

/**
 * Those of some news items that the caller may read. By the token; where it holds no audience of an item, by the
 * directory, since a token has no room for more than some 200 audiences.
 */
const readableOf = async (
  table: NewsPlatform['table'],
  items: readonly NewsItem[],
  caller: Caller,
  now: Date,
): Promise<readonly ReadableNews[]> => {
  const published = items.filter(item => stateOf(item, now) === 'published')
  const isByToken = published.every(item => heldOf(item, caller.audiences).length > 0)
  const held = isByToken ? caller.audiences : await readHeldAudiences(table, caller.person)
  return published.map(item => ({ ...item, through: heldOf(item, held) })).filter(({ through }) => through.length > 0)
}

type Of = { readonly params: { readonly news: string }; readonly caller: Caller }

/** A news item that somebody may read. `through`: those of its audiences that they hold. */
export type ReadableNews = NewsItem & { readonly through: readonly string[] }

/** What proves the relations that the news' routes are bounded by. */
export const newsRelations = ({ table }: NewsPlatform) => ({
  /** The audience of the path, which the caller holds by the directory. */
  held: async ({
    params: { audience },
    caller,
  }: {
    readonly params: { readonly audience: string }
    readonly caller: Caller
  }): Promise<Result<string>> =>
    (await readHeldAudiences(table, caller.person)).includes(audience) ? ok(audience) : fail(problem('not-found')),

  /** The audiences of the query, all of which the caller holds by the directory. */
  heldAll: async ({
    query,
    caller,
  }: {
    readonly query: { readonly audiences: string }
    readonly caller: Caller
  }): Promise<Result<readonly string[]>> => {
    const held = new Set(await readHeldAudiences(table, caller.person))
    const audiences = [...new Set(query.audiences.split(','))]
    return audiences.every(audience => held.has(audience)) ? ok(audiences) : fail(problem('not-found'))
  },

  /** The audience of the path, of a class or group that was closed while the caller was in it. */
  closed: closedRelation(table),

  /** A news item the caller may follow, change or take back. */
  publication: async ({ params: { news }, caller }: Of): Promise<Result<NewsItem>> => {
    const item = await table.get(newsPatterns.news, { news }, { consistent: true })
    return item && mayManage(item, caller) ? ok(item) : fail(problem('not-found'))
  },

  /**
   * Who may manage the publication runs its school today, or may publish to all its audiences, by the directory: an author who
   * has lost a class takes back what they published there, and reads and does nothing more of its people.
   */
  still: async (
    { caller }: { readonly caller: Caller },
    { publication }: { readonly publication: NewsItem },
  ): Promise<Result<undefined>> => {
    const person = await table.get(directoryPatterns.person, { person: caller.person })
    const isStill = person?.status === 'active' && mayFollow(publication, person)
    return isStill ? ok(undefined) : fail(problem('not-allowed'))
  },

  /** Somebody who has, or had, a role in a school that the caller runs; and these schools. */
  publisher: async ({
    params: { person },
    caller,
  }: {
    readonly params: { readonly person: string }
    readonly caller: Caller
  }): Promise<Result<{ readonly id: string; readonly schools: readonly string[] }>> => {
    const { roles = [] } = (await table.get(directoryPatterns.person, { person })) ?? {}
    const schools = schoolsInCharge(caller.roles, roles)
    return schools.length > 0 ? ok({ id: person, schools }) : fail(problem('not-found'))
  },

  /** The guardian or pupil of the body, whose signature the publication awaits or has. */
  signer: async (
    { body: { signer } }: { readonly body: { readonly signer: string } },
    { publication }: { readonly publication: NewsItem },
  ): Promise<Result<string>> => {
    const { addressed, facts } = await readReadership(table, publication)
    const { signers } = readership(publication.notice, addressed, facts)
    return signers.some(({ id }) => id === signer) ? ok(signer) : fail(problem('not-found'))
  },

  /** What was entered from paper for the guardian or pupil of the body, of the present text. */
  entered: async (
    { body: { signer } }: { readonly body: { readonly signer: string } },
    { publication }: { readonly publication: NewsItem },
  ): Promise<Result<EnteredPaper>> => {
    const entered = await readEntered(table, publication, signer)
    return entered ? ok(entered) : fail(problem('not-found'))
  },

  /** A news item that is published to one of the caller's audiences. */
  readable: async ({ params: { news }, caller, now }: Of & { readonly now: Date }): Promise<Result<ReadableNews>> => {
    // Consistent: what is signed is the present text, as the reader's board may show it already.
    const item = await table.get(newsPatterns.news, { news }, { consistent: true })
    const [readable] = await readableOf(table, item ? [item] : [], caller, now)
    return readable ? ok(readable) : fail(problem('not-found'))
  },

  /** A text that was replaced: for whoever saw it and may read what replaced it, and for those who may manage the item. */
  formerText: async ({
    params: { news, edition },
    caller,
    now,
  }: Of & { readonly params: { readonly edition: string }; readonly now: Date }): Promise<Result<FormerText>> => {
    const [item, text, seen] = await Promise.all([
      table.get(newsPatterns.news, { news }),
      table.get(newsPatterns.formerText, { news, edition }),
      table.get(newsPatterns.seen, { news, person: caller.person }),
    ])
    if (!item || !text) return fail(problem('not-found'))
    if (mayManage(item, caller)) return ok(text)
    const [readable] = await readableOf(table, [item], caller, now)
    const hasSeen = seen && (seen.since ?? 1) <= text.edition && text.edition <= editionOf(seen)
    return readable && hasSeen ? ok(text) : fail(problem('not-found'))
  },

  /** Those of some news items that are published to one of the caller's audiences. */
  published: async ({
    body,
    caller,
    now,
  }: {
    readonly body: { readonly news: readonly string[] }
    readonly caller: Caller
    readonly now: Date
  }): Promise<Result<readonly ReadableNews[]>> => {
    const items = await table.getMany(
      newsPatterns.news,
      [...new Set(body.news)].map(news => ({ news })),
    )
    return ok(
      await readableOf(
        table,
        items.flatMap(item => item ?? []),
        caller,
        now,
      ),
    )
  },

  /** The draft's audiences, all of them the caller's to publish to, and whom they hold. */
  address: (
    { body, caller }: { readonly body: NewsDraft; readonly caller: Caller },
    before: { readonly publication?: NewsItem },
  ) => addressOf(table, caller, body, before.publication?.author.id),

  /** The files that the body names: the caller's own, or such as hang on the item already. Undefined: it names none. */
  attached: async (
    { body: { attachments }, caller }: { readonly body: Pick<SentDraft, 'attachments'>; readonly caller: Caller },
    { publication }: { readonly publication?: NewsItem },
  ): Promise<Result<readonly HungAttachment[] | undefined>> =>
    attachments === undefined ? ok(undefined) : chosen(table, caller.person, attachments, publication?.attachments),

  /** The audiences of a list that is saved, all of them the caller's to publish to. */
  listed: ({
    params: { uai },
    body: { audiences },
    caller,
  }: {
    readonly params: { readonly uai: string }
    readonly body: { readonly audiences: readonly string[] }
    readonly caller: Caller
  }) => allowedAudiences(table, caller, { uai, audiences: [...audiences], notice: 'none' }),

  /** Audiences of a school, all of them the caller's to publish to. */
  audiences: async ({
    params: { uai },
    query,
    caller,
  }: {
    readonly params: { readonly uai: string }
    readonly query: { readonly audiences: string }
    readonly caller: Caller
  }) => {
    const asked = await allowedAudiences(table, caller, { uai, audiences: query.audiences.split(','), notice: 'none' })
    // They are refused as those of a draft are, whose parameter here is another.
    return asked.ok || !asked.problem.errors
      ? asked
      : fail({ ...asked.problem, errors: asked.problem.errors.map(one => ({ ...one, path: 'query.audiences' })) })
  },
})

type Routes = (typeof newsContract)['routes']

/** The request of one of the news' routes. */
export type NewsRequest<Name extends keyof Routes> = RequestOf<
  Routes[Name],
  typeof newsAccess,
  ReturnType<typeof newsRelations>
>
