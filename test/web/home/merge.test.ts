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
})
const content = (more: Partial<HomeContent> = {}): HomeContent => ({
  due: [],
  first: [],
  latest: [],
  all: 'all',
  ...more,
})
const keys = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key)

describe('mergeContents()', () => {
  it('orders what is due by time, oldest first, and what is new, newest first', () => {
    const home = mergeContents([
      content({ due: [row('n1', 1), row('n4', 4)], latest: [row('n9', 9), row('n7', 7)] }),
      content({ due: [row('w2', 2)], latest: [row('w8', 8)] }),
    ])
    expect(keys(home.due)).toEqual(['n1', 'w2', 'n4'])
    expect(keys(home.latest)).toEqual(['n9', 'w8', 'n7'])
  })

  it('keeps the order of rows with the same time, and shows the five newest', () => {
    const latest = ['a', 'b', 'c', 'd', 'e', 'f'].map(key => row(key, 5))
    expect(keys(mergeContents([content({ latest, due: latest })]).latest)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(keys(mergeContents([content({ due: latest })]).due)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('keeps the order of the blocks for what is to be read first and what is followed', () => {
    const followed = { title: 'followed', content: null }
    const home = mergeContents([
      content({ first: [row('n2', 2), row('n1', 1)] }),
      content({ first: [row('w9', 9)], followed }),
    ])
    expect(keys(home.first)).toEqual(['n2', 'n1', 'w9'])
    expect(home.followed).toEqual([followed])
  })

  it('has the unread counts of the blocks that know them', () => {
    const listOf = (child: string): Target => ({ to: '/news', search: { of: child } })
    const unread = { byChild: new Map([['lea', 2]]), listOf }
    expect(mergeContents([content(), content({ unread })]).unread).toEqual([unread])
    expect(mergeContents([content()]).unread).toEqual([])
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
    expect(mergeReads([], true).data).toMatchObject({ due: [], latest: [] })
  })
})
