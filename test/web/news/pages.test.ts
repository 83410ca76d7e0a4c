import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../../shared/kernel/page.ts'
import type { NewsSummary } from '../../../shared/news/shapes.ts'
import { cursorsOf, feedOf, type PagesRead } from '../../../web/news/data/pages.ts'
import { assertProperty } from '../../support/property.ts'

const item = (place: number): NewsSummary => ({
  id: `n${String(place).padStart(3, '0')}`,
  uai: '0750001A',
  schoolName: '',
  title: '',
  excerpt: '',
  author: { id: 'a', name: '', role: 'head' },
  publishedAt: new Date(Date.UTC(2026, 2, 1) + place * 60_000).toISOString(),
  pinned: false,
  urgent: false,
  notice: 'none',
})

/** Items `newest` to 1, in pages of three whose cursor is the last item shown. */
const server =
  (newest: number): PagesRead<NewsSummary> =>
  cursor => {
    const from = cursor === undefined ? newest : Number(cursor) - 1
    const items = [0, 1, 2].flatMap(back => (from - back > 0 ? [item(from - back)] : []))
    const end = from - items.length + 1
    return { items, ...(end > 1 && { next: String(end) }) }
  }

const pagesOf = (page: PagesRead<NewsSummary>, depth: number): (Page<NewsSummary> | undefined)[] =>
  cursorsOf(page, (_, pages) => pages < depth).map(page)

describe('cursorsOf()', () => {
  it('follows pages as far as wanted and read', () => {
    expect(cursorsOf(server(10), (_, pages) => pages < 3)).toEqual([undefined, '8', '5'])
    expect(cursorsOf(server(4), () => true)).toEqual([undefined, '2'])
    expect(
      cursorsOf(
        () => undefined,
        () => true,
      ),
    ).toEqual([undefined])
    const onlyFirst: PagesRead<NewsSummary> = cursor => (cursor === undefined ? server(10)(undefined) : undefined)
    expect(cursorsOf(onlyFirst, () => true)).toEqual([undefined, '8'])
  })
})

describe('feedOf()', () => {
  it('has no gap and no duplicate when new items shift the pages, whether read again or not', () => {
    assertProperty(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(5), fc.integer({ min: 1, max: 4 }), (count, added, depth) => {
        const before = feedOf('x', pagesOf(server(count), depth), undefined)
        expect(before.items.map(one => one.id)).toEqual(
          Array.from({ length: Math.min(count, depth * 3) }, (_, at) => item(count - at).id),
        )
        const fresh = server(count + added)
        const firstOnly: PagesRead<NewsSummary> = cursor => (cursor === undefined ? fresh(undefined) : undefined)
        const between = feedOf('x', pagesOf(firstOnly, depth), before).items.map(one => one.id)
        expect(new Set(between).size).toBe(between.length)
        expect(between).toEqual([...between].sort().reverse())
        if (depth > 1 && added <= 3) for (const { id } of before.items) expect(between).toContain(id)
      }),
    )
  })

  it('drops an item that is missing from a page read again', () => {
    const before = feedOf('x', pagesOf(server(6), 2), undefined)
    const without: PagesRead<NewsSummary> = cursor =>
      cursor === undefined ? { items: [item(6), item(4), item(3)], next: '3' } : undefined
    expect(feedOf('x', pagesOf(without, 2), before).items.map(one => one.id)).toEqual(
      [6, 4, 3, 2, 1].map(n => item(n).id),
    )
  })
})
