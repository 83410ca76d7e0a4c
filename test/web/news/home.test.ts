import { describe, expect, it } from 'vitest'
import type { NewsMark, PublishedNews } from '../../../shared/news/shapes.ts'
import type { FeedEntry } from '../../../web/news/data/feed.ts'
import { marksOf } from '../../../web/news/data/marks.ts'
import type { ReaderNews } from '../../../web/news/data/reading.ts'
import { awaited, type HomeInput, homeNews, howSeen, isPressing } from '../../../web/news/home/order.ts'

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
    audiences: [
      {
        audience: 'school',
        seen: items.flatMap(({ news, seenAt }) => (seenAt === undefined ? [] : [news])),
        acts: items.map(({ seenAt: _, ...act }) => act),
      },
    ],
  })
/** What a reader's boards hold, all of it shown; `older`: audiences that hold more. */
const boards = (items: readonly FeedEntry[], older: readonly string[] = []) => ({
  items,
  newest: items,
  open: items.filter(({ notice }) => notice !== 'none'),
  whole: {
    rows: new Set(['school', 'sixA'].filter(one => !older.includes(one))),
    notices: new Set(['school', 'sixA']),
  },
})
const isToday = (at: string) => at.slice(0, 10) === now.toISOString().slice(0, 10)
const homeOf = (known: HomeInput, of: ReturnType<typeof marks> | undefined, reader: typeof held = held) =>
  homeNews(known, reader, of, isToday, now)
const ids = (of: readonly ReaderNews[]) => of.map(one => one.news.id)

describe('homeNews()', () => {
  it('lists notices that can be answered no more after all that can', () => {
    const items = [
      entry('over', 9, { notice: 'guardian', deadline: daysAgo(1) }),
      entry('open', 3, { notice: 'guardian', deadline: daysAgo(-1) }),
      entry('plain', 5, { notice: 'guardian' }),
    ].map(one => ({ ...one, audiences: ['sixA'] }))
    expect(ids(homeOf(boards(items), marks()).toSign)).toEqual(['plain', 'open', 'over'])
  })

  it('lists notices to sign, the longest awaited first', () => {
    const items = [
      entry('n3', 1, { notice: 'pupil' }),
      entry('n2', 2, { notice: 'guardian', audiences: ['sixA'] }),
      entry('n1', 3, { notice: 'pupil', audiences: ['sixA'] }),
    ]
    const home = homeOf(boards(items), marks({ news: 'n1', seenAt: daysAgo(1), signedFor: ['lea'] }))
    expect(ids(home.toSign)).toEqual(['n2', 'n3'])
    expect(ids(home.read)).toEqual(['n1'])
  })

  it('keeps a notice in the list until it is signed for both children', () => {
    const items = [entry('n1', 1, { notice: 'pupil' })]
    const of = (...signedFor: string[]) => homeOf(boards(items), marks({ news: 'n1', seenAt: daysAgo(0), signedFor }))
    expect(ids(of('lea').toSign)).toEqual(['n1'])
    expect([of('lea').ofChild('lea').toSign, of('lea').ofChild('tom').toSign]).toEqual([0, 1])
    expect(ids(of('lea', 'tom').toSign)).toEqual([])
  })

  it('lists a notice however many items are newer, and not among the newest as well', () => {
    const notice = entry('n00', 200, { notice: 'guardian', audiences: ['sixA'] })
    const items = Array.from({ length: 5_000 }, (_, at) => entry(`n${at + 1}`, 100 - at / 100))
    const known = { ...boards(items.slice(0, 20)), open: [notice] }
    expect(ids(homeOf(known, marks()).toSign)).toEqual(['n00'])
    expect(ids(homeOf({ ...known, items: [notice] }, marks()).unread)).toEqual([])
    const signed = marks({ news: 'n00', seenAt: daysAgo(1), signedAt: daysAgo(1) })
    expect(ids(homeOf(known, signed).toSign)).toEqual([])
  })

  it('shows what is urgent until it is read and signed, and that it was read until its day is over', () => {
    const items = [
      entry('today', 0, { urgent: true }),
      entry('before', 1, { urgent: true }),
      entry('own', 0, { urgent: true, author: { id: 'sophie', name: 'Sophie', role: 'teacher' } }),
      entry('toSign', 2, { urgent: true, notice: 'guardian', audiences: ['sixA'] }),
    ]
    const unread = homeOf(boards(items), marks())
    expect(ids(unread.urgent)).toEqual(['today', 'before', 'toSign'])
    expect([ids(unread.toSign), ids(unread.unread)]).toEqual([[], []])
    const seen = marks(...['today', 'before', 'toSign'].map(news => ({ news, seenAt: daysAgo(0) })))
    const read = homeOf(boards(items), seen)
    expect(ids(read.urgent)).toEqual(['toSign', 'today'])
    expect(ids(read.urgent.filter(isPressing))).toEqual(['toSign'])
    expect(ids(homeOf(boards(items), undefined).urgent.filter(one => !isPressing(one)))).toEqual(['today'])
  })

  it.each([
    ['urgent', { urgent: true }, 'urgent', undefined],
    ['urgent and to be signed', { urgent: true, notice: 'guardian' as const }, 'urgent', undefined],
    ['recalled', {}, 'first', { news: 'n00', remindedAt: daysAgo(1) }],
    ['to be signed', { notice: 'guardian' as const }, 'toSign', undefined],
  ] as const)('shows what is %s until it is read and signed, however many items are newer', (_, more, place, mark) => {
    const newer = Array.from({ length: 5_000 }, (_, at) => entry(`n${at + 1}`, 100 - at / 100))
    const old = entry('n00', 200, { ...more, audiences: ['sixA'] })
    // As boards give it: twenty of the newest, and what stays open.
    const known = { ...boards(newer.slice(-20)), open: [old] }
    const of = marks(...(mark ? [mark] : []))
    const home = homeOf(known, of)
    expect(ids(home[place])).toEqual(['n00'])
    const all = [home.urgent, home.toSign, home.first, home.unread, home.read].flatMap(ids)
    expect(all.filter(id => id === 'n00')).toEqual(['n00'])
    expect([home.ofChild('lea').unread, home.ofChild('tom').unread]).toEqual([21, 20])
    const done = marks({ ...mark, news: 'n00', seenAt: daysAgo(0), signedAt: daysAgo(0) })
    const after = homeOf(known, done)
    expect([after.urgent, after.toSign, after.first].flatMap(ids)).toEqual([])
  })

  it('counts what is unread among the newest that boards hold, however far the list has been read', () => {
    const items = [entry('n3', 0), entry('n2', 1), entry('n1', 2, { audiences: ['sixA'] })]
    const home = homeOf({ ...boards(items), items: items.slice(0, 1) }, marks())
    expect([home.ofChild('lea').unread, home.ofChild('tom').unread]).toEqual([3, 2])
  })

  it('tells of each child whether the counts are of everything, or of a part', () => {
    const partOf = (known: HomeInput, child: string) => homeOf(known, marks()).ofChild(child).isAll
    const all = { toSign: true, unread: true }
    expect([partOf(boards([]), 'lea'), partOf(boards([]), 'tom')]).toEqual([all, all])
    const older = boards([], ['sixA'])
    expect([partOf(older, 'lea'), partOf(older, 'tom')]).toEqual([{ ...all, unread: false }, all])
    const missing = { ...boards([]), whole: { rows: new Set(['sixA']), notices: new Set(['sixA']) } }
    expect(partOf(missing, 'tom')).toEqual({ toSign: false, unread: false })
  })

  it('lists unread items that their author reminded of', () => {
    const items = [entry('n3', 0), entry('n2', 1)]
    const reminded = { news: 'n2', remindedAt: daysAgo(0) }
    expect(ids(homeOf(boards(items), marks(reminded)).first)).toEqual(['n2'])
    expect(ids(homeOf(boards(items), marks({ ...reminded, seenAt: daysAgo(0) })).first)).toEqual([])
  })

  it('does not count the reader’s own items as unread', () => {
    const items = [entry('n1', 1, { urgent: true }), entry('n2', 0)]
    const home = homeOf(boards(items), marks(), { ...held, person: { id: 'a' } })
    expect([ids(home.urgent), ids(home.unread)]).toEqual([[], []])
    expect(ids(home.read)).toEqual(['n2', 'n1'])
  })

  it('has nothing unread or to sign while the marks are unknown', () => {
    const home = homeOf(boards([entry('n1', 3, { urgent: true, notice: 'pupil' })]), undefined)
    expect([home.unread, home.toSign, home.first, home.urgent].map(one => one.length)).toEqual([0, 0, 0, 0])
    expect(ids(home.read)).toEqual(['n1'])
  })

  it('lists the five newest, pinned or not', () => {
    const items = [entry('pinned', 20, { pinned: true }), ...[1, 2, 3, 4, 5, 6].map(days => entry(`n${days}`, days))]
    expect(ids(homeOf(boards(items), marks()).unread)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5'])
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

  it('tells missing signatures from missing readers, and lists nothing that is complete or has ended', () => {
    const items = [
      published('seenByAll', 1, {}),
      published('unseen', 2, { seen: 4 }),
      published('unsigned', 9, { signers: 5, signed: 2 }),
      published('oldUnseen', 40, { seen: 1 }),
      published('oldUnsigned', 40, { signers: 5, signed: 2 }),
      published('ended', 1, { seen: 0, state: 'ended' }),
      published('scheduled', -1, { seen: 0, state: 'scheduled' }),
    ]
    const { unsigned, unseen } = awaited(items, now)
    expect([unsigned, unseen].map(of => of.map(one => one.id))).toEqual([['unsigned', 'oldUnsigned'], ['unseen']])
  })

  it('has howSeen() say that all is seen and signed only of a whole list of which that is true', () => {
    const complete = published('complete', 1, { signers: 5, signed: 5 })
    const oldUnseen = published('oldUnseen', 40, { seen: 1 })
    const ended = published('ended', 1, { seen: 0, state: 'ended' })
    for (const [items, isAll, said] of [
      [[complete, ended], true, 'done'],
      [[complete], false, 'recent-done'],
      [[complete, oldUnseen], true, 'recent-done'],
      [[ended], false, undefined],
      [[], false, undefined],
    ] as const)
      expect(howSeen({ items, isAll })).toBe(said)
  })
})
