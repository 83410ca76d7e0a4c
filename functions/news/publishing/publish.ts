import { areSameFiles } from '../../../shared/kernel/attachment.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import { type Problem, problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import type { NewsDraft } from '../../../shared/news/draft.ts'
import { isSameQuestion } from '../../../shared/news/question.ts'
import { askingProblem, datesOf, editionOf, inOrder, stateOf } from '../../../shared/news/rules.ts'
import { Headline } from '../../../shared/news/shapes.ts'
import { hidden, hung, rehung } from '../../documents/attachments.ts'
import { put } from '../../platform/operation.ts'
import { pick } from '../../platform/pick.ts'
import { feature, linkedOwn } from '../attachments.ts'
import { countPatterns } from '../counting/patterns.ts'
import { readTallies } from '../following/tally.ts'
import { type NewsItem, newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import type { Address } from './address.ts'
import { newsDues } from './due.ts'
import { excerpt } from './excerpt.ts'
import { listRows, movedRows } from './list-rows.ts'
import { publishedNews } from './published-news.ts'
import { textRefusal } from './readable.ts'
import { allows, asRead, isAllowed } from './states.ts'

type Identity = Pick<
  NewsItem,
  | 'id'
  | 'publishedAt'
  | 'until'
  | 'held'
  | 'editedAt'
  | 'edition'
  | 'decidedAt'
  | 'remindedAt'
  | 'version'
  | 'attachments'
>

const itemOf = (identity: Identity, draft: NewsDraft, address: Address): NewsItem => ({
  ...pick(Headline, draft),
  ...identity,
  ...address,
  uai: draft.uai,
  body: draft.body,
  excerpt: excerpt(draft.body),
})

/**
 * Publishes now, at the end of a hold, or later: the item and its two index rows. The table's stream puts what is published
 * into its audiences' feeds; for what is not yet, and for the end, there are due items, by which the clock wakes the stream.
 * Decision: docs/decisions/0045-undoing-a-publication.md
 */
export const publish =
  () =>
  async ({ body: draft, now, commit, related: { address, attached = [] } }: NewsRequest<'publish'>) => {
    const unreadable = textRefusal(draft.body)
    if (unreadable) return fail(unreadable)
    const dates = datesOf(draft, now)
    if (!dates.ok) return dates
    const unasked = askingProblem(draft, dates.value)
    if (unasked) return fail(unasked)
    const id = timeId(new Date(dates.value.publishedAt))
    const attachments = attached.length > 0 ? { attachments: [...attached] } : {}
    const identity = { id, ...dates.value, decidedAt: now.toISOString(), version: 1, ...attachments }
    const news = itemOf(identity, draft, address)
    return commit(
      [
        put('news', newsPatterns.news, { news: id }, news, { absent: true }),
        ...listRows(news),
        ...newsDues(undefined, news, now),
        ...hung(feature, [id], attached),
      ],
      publishedNews(news, {}, now),
    )
  }

/** What may not change, beyond what its declaration says: the school; and the kind of a notice people may have signed. */
const fixedField = (news: NewsItem, draft: NewsDraft, scheduled: boolean): Problem | undefined => {
  const refused = (path: string, message: string) => problem('invalid-request', { errors: [{ path, message }] })
  if (draft.uai !== news.uai) return refused('body.uai', 'must stay the school it was published in')
  if (!scheduled && news.notice !== 'none' && draft.notice !== news.notice)
    return refused('body.notice', 'must stay as it was published: people may have signed')
  return undefined
}

/** Keeps a text that is replaced, for those who saw it. */
const keepText = ({ id, title, body, question, attachments = [], ...news }: NewsItem, now: Date) => {
  const edition = editionOf(news)
  const key = { news: id, edition: String(edition) }
  return put('former-text', newsPatterns.formerText, key, {
    edition,
    title,
    body,
    ...(question && { question }),
    ...(attachments.length > 0 && { files: attachments.map(({ name }) => name) }),
    until: now.toISOString(),
  })
}

/** True if an audience of an item is not one of it any more. */
const isNarrowed = (before: NewsItem, next: NewsItem): boolean =>
  before.audiences.some(({ id }) => !next.audiences.some(one => one.id === id))

const idsOf = (attachments: readonly { readonly file: string }[] = []) => attachments.map(({ file }) => file)

/** The files that an item had and has. Those it has no more are withdrawn as they are taken from it. */
const kept = ({ attachments: had = [] }: NewsItem, { attachments: has = [] }: NewsItem) =>
  has.filter(({ file }) => had.some(one => one.file === file))

/**
 * Changes a news item, for its author while they may publish to its audiences and for those who run the school. The
 * author stays who it was. Another title, text or question of what was published, or other files, are a new edition: what was
 * seen or signed was the former one, which is kept. A repeat of the version read before meets `conflict`, as does an item taken back.
 */
export const edit =
  ({ table }: NewsPlatform) =>
  async ({ body: draft, now, commit, related: { publication: news, address, attached } }: NewsRequest<'edit'>) => {
    const state = stateOf(news, now)
    if (news.version !== draft.version || !isAllowed('edit', state)) return fail(problem('conflict'))
    const scheduled = state === 'scheduled'
    const refused = fixedField(news, draft, scheduled) ?? textRefusal(draft.body)
    if (refused) return fail(refused)
    // A scheduled item may still move; what was published keeps its date.
    const dates = scheduled ? datesOf(draft, now) : inOrder(news.publishedAt, draft.until)
    if (!dates.ok) return dates
    const unasked = askingProblem(draft, dates.value)
    if (unasked) return fail(unasked)
    const attachments = attached ?? news.attachments
    const [counts, files] = await Promise.all([
      table.get(countPatterns.counts, { news: news.id }),
      rehung(table, feature, news.id, { had: news.attachments, has: attachments, now }),
    ])
    const isOther =
      draft.title !== news.title ||
      draft.body !== news.body ||
      !isSameQuestion(draft.question, news.question) ||
      !areSameFiles(idsOf(attachments), idsOf(news.attachments))
    const changesText = !scheduled && isOther
    const edition = editionOf(news) + (changesText ? 1 : 0)
    const identity = {
      id: news.id,
      ...dates.value,
      ...(scheduled ? news.editedAt !== undefined && { editedAt: news.editedAt } : { editedAt: now.toISOString() }),
      ...(edition > 1 && { edition }),
      decidedAt: now.toISOString(),
      ...(news.remindedAt !== undefined && { remindedAt: news.remindedAt }),
      version: news.version + 1,
      ...(attachments?.length && { attachments: [...attachments] }),
    }
    const next = itemOf(identity, draft, { ...address, author: news.author })
    return commit(
      [
        put('news', newsPatterns.news, { news: news.id }, next, {
          ...allows('edit', now),
          ...asRead(news),
        }),
        ...files,
        // Of an audience that is addressed no more, nobody keeps an address that finds something.
        ...(isNarrowed(news, next) ? hidden(kept(news, next), now) : []),
        ...(changesText ? [keepText(news, now)] : []),
        ...movedRows(news, next),
        ...newsDues(news, next, now),
      ],
      publishedNews(next, { counts }, now),
    )
  }

/** A news item with its text, for whoever may manage it. */
export const edited =
  (platform: NewsPlatform) =>
  async ({ caller, now, related: { publication } }: NewsRequest<'edited'>) => {
    const { table } = platform
    const [{ attachments }, counts, [tally]] = await Promise.all([
      linkedOwn(platform, caller.person, publication),
      table.get(countPatterns.counts, { news: publication.id }),
      readTallies(table, [publication]),
    ])
    const known = publishedNews(publication, { counts, tally }, now)
    return ok({ ...known, body: publication.body, ...(attachments && { attachments }) })
  }

/** A text of a news item that was replaced since. */
export const formerText =
  () =>
  async ({ related }: NewsRequest<'formerText'>) =>
    ok(related.formerText)
