import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { newsProblem } from '../../../shared/news/contract.ts'
import { stateOf } from '../../../shared/news/rules.ts'
import { hidden, unhung } from '../../documents/attachments.ts'
import { dueKey } from '../../platform/due.ts'
import { put, remove, update } from '../../platform/operation.ts'
import { platformPatterns } from '../../platform/patterns.ts'
import { feature } from '../attachments.ts'
import { countPatterns } from '../counting/patterns.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { addressOf } from './address.ts'
import { newsDue, newsDues } from './due.ts'
import { movedRows, removedRows } from './list-rows.ts'
import { publishedNews } from './published-news.ts'
import { allows, asRead, isAllowed } from './states.ts'

/**
 * Undoes a publication that is held or scheduled and was never changed: it is deleted, as if it had never been written. Only
 * while its due item is there: the clock removes that in the transaction that publishes, so that one of the two is done and
 * never both, whatever the clocks of their functions say.
 */
export const undo =
  ({ table }: NewsPlatform) =>
  async ({ now, commit, related: { publication: news } }: NewsRequest<'undo'>) => {
    if (!isAllowed('undo', stateOf(news, now)) || news.version !== 1) return fail(newsProblem('already-published'))
    const dueAt = (at: string) => dueKey({ kind: newsDue, subject: news.id, at })
    return commit(
      [
        remove('news', newsPatterns.news, { news: news.id }, { ...allows('undo', now), is: { version: 1 } }),
        remove('publication', platformPatterns.due, dueAt(news.publishedAt), { present: true }),
        ...(news.until === undefined ? [] : [remove('end', platformPatterns.due, dueAt(news.until))]),
        ...removedRows(news),
        ...(await unhung(table, feature, news.id, news.attachments ?? [], now)),
      ],
      undefined,
      { refused: () => newsProblem('already-published') },
    )
  }

/** Takes a news item back, once: it leaves the feeds or never gets there, and stays listed for its author as withdrawn. */
export const withdraw =
  () =>
  async ({ now, commit, related: { publication } }: NewsRequest<'withdraw'>) => {
    if (publication.withdrawnAt !== undefined) return commit([], undefined)
    const withdrawn = update(
      'news',
      newsPatterns.news,
      { news: publication.id },
      { first: { withdrawnAt: now.toISOString() }, add: { version: 1 } },
      allows('withdraw', now),
    )
    return commit(
      [withdrawn, ...newsDues(publication, undefined, now), ...hidden(publication.attachments, now)],
      undefined,
    )
  }

/**
 * Undoes a withdrawal: what was seen and signed counts again, since its facts have stayed. The caller must be allowed to
 * publish to its audiences today. What was withdrawn before its publication is published now, if that time has passed.
 */
export const restore =
  ({ table }: NewsPlatform) =>
  async ({ caller, now, commit, related: { publication } }: NewsRequest<'restore'>) => {
    if (!isAllowed('restore', stateOf(publication, now))) return fail(problem('conflict'))
    const {
      withdrawnAt = '',
      notSentTo: _,
      noLongerAllowed: __,
      addressedBy: ___,
      held: ____,
      accountFrozen: _____,
      ...news
    } = publication
    const { uai, notice, audiences, author } = news
    const address = await addressOf(table, caller, { uai, notice, audiences: audiences.map(({ id }) => id) }, author.id)
    if (!address.ok) return address
    const decidedAt = now.toISOString()
    const isNew = withdrawnAt < news.publishedAt && news.publishedAt < decidedAt
    const publishedAt = isNew ? decidedAt : news.publishedAt
    const next = { ...news, ...address.value, author, publishedAt, decidedAt, version: news.version + 1 }
    const counts = await table.get(countPatterns.counts, { news: news.id })
    return commit(
      [
        put('news', newsPatterns.news, { news: news.id }, next, {
          ...allows('restore', now),
          ...asRead(publication),
        }),
        ...movedRows(news, next),
        ...newsDues(undefined, next, now),
      ],
      publishedNews(next, { counts }, now),
    )
  }
