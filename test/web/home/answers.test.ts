import { describe, expect, it } from 'vitest'
import type { NewsMark, PublishedNews } from '../../../shared/news/shapes.ts'
import { answersOf, awaited } from '../../../web/home/answers.ts'
import type { FeedEntry } from '../../../web/news/data/feed.ts'
import type { ReaderNews } from '../../../web/news/data/reading.ts'
import { marksOf } from '../../../web/news/data/reading.ts'

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
const marks = (...items: NewsMark[]) => marksOf(items, true)
const ids = (of: readonly ReaderNews[]) => of.map(one => one.news.id)

describe('answersOf()', () => {
  it('puts what is to be signed first, the longest awaited on top', () => {
    const items = [
      entry('n3', 1, { notice: 'pupil' }),
      entry('n2', 2, { notice: 'guardian', audiences: ['sixA'] }),
      entry('n1', 3, { notice: 'pupil', audiences: ['sixA'] }),
    ]
    const answers = answersOf(items, held, marks({ news: 'n1', seenAt: daysAgo(1), signedFor: ['lea'] }))
    expect(ids(answers.toSign)).toEqual(['n2', 'n3'])
    expect(ids(answers.latest)).toEqual(['n1'])
  })

  it('keeps a notice signed for one of two children until the other is signed for', () => {
    const items = [entry('n1', 1, { notice: 'pupil' })]
    const of = (...signedFor: string[]) => answersOf(items, held, marks({ news: 'n1', seenAt: daysAgo(0), signedFor }))
    expect(ids(of('lea').toSign)).toEqual(['n1'])
    expect(ids(of('lea', 'tom').toSign)).toEqual([])
  })

  it('then shows what is urgent or recalled, until it is read', () => {
    const items = [entry('n3', 0), entry('n2', 1), entry('n1', 2, { urgent: true })]
    const reminded = { news: 'n2', remindedAt: daysAgo(0) }
    expect(ids(answersOf(items, held, marks(reminded)).first)).toEqual(['n2', 'n1'])
    const read = marks({ ...reminded, seenAt: daysAgo(0) }, { news: 'n1', seenAt: daysAgo(0) })
    expect(ids(answersOf(items, held, read).first)).toEqual([])
  })

  it('counts what is unread, for each child it concerns', () => {
    const items = [entry('n3', 0), entry('n2', 1, { audiences: ['sixA'] }), entry('n1', 2)]
    const answers = answersOf(items, held, marks({ news: 'n1', seenAt: daysAgo(1) }))
    expect(answers.unread).toBe(2)
    expect([...answers.unreadOf]).toEqual([
      ['lea', 2],
      ['tom', 1],
    ])
  })

  it('counts nothing of the reader’s own as unread', () => {
    const items = [entry('n1', 1, { urgent: true }), entry('n2', 0)]
    const answers = answersOf(items, { ...held, person: { id: 'a' } }, marks())
    expect(answers.unread).toBe(0)
    expect(ids(answers.latest)).toEqual(['n2', 'n1'])
  })

  it('claims nothing before it knows what was read', () => {
    const answers = answersOf([entry('n1', 0, { urgent: true, notice: 'pupil' })], held, undefined)
    expect([answers.unread, answers.toSign.length, answers.first.length]).toEqual([0, 0, 0])
    expect(ids(answers.latest)).toEqual(['n1'])
  })

  it('lists the newest first, pinned or not, and five at most', () => {
    const items = [entry('pinned', 20, { pinned: true }), ...[1, 2, 3, 4, 5, 6].map(days => entry(`n${days}`, days))]
    expect(ids(answersOf(items, held, marks()).latest)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5'])
  })
})

describe('awaited()', () => {
  const published = (id: string, days: number, more: Partial<PublishedNews>): PublishedNews => ({
    ...entry(id, days),
    audiences: [],
    state: 'published',
    ...{ people: 10, signers: 0, seen: 10, signed: 0, version: 1 },
    ...more,
  })

  it('shows missing signatures before missing readers, and nothing that is complete or over', () => {
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
