import { ok } from '../../shared/kernel/result.ts'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { list, read } from './reading.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'
import { boardRowsOf } from './rows.ts'

/**
 * What somebody reads of audiences that their token has no room for, so that the edge does not give them the boards. The
 * loaders have proved from the directory that the audiences are theirs.
 */

/** Audiences that are read side by side. */
const atOnce = 5

/** What the boards of some audiences hold: two Queries each. */
export const heldBoards =
  ({ table }: NewsPlatform) =>
  async ({ now, related: { heldAll } }: NewsRequest<'heldBoards'>) => {
    const boards = new Map<string, Awaited<ReturnType<typeof boardRowsOf>>>()
    await forEachConcurrent(
      heldAll,
      async audience => void boards.set(audience, await boardRowsOf(table, audience, now)),
      atOnce,
    )
    return ok({ items: heldAll.flatMap(audience => ({ audience, rows: [], notices: [], ...boards.get(audience) })) })
  }

/** A page of an audience's news. */
export const heldList = (platform: NewsPlatform) => {
  const listed = list(platform)
  return ({ params, query, now }: NewsRequest<'heldList'>) => listed({ params, query, now })
}

/** One news item. */
export const heldNews = (platform: NewsPlatform) => {
  const found = read(platform)
  return ({ params, now }: NewsRequest<'heldNews'>) => found({ params, now })
}
