import { describe, expect, it, vi } from 'vitest'
import { mergeContents, mergeReads } from '../../../web/home/merge.ts'
import { FailedRead } from '../../../web/platform/failure.ts'
import type { HomeContent } from '../../../web/platform/home-block.ts'
import type { Target } from '../../../web/platform/navigation.ts'
import type { Readable } from '../../../web/platform/read.ts'

const row = (key: string, day: number) => ({
  key,
  at: `2026-03-${String(day).padStart(2, '0')}T07:00:00.000Z`,
  row: key,
  card: key,
})
const content = (more: Partial<HomeContent> = {}): HomeContent => ({
  urgent: [],
  due: [],
  first: [],
  unread: [],
  read: [],
  isReadKnown: true,
  all: 'all',
  ...more,
})
const keys = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key)

describe('mergeContents()', () => {
  it('orders what is due by time, oldest first and what can be done no more last, and what is urgent or new, newest first', () => {
    const home = mergeContents([
      content({
        urgent: [row('u1', 1)],
        due: [row('n1', 1), row('n4', 4), { ...row('n0', 0), isOver: true }],
        unread: [row('n9', 9), row('n7', 7)],
      }),
      content({ urgent: [row('u2', 2)], due: [row('w2', 2)], unread: [row('w8', 8)] }),
    ])
    expect(keys(home.urgent)).toEqual(['u2', 'u1'])
    expect(keys(home.due)).toEqual(['n1', 'w2', 'n4', 'n0'])
    expect(keys(home.unread)).toEqual(['n9', 'w8', 'n7'])
  })

  it('keeps the order of rows with the same time, and shows the five newest unread', () => {
    const unread = ['a', 'b', 'c', 'd', 'e', 'f'].map(key => row(key, 5))
    expect(keys(mergeContents([content({ unread, due: unread })]).unread)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(keys(mergeContents([content({ due: unread })]).due)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('shows three that were read, and up to five where less is unread', () => {
    const of = (count: number) => Array.from({ length: count }, (_, at) => row(`n${at}`, at + 1))
    const shown = (unread: number) => mergeContents([content({ unread: of(unread), read: of(9) })]).read.length
    expect([0, 1, 2, 3, 5].map(shown)).toEqual([5, 4, 3, 3, 3])
  })

  it('keeps the order of the blocks for what is to be read first and what is followed', () => {
    const home = mergeContents([
      content({ first: [row('n2', 2), row('n1', 1)] }),
      content({ first: [row('w9', 9)], followed: 'followed' }),
    ])
    expect(keys(home.first)).toEqual(['n2', 'n1', 'w9'])
    expect(home.followed).toEqual(['followed'])
  })

  it('has what the blocks know of children, and says of none that it was read where one does not know', () => {
    const to = (child: string): Target => ({ to: '/news', search: { of: child } })
    const ofChild = { to, foot: (child: string) => child }
    expect(mergeContents([content(), content({ ofChild })]).ofChild).toEqual([ofChild])
    expect(mergeContents([content()]).ofChild).toEqual([])
    expect(mergeContents([content(), content({ isReadKnown: false })]).isReadKnown).toBe(false)
  })
})

describe('mergeReads()', () => {
  const waiting: Readable<HomeContent> = { data: undefined, error: null, dataUpdatedAt: 0, refetch: vi.fn() }
  const known = (dataUpdatedAt: number): Readable<HomeContent> => ({ ...waiting, data: content(), dataUpdatedAt })
  const failed = { ...waiting, error: new FailedRead({ type: 'unavailable' }), refetch: vi.fn() }

  it('waits for every block while online', () => {
    expect(mergeReads([known(5), waiting], true)).toMatchObject({ data: undefined, error: null })
    expect(mergeReads([known(5), waiting], false).data).toBeDefined()
    expect(mergeReads([waiting], false).data).toBeUndefined()
  })

  it('does not say of a part that it is all', () => {
    expect(mergeReads([known(9), failed], true).data?.isWhole).toBe(false)
    expect(mergeReads([known(9), waiting], false).data?.isWhole).toBe(false)
    expect(mergeReads([known(9), known(5)], true).data?.isWhole).toBe(true)
  })

  it('returns what is known with the age of the oldest part and the error of a failed block', () => {
    const merged = mergeReads([known(9), failed, known(5)], true)
    expect(merged.data?.all).toEqual(['all', 'all'])
    expect([merged.error, merged.dataUpdatedAt]).toEqual([failed.error, 5])
  })

  it('is confirmed as long ago as its oldest part, where all of them come by boards', () => {
    const confirmed = (confirmedAt: number) => ({ ...known(confirmedAt), confirmedAt })
    expect(mergeReads([confirmed(9), confirmed(5)], true).confirmedAt).toBe(5)
    expect(mergeReads([confirmed(9), known(5)], true).confirmedAt).toBeUndefined()
  })

  it('fails where every block failed, and refetches only failed blocks', () => {
    const [refetch, untouched] = [vi.fn(), vi.fn()]
    expect(mergeReads([failed], true)).toMatchObject({ data: undefined, error: failed.error })
    mergeReads(
      [
        { ...failed, refetch },
        { ...known(5), refetch: untouched },
      ],
      true,
    ).refetch()
    expect([refetch.mock.calls.length, untouched.mock.calls.length]).toEqual([1, 0])
  })

  it('is empty where no feature has a block', () => {
    expect(mergeReads([], true).data).toMatchObject({ due: [], unread: [] })
  })
})
