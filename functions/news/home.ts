import type { NewsOfHome } from '../../shared/news/home.ts'
import { itemsOf, type OwnItems } from '../platform/own-items.ts'
import { sinceOf } from './marks/entry.ts'
import { hasActs, markOfEntry } from './marks/items.ts'
import { unpack } from './marks/packed.ts'
import { newsPatterns } from './patterns.ts'

/** What a person did with the news of each of these audiences, of what is kept of them. */
export const newsOfHome = (items: OwnItems, audiences: readonly { readonly id: string }[]): NewsOfHome => {
  const held = new Set(audiences.map(({ id }) => id))
  return {
    audiences: itemsOf(items, newsPatterns.marks).flatMap(({ args: { audience }, item }) => {
      if (!held.has(audience)) return []
      const marks = unpack(item.news)
      const since = sinceOf(marks)
      return {
        audience,
        seen: marks.entries.filter(one => one.seen).map(one => one.news),
        ...(since !== undefined && { since }),
        acts: marks.entries.filter(hasActs).map(markOfEntry),
      }
    }),
  }
}
