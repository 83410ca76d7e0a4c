import { after, day, epochSeconds } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { holds } from '../../shared/kernel/role.ts'
import { mayRead, stateOf } from '../../shared/news/rules.ts'
import type { NewsMark } from '../../shared/news/shapes.ts'
import { put, update } from '../platform/operation.ts'
import { type MarkItem, newsPatterns } from './patterns.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'

/** Rows of one page: what a phone shows before its reader scrolls far. */
const listPageSize = 20
const marksPageSize = 200

/** Seconds for which a mark is kept after it was last touched: a school year and its holidays. */
const markLifetime = 400 * day

/** Until when a mark made `now` is kept, in epoch seconds. */
export const markEnd = (now: Date): number => epochSeconds(after(now, markLifetime))

/** A mark as its person sees it. */
export const markOf = (news: string, item: Partial<MarkItem> | undefined): NewsMark => ({
  news,
  ...(item?.seenAt !== undefined && { seenAt: item.seenAt }),
  ...(item?.signedAt !== undefined && { signedAt: item.signedAt }),
  ...(item?.signedFor !== undefined && { signedFor: [...item.signedFor].sort() }),
  ...(item?.remindedAt !== undefined && { remindedAt: item.remindedAt }),
})

/**
 * An audience's news: one Query. Rows wait in the feed from the moment a news item is scheduled and stay a while after
 * its end, so a page may hold fewer rows than it read.
 */
export const list =
  ({ table }: NewsPlatform) =>
  async ({ params: { audience }, query: { cursor }, now }: NewsRequest<'list'>) => {
    const page = await table.list(newsPatterns.feed, { audience }, { limit: listPageSize, cursor, newestFirst: true })
    if (!page.ok) return page
    return ok({ ...page.value, items: page.value.items.filter(row => stateOf(row, now) === 'published') })
  }

/** One news item, for the audience the edge let through: one GetItem. */
export const read =
  ({ table }: NewsPlatform) =>
  async ({ params: { audience, news }, now }: NewsRequest<'read'>) => {
    const item = await table.get(newsPatterns.news, { news })
    return item && mayRead(item, [audience], now) ? ok(item) : fail(problem('not-found'))
  }

/** What one did with the news, newest first: one Query, the one private request of Home. */
export const marks =
  ({ table }: NewsPlatform) =>
  async ({ query: { cursor }, caller: { person } }: NewsRequest<'marks'>) => {
    const page = await table.list(newsPatterns.marks, { person }, { limit: marksPageSize, cursor, newestFirst: true })
    if (!page.ok) return page
    return ok({ ...page.value, items: page.value.items.map(item => markOf(item.news, item)) })
  }

/**
 * Records that one has opened a news item of one's audiences. The first time counts; later ones answer with it. An author
 * is not among those who are counted, unless as a guardian.
 */
export const see =
  ({ table }: NewsPlatform) =>
  async ({ caller, now, commit, related: { readable } }: NewsRequest<'see'>) => {
    const { person } = caller
    const news = readable.id
    const mark = await table.get(newsPatterns.mark, { person, news }, { consistent: true })
    if (mark?.seenAt !== undefined) return commit([], markOf(news, mark))
    const seenAt = now.toISOString()
    const isCounted = readable.author.id !== person || holds(caller.roles, readable.uai, ['guardian'])
    const done = await commit(
      [
        update(
          'mark',
          newsPatterns.mark,
          { person, news },
          { set: { news, expiresAt: markEnd(now) }, first: { seenAt } },
        ),
        ...(isCounted
          ? [put('seen', newsPatterns.seen, { news, person }, { person, at: seenAt }, { absent: true })]
          : []),
      ],
      markOf(news, { ...mark, seenAt }),
    )
    if (done.ok || done.problem.type !== 'conflict') return done
    // Another device of the same person was first, between the read and the write.
    return commit([], markOf(news, await table.get(newsPatterns.mark, { person, news }, { consistent: true })))
  }
