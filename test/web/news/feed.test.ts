import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewsSummary, PublishedNews } from '../../../shared/news/shapes.ts'
import { compareNews, type Feed, mergeFeeds, mergeRows } from '../../../web/news/data/feed.ts'
import { assertProperty } from '../../support/property.ts'

const now = new Date('2026-03-16T07:00:00.000Z')
const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString()

const item = (id: string, minutes: number, more: Partial<NewsSummary> = {}): NewsSummary => ({
  id,
  uai: '0750001A',
  schoolName: 'Collège des Tilleuls',
  title: id,
  excerpt: '',
  author: { id: 'a', name: 'Marc', role: 'head' },
  publishedAt: at(minutes),
  pinned: false,
  urgent: false,
  notice: 'none',
  ...more,
})

const published = (
  of: NewsSummary,
  audiences: string[],
  state: PublishedNews['state'] = 'published',
): PublishedNews => ({
  ...of,
  audiences: audiences.map(id => ({ id, kind: 'school', label: '' })),
  state,
  people: 1,
  signers: 0,
  seen: 0,
  signed: 0,
  version: 1,
})

/** News of a school: each item stands in some of three audiences, read in pages of two. */
const territory = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: -8, max: 1 }),
      pinned: fc.boolean(),
      until: fc.option(fc.integer({ min: -2, max: 2 }), { nil: undefined }),
      in: fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
    }),
    { maxLength: 24 },
  )
  .map(rows =>
    rows.map(({ minutes, pinned, until, in: of }, index) => ({
      news: item(`n${String(index).padStart(2, '0')}`, minutes, {
        pinned,
        ...(until !== undefined && { until: at(until) }),
      }),
      of,
    })),
  )

type Territory = { news: NewsSummary; of: string[] }[]

const isShown = (news: NewsSummary) => news.publishedAt <= at(0) && (news.until === undefined || news.until > at(0))

/** As the API does: rows in order, cut in pages, those not to be read now left out of their page. */
const pagesOf = (rows: Territory, audience: string): NewsSummary[][] => {
  const all = rows
    .filter(({ of }) => of.includes(audience))
    .map(({ news }) => news)
    .sort(compareNews)
  const pages = Array.from({ length: Math.max(1, Math.ceil(all.length / 2)) }, (_, page) =>
    all.slice(page * 2, page * 2 + 2).filter(isShown),
  )
  return pages
}

const feedsAt = (rows: Territory, loaded: Record<string, number>): Feed[] =>
  ['x', 'y', 'z'].map(audience => {
    const pages = pagesOf(rows, audience)
    const count = loaded[audience] ?? 1
    return { audience, items: pages.slice(0, count).flat(), more: count < pages.length }
  })

const wanted = (rows: Territory) =>
  rows
    .map(({ news }) => news)
    .filter(isShown)
    .sort(compareNews)
    .map(({ id }) => id)

describe('mergeFeeds()', () => {
  it('returns a prefix of the complete list, whatever has been read so far', () => {
    assertProperty(
      fc.property(
        territory,
        fc.record({ x: fc.integer({ min: 1, max: 9 }), y: fc.nat(9), z: fc.nat(9) }),
        (rows, read) => {
          const shown = mergeFeeds(feedsAt(rows, { x: read.x, y: read.y + 1, z: read.z + 1 }), now).items.map(
            one => one.id,
          )
          expect(shown).toEqual(wanted(rows).slice(0, shown.length))
        },
      ),
    )
  })

  it('requests pages until the list is complete, with all audiences of each item', () => {
    assertProperty(
      fc.property(territory, rows => {
        const loaded: Record<string, number> = { x: 1, y: 1, z: 1 }
        let merged = mergeFeeds(feedsAt(rows, loaded), now)
        for (let turns = 0; merged.next.length > 0; turns++) {
          expect(turns).toBeLessThan(80)
          for (const audience of merged.next) loaded[audience] = (loaded[audience] ?? 1) + 1
          merged = mergeFeeds(feedsAt(rows, loaded), now)
        }
        expect(merged.items.map(one => one.id)).toEqual(wanted(rows))
        for (const shown of merged.items)
          expect([...shown.audiences].sort()).toEqual(rows.find(({ news }) => news.id === shown.id)?.of.toSorted())
      }),
    )
  })

  it('keeps what was shown when an audience that was long in coming has unread pages', () => {
    assertProperty(
      fc.property(territory, fc.subarray(['x', 'y', 'z'], { maxLength: 2 }), (rows, late) => {
        const all = feedsAt(rows, { x: 99, y: 99, z: 99 })
        const before = mergeFeeds(
          all.filter(feed => !late.includes(feed.audience)),
          now,
        ).items.map(one => one.id)
        const first = feedsAt(rows, { x: 99, y: 99, z: 99, ...Object.fromEntries(late.map(one => [one, 1])) })
        const merged = mergeFeeds(first, now, [], new Set(before))
        const after = merged.items.map(one => one.id)
        expect(before.filter(id => !after.includes(id))).toEqual([])
        expect(after).toEqual(wanted(rows).filter(id => after.includes(id)))
        // What stands between is still asked for.
        const isWhole = after.length === wanted(rows).length && first.every(feed => !feed.more)
        expect(merged.next.length > 0 || isWhole).toBe(true)
      }),
    )
  })

  it('uses the latest version where feeds differ', () => {
    const old = item('n1', -5)
    const edited = { ...old, title: 'Autrement', editedAt: at(-1) }
    for (const [x, y] of [
      [old, edited],
      [edited, old],
    ] as const) {
      const feeds = [
        { audience: 'x', items: [x], more: false },
        { audience: 'y', items: [y], more: false },
      ]
      expect(mergeFeeds(feeds, now).items).toMatchObject([{ title: 'Autrement', audiences: ['x', 'y'] }])
    }
  })

  it('uses the row of the highest version, and asks for its text where that row is stored', () => {
    const row = (version: number, text: string) => ({ ...item('n1', -5), version, text })
    const feeds = [
      { audience: 'x', items: [row(1, 'old')], more: false },
      { audience: 'y', items: [row(2, 'new')], more: false },
      { audience: 'z', items: [item('n1', -5, { title: 'of a page' })], more: false },
    ]
    for (const order of [feeds, feeds.toReversed()])
      expect(mergeFeeds(order, now).items).toMatchObject([{ version: 2, text: 'new', source: 'y', title: 'n1' }])
  })

  it('shows what boards tell once they have caught up with what was written on this device', () => {
    const of = (version: number, title: string) => [
      { audience: 'x', items: [{ ...item('n1', -5, { title }), version }], more: false },
    ]
    const own = [{ ...published(item('n1', -5, { title: 'Le mien' }), ['x']), version: 3 }]
    const withdrawn = [{ ...published(item('n1', -5), ['x'], 'withdrawn'), version: 3 }]
    const titles = (feeds: Feed[], written: PublishedNews[]) =>
      mergeFeeds(feeds, now, written).items.map(one => one.title)
    expect(titles(of(2, 'Avant'), own)).toEqual(['Le mien'])
    expect(titles(of(3, 'Le mien, lu'), own)).toEqual(['Le mien, lu'])
    expect(titles(of(4, 'Après'), own)).toEqual(['Après'])
    expect(titles(of(2, 'Avant'), withdrawn)).toEqual([])
    expect(titles(of(4, 'Après'), withdrawn)).toEqual(['Après'])
  })

  it('includes what was published, changed or withdrawn on this device', () => {
    const [kept, changed, gone] = [item('n1', -5), item('n2', -4), item('n3', -3)]
    const feeds = [{ audience: 'x', items: [gone, changed, kept], more: false }]
    const own = [
      published(item('n4', 0), ['x', 'elsewhere']),
      published({ ...changed, title: 'Autrement' }, ['x']),
      published(gone, ['x'], 'withdrawn'),
      published(item('n5', 0), ['elsewhere']),
    ]
    expect(mergeFeeds(feeds, now, own).items.map(one => `${one.id} ${one.title} ${one.audiences}`)).toEqual([
      'n4 n4 x',
      'n2 Autrement x',
      'n1 n1 x',
    ])
  })
})

describe('mergeRows()', () => {
  it('returns all rows once in the order of lists, whatever else there may be', () => {
    const feeds = [
      { audience: 'x', items: [item('n1', -5), item('n3', -1, { until: at(-0.5) })] },
      { audience: 'y', items: [item('n2', -3), item('n1', -5), item('n4', 5)] },
    ]
    expect(mergeRows(feeds, now).map(one => `${one.id} ${one.audiences}`)).toEqual(['n2 y', 'n1 x,y'])
  })
})
