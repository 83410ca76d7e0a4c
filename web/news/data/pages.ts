import type { Page } from '../../../shared/kernel/page.ts'
import { compareNews, type Feed, type FeedRow } from './feed.ts'

/** Looks up a page that has been read, by the cursor it was read with (undefined: the first). */
export type PagesRead<Item> = (cursor: string | undefined) => Page<Item> | undefined

/** The cursors of a list's pages, from the first on, followed as long as pages have been read and `wants` a further one. */
export const cursorsOf = <Item>(
  page: PagesRead<Item>,
  wants: (last: Page<Item>, pages: number) => boolean,
): (string | undefined)[] => {
  const cursors: (string | undefined)[] = [undefined]
  for (let last = page(undefined); last?.next !== undefined && wants(last, cursors.length); ) {
    cursors.push(last.next)
    last = page(last.next)
  }
  return cursors
}

/**
 * An audience's news from its pages. Each page begins at the cursor of the page before, so that a new item changes all
 * later cursors: until those pages have been read again, the items of `before` (the feed so far) take their place.
 */
export const feedOf = (
  audience: string,
  pages: readonly (Page<FeedRow> | undefined)[],
  before: Feed | undefined,
): Feed => {
  const items = pages.flatMap(one => one?.items ?? [])
  const last = pages[pages.length - 1]
  if (last !== undefined || before === undefined)
    return { audience, items, more: last === undefined || last.next !== undefined }
  const end = items[items.length - 1]
  const here = new Set(items.map(({ id }) => id))
  const rest = before.items.filter(one => !here.has(one.id) && (end === undefined || compareNews(one, end) > 0))
  return { audience, items: [...items, ...rest], more: before.more }
}
