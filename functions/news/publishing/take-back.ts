import { fail } from '../../../shared/kernel/result.ts'
import { newsProblem } from '../../../shared/news/contract.ts'
import { stateOf } from '../../../shared/news/rules.ts'
import { dueKey } from '../../platform/due.ts'
import { remove, update } from '../../platform/operation.ts'
import { platformPatterns } from '../../platform/patterns.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsRequest } from '../relations.ts'
import { newsDue, newsDues } from './due.ts'
import { removedRows } from './list-rows.ts'
import { allows, isAllowed } from './states.ts'

/**
 * Undoes a publication that is held or scheduled and was never changed: it is deleted, as if it had never been written. Only
 * while its due item is there: the clock removes that in the transaction that publishes, so that one of the two is done and
 * never both, whatever the clocks of their functions say.
 */
export const undo =
  () =>
  async ({ now, commit, related: { publication: news } }: NewsRequest<'undo'>) => {
    if (!isAllowed('undo', stateOf(news, now)) || news.version !== 1) return fail(newsProblem('already-published'))
    const dueAt = (at: string) => dueKey({ kind: newsDue, subject: news.id, at })
    return commit(
      [
        remove('news', newsPatterns.news, { news: news.id }, { ...allows('undo', now), is: { version: 1 } }),
        remove('publication', platformPatterns.due, dueAt(news.publishedAt), { present: true }),
        ...(news.until === undefined ? [] : [remove('end', platformPatterns.due, dueAt(news.until))]),
        ...removedRows(news),
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
    return commit([withdrawn, ...newsDues(publication, undefined, now)], undefined)
  }
