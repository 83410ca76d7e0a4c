import { describe, expect, it } from 'vitest'
import type { NewsMark, PublishedNews } from '../../../shared/news/shapes.ts'
import type { FeedEntry } from '../../../web/news/data/feed.ts'
import { marksOf } from '../../../web/news/data/marks.ts'
import type { ReaderNews } from '../../../web/news/data/reading.ts'
import { awaited, type HomeNews, homeNews } from '../../../web/news/home/order.ts'

const now = new Date('2026-03-16T07:00:00.000Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()

const audiences = [
  { id: 'school', kind: 'school' as const, children: ['lea', 'tom'] },
  { id: 'sixA', kind: 'class-guardians' as const, children: ['lea'] },
]
const held = { person: { id: 'sophie' }, audiences }

const entry = (id: string, days: number, more: Partial<FeedEntry> = {}): FeedEntry => ({
  id,
  uai: '0750001A',
  schoolName: '',
  title: id,
  excerpt: '',
  author: { id: 'a', name: 'Marc', role: 'head' },
  publishedAt: daysAgo(days),
  pinned: false,
  urgent: false,
  notice: 'none',
  audiences: ['school'],
  ...more,
})
/** Marks as the API tells them: what was seen as ids, the rest as acts. */
const marks = (...items: NewsMark[]) =>
  marksOf({
    access: 'a',
    audiences: [
      {
        audience: 'school',
        seen: items.flatMap(({ news, seenAt }) => (seenAt === undefined ? [] : [news])),
        acts: items.map(({ seenAt: _, ...act }) => act),
      },
    ],
  })
/** What a reader's boards hold, all of it shown. */
const boards = (items: readonly FeedEntry[]) => ({
  items,
  newest: items,
  notices: items.filter(({ notice }) => notice !== 'none'),
})
/** How many of those shown are unread. */
const unread = ({ toSign, first, latest }: HomeNews) =>
  [...toSign, ...first, ...latest].filter(one => one.unread).length
const ids = (of: readonly ReaderNews[]) => of.map(one => one.news.id)

describe('homeNews()', () => {
  it('lists notices to sign, the longest awaited first', () => {
    const items = [
      entry('n3', 1, { notice: 'pupil' }),
      entry('n2', 2, { notice: 'guardian', audiences: ['sixA'] }),
      entry('n1', 3, { notice: 'pupil', audiences: ['sixA'] }),
    ]
    const home = homeNews(boards(items), held, marks({ news: 'n1', seenAt: daysAgo(1), signedFor: ['lea'] }))
    expect(ids(home.toSign)).toEqual(['n2', 'n3'])
    expect(ids(home.latest)).toEqual(['n1'])
  })

  it('keeps a notice in the list until it is signed for both children', () => {
    const items = [entry('n1', 1, { notice: 'pupil' })]
    const of = (...signedFor: string[]) =>
      homeNews(boards(items), held, marks({ news: 'n1', seenAt: daysAgo(0), signedFor }))
    expect(ids(of('lea').toSign)).toEqual(['n1'])
    expect(ids(of('lea', 'tom').toSign)).toEqual([])
  })

  it('lists a notice however many items are newer, and not among the newest as well', () => {
    const notice = entry('n00', 200, { notice: 'guardian', audiences: ['sixA'] })
    const items = Array.from({ length: 5_000 }, (_, at) => entry(`n${at + 1}`, 100 - at / 100))
    const known = { items: items.slice(0, 20), newest: items.slice(0, 20), notices: [notice] }
    expect(ids(homeNews(known, held, marks()).toSign)).toEqual(['n00'])
    expect(ids(homeNews({ ...known, items: [notice] }, held, marks()).latest)).toEqual([])
    const signed = marks({ news: 'n00', seenAt: daysAgo(1), signedAt: daysAgo(1) })
    expect(ids(homeNews(known, held, signed).toSign)).toEqual([])
  })

  it('counts what is unread among the newest that boards hold, however far the list has been read', () => {
    const items = [entry('n3', 0), entry('n2', 1), entry('n1', 2, { audiences: ['sixA'] })]
    const home = homeNews({ items: items.slice(0, 1), newest: items, notices: [] }, held, marks())
    expect([...home.unreadByChild]).toEqual([
      ['lea', 3],
      ['tom', 2],
    ])
  })

  it('lists unread items that are urgent or reminded of', () => {
    const items = [entry('n3', 0), entry('n2', 1), entry('n1', 2, { urgent: true })]
    const reminded = { news: 'n2', remindedAt: daysAgo(0) }
    expect(ids(homeNews(boards(items), held, marks(reminded)).first)).toEqual(['n2', 'n1'])
    const read = marks({ ...reminded, seenAt: daysAgo(0) }, { news: 'n1', seenAt: daysAgo(0) })
    expect(ids(homeNews(boards(items), held, read).first)).toEqual([])
  })

  it('counts unread items for each child they concern', () => {
    const items = [entry('n3', 0), entry('n2', 1, { audiences: ['sixA'] }), entry('n1', 2)]
    const home = homeNews(boards(items), held, marks({ news: 'n1', seenAt: daysAgo(1) }))
    expect(unread(home)).toBe(2)
    expect([...home.unreadByChild]).toEqual([
      ['lea', 2],
      ['tom', 1],
    ])
  })

  it('does not count the reader’s own items as unread', () => {
    const items = [entry('n1', 1, { urgent: true }), entry('n2', 0)]
    const home = homeNews(boards(items), { ...held, person: { id: 'a' } }, marks())
    expect(unread(home)).toBe(0)
    expect(ids(home.latest)).toEqual(['n2', 'n1'])
  })

  it('has nothing unread or to sign while the marks are unknown', () => {
    const home = homeNews(boards([entry('n1', 0, { urgent: true, notice: 'pupil' })]), held, undefined)
    expect([unread(home), home.toSign.length, home.first.length]).toEqual([0, 0, 0])
    expect(ids(home.latest)).toEqual(['n1'])
  })

  it('lists the five newest, pinned or not', () => {
    const items = [entry('pinned', 20, { pinned: true }), ...[1, 2, 3, 4, 5, 6].map(days => entry(`n${days}`, days))]
    expect(ids(homeNews(boards(items), held, marks()).latest)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5'])
  })
})

describe('awaited()', () => {
  const published = (id: string, days: number, more: Partial<PublishedNews>): PublishedNews => ({
    ...entry(id, days),
    audiences: [],
    state: 'published',
    people: 10,
    signers: 0,
    seen: 10,
    signed: 0,
    version: 1,
    ...more,
  })

  it('lists missing signatures before missing readers, and nothing that is complete or has ended', () => {
    const items = [
      published('seenByAll', 1, {}),
      published('unseen', 2, { seen: 4 }),
      published('unsigned', 9, { signers: 5, signed: 2 }),
      published('oldUnseen', 40, { seen: 1 }),
      published('oldUnsigned', 40, { signers: 5, signed: 2 }),
      published('ended', 1, { seen: 0, state: 'ended' }),
      published('scheduled', -1, { seen: 0, state: 'scheduled' }),
    ]
    expect(awaited(items, now).map(one => one.id)).toEqual(['unsigned', 'oldUnsigned', 'unseen'])
  })
})
