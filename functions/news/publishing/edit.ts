import { type Problem, problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { datesOf, inOrder, stateOf } from '../../../shared/news/rules.ts'
import type { NewsDraft } from '../../../shared/news/shapes.ts'
import { type Operation, put, remove } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsItem } from '../items.ts'
import type { NewsRequest } from '../request.ts'
import { addressOf } from './address.ts'
import { excerpt } from './excerpt.ts'
import { managed } from './managed.ts'
import { published } from './published.ts'

/** What may not change, beyond what its declaration says: the school; and the kind of a notice people may have signed. */
const fixed = (news: NewsItem, draft: NewsDraft, scheduled: boolean): Problem | undefined => {
  const refused = (path: string, message: string) => problem('invalid-request', { errors: [{ path, message }] })
  if (draft.uai !== news.uai) return refused('body.uai', 'must stay the school it was published in')
  if (!scheduled && news.notice !== 'none' && draft.notice !== news.notice)
    return refused('body.notice', 'must stay as it was published: people may have signed')
  return undefined
}

/** A scheduled item may still move; what was published keeps its date. */
const newDates = (news: NewsItem, draft: NewsDraft, scheduled: boolean, now: Date) =>
  scheduled ? datesOf(draft, now) : inOrder(news.publishedAt, draft.until)

/** The index rows of a news item, moved if its date did. */
const moved = (news: NewsItem, publishedAt: string): Operation[] =>
  publishedAt === news.publishedAt
    ? []
    : [
        remove('old-author-row', patterns.ofAuthorRow, [news.author.id, news.publishedAt, news.id]),
        put('author-row', patterns.ofAuthorRow, [news.author.id, publishedAt, news.id], { id: news.id }),
        remove('old-school-row', patterns.ofSchoolRow, [news.uai, news.publishedAt, news.id]),
        put('school-row', patterns.ofSchoolRow, [news.uai, publishedAt, news.id], { id: news.id }),
      ]

/**
 * Changes a news item, for its author while they may publish to its audiences and for those who run the school. The
 * author stays who it was. A repeat of the version read before meets `conflict`, as does an item taken back.
 */
export const edit =
  ({ table }: Platform) =>
  async ({ params, body: draft, caller, now, commit }: NewsRequest<'edit'>): Promise<Result<Published>> => {
    const found = await managed(table, params.news, caller)
    if (!found.ok) return found
    const news = found.value
    const state = stateOf(news, now)
    if (news.version !== draft.version || state === 'withdrawn') return fail(problem('conflict'))
    const scheduled = state === 'scheduled'
    const refused = fixed(news, draft, scheduled)
    if (refused) return fail(refused)
    const dates = newDates(news, draft, scheduled, now)
    if (!dates.ok) return dates
    const [address, counts] = await Promise.all([
      addressOf(table, caller, draft, news.author.id),
      table.get(patterns.counts, [news.id]),
    ])
    if (!address.ok) return address
    const { title, body, pinned, urgent, notice } = draft
    const { author: _, ...addressed } = address.value
    const { until: __, ...before } = news
    const next: NewsItem = {
      ...before,
      ...dates.value,
      ...addressed,
      title,
      body,
      excerpt: excerpt(body),
      pinned,
      urgent,
      notice,
      ...(!scheduled && { editedAt: now.toISOString() }),
      version: news.version + 1,
    }
    return commit(
      [
        put('news', patterns.news, [news.id], next, { is: { version: news.version } }),
        ...moved(news, next.publishedAt),
      ],
      published(next, counts, now),
    )
  }

type Published = ReturnType<typeof published>

/** A news item with its text, for whoever may manage it. */
export const edited =
  ({ table }: Platform) =>
  async ({ params, caller, now }: NewsRequest<'edited'>) => {
    const [found, counts] = await Promise.all([
      managed(table, params.news, caller),
      table.get(patterns.counts, [params.news]),
    ])
    return found.ok ? ok({ ...published(found.value, counts, now), body: found.value.body }) : found
  }
