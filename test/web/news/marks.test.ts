import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewsOfHome } from '../../../shared/news/home.ts'
import {
  isChanged,
  isKnown,
  isSeen,
  isUnread,
  keysOfBody,
  type Marks,
  marksOf,
  nothingDone,
  seenBody,
  unconfirmed,
  withAct,
  withoutFormer,
  withSeen,
  withSent,
} from '../../../web/news/data/marks.ts'
import { assertProperty } from '../../support/property.ts'

const at = '2026-03-16T07:00:00.000Z'
type Of = Partial<Omit<NewsOfHome['audiences'][number], 'audience'>>
const state = (audiences: Record<string, Of>): NewsOfHome => ({
  audiences: Object.entries(audiences).map(([audience, of]) => ({ audience, seen: [], acts: [], ...of })),
})
const marks = (...of: Parameters<typeof marksOf>): Marks => {
  const made = marksOf(...of)
  if (!made) throw new Error('nothing is known')
  return made
}
const item = (id: string, ...audiences: string[]) => ({ id, audiences: audiences.length > 0 ? audiences : ['x'] })

describe('marksOf()', () => {
  it('is undefined while the API has said nothing', () => {
    expect(marksOf(undefined, withSeen(nothingDone, 'n1'))).toBeUndefined()
  })

  it('adds what was done on this device to what the API says', () => {
    const here = withAct(withSeen(nothingDone, 'n2'), { news: 'n3', signedAt: at })
    const known = marks(state({ x: { seen: ['n1'], acts: [{ news: 'n3', remindedAt: at }] } }), here)
    expect(['n1', 'n2', 'n3'].map(news => isSeen({ id: news }, known))).toEqual([true, true, false])
    expect(known.acts.get('n3')).toEqual({ news: 'n3', remindedAt: at, signedAt: at })
  })

  it('adds up the children signed for, whoever says so', () => {
    const here = withAct(nothingDone, { news: 'n1', signedFor: ['lea'] })
    const known = marks(state({ x: { acts: [{ news: 'n1', signedFor: ['tom'] }] } }), here)
    expect(known.acts.get('n1')?.signedFor?.toSorted()).toEqual(['lea', 'tom'])
  })

  it('adds the marks of older items that were asked for', () => {
    const known = marks(state({ x: { since: 'n5' } }), nothingDone, [{ news: 'n1', seenAt: at }, { news: 'n2' }])
    expect([isUnread(item('n1'), known), isUnread(item('n2'), known)]).toEqual([false, true])
  })
})

describe('isUnread()', () => {
  it('is true for what the state covers and does not name', () => {
    const known = marks(state({ x: { seen: ['n2'] } }))
    expect(['n3', 'n2', 'n1'].map(id => isUnread(item(id), known))).toEqual([true, false, true])
    expect(isUnread(item('n1', 'other'), known)).toBe(true)
  })

  it('is false for items older than what the state covers, which are not known', () => {
    const known = marks(state({ x: { seen: ['n6'], since: 'n5' } }))
    expect(['n7', 'n5', 'n4'].map(id => isUnread(item(id), known))).toEqual([true, true, false])
    expect(['n6', 'n5', 'n4'].map(id => isKnown(item(id), known))).toEqual([true, true, false])
  })

  it('is known for an item of which one audience’s marks reach back far enough', () => {
    const known = marks(state({ x: { since: 'n5' }, y: { since: 'n2' } }))
    expect([isKnown(item('n3', 'x'), known), isKnown(item('n3', 'x', 'y'), known)]).toEqual([false, true])
  })
})

describe('unconfirmed()', () => {
  it('keeps what the API does not tell yet, and nothing else', () => {
    const here = withAct(
      withAct(withSent(withSeen(withSeen(nothingDone, 'n1'), 'n2'), ['n1 1', 'n2 1']), {
        news: 'n3',
        signedFor: ['lea'],
      }),
      { news: 'n4', signedAt: at },
    )
    const told = state({
      x: {
        seen: ['n1'],
        acts: [
          { news: 'n3', signedFor: ['tom'] },
          { news: 'n4', signedAt: at },
        ],
      },
    })
    expect(unconfirmed(here, told)).toEqual({
      seen: [{ news: 'n2', isSent: true }],
      acts: [{ news: 'n3', signedFor: ['lea'] }],
    })
  })

  it('never makes an item unread again that was opened here, whatever the API tells in which order', () => {
    const act = fc.oneof(
      fc.record({ open: fc.constantFrom('n1', 'n2', 'n3') }),
      fc.record({ told: fc.subarray(['n1', 'n2', 'n3']) }),
    )
    assertProperty(
      fc.property(fc.array(act, { maxLength: 12 }), acts => {
        let here = nothingDone
        let last = state({})
        const [opened, recorded] = [new Set<string>(), new Set<string>()]
        for (const one of acts) {
          if ('open' in one) {
            opened.add(one.open)
            here = withSeen(here, one.open)
          } else {
            // The API tells of what it has recorded, and forgets nothing.
            for (const news of one.told) if (opened.has(news)) recorded.add(news)
            last = state({ x: { seen: [...recorded] } })
            here = unconfirmed(here, last)
          }
          const known = marks(last, here)
          for (const news of opened) expect(isUnread(item(news), known)).toBe(false)
        }
      }),
    )
  })
})

describe('an item whose text has changed', () => {
  const edited = { ...item('n1'), edition: 2 }

  it('is unread again, until its present text was opened', () => {
    const known = marks(state({ x: { seen: ['n1'], acts: [] } }))
    expect([isUnread(item('n1'), known), isUnread(edited, known), isChanged(edited, known)]).toEqual([
      false,
      true,
      true,
    ])
    const here = withSeen(nothingDone, 'n1', 2)
    const after = marks(state({ x: { seen: ['n1'], acts: [] } }), here)
    expect([isUnread(edited, after), isChanged(edited, after)]).toEqual([false, false])
  })

  it('stays noted on the device until the API tells of that text', () => {
    const here = withSent(withSeen(withSeen(nothingDone, 'n1'), 'n1', 2), ['n1 1'])
    expect(here.seen).toEqual([{ news: 'n1', edition: 2, isSent: false }])
    expect(unconfirmed(here, state({ x: { seen: ['n1'], acts: [] } })).seen).toHaveLength(1)
    expect(unconfirmed(here, state({ x: { seen: ['n1'], acts: [{ news: 'n1', seenEdition: 2 }] } })).seen).toEqual([])
  })

  it('counts the signatures of the later text, whichever is told first', () => {
    const former = { news: 'n1', signedFor: ['lea', 'tom'] }
    const later = { news: 'n1', signedFor: ['lea'], signedEdition: 2 }
    for (const [told, done] of [
      [former, later],
      [later, former],
    ] as const)
      expect(marks(state({ x: { seen: ['n1'], acts: [told] } }), withAct(nothingDone, done)).acts.get('n1')).toEqual(
        later,
      )
    expect(unconfirmed(withAct(nothingDone, later), state({ x: { seen: ['n1'], acts: [former] } })).acts).toEqual([
      later,
    ])
    expect(unconfirmed(withAct(nothingDone, former), state({ x: { seen: ['n1'], acts: [later] } })).acts).toEqual([])
  })
})

describe('withSeen()', () => {
  it('notes each item once, the newest first, and does not grow for ever', () => {
    const twice = withSeen(withSeen(withSeen(nothingDone, 'n1'), 'n2'), 'n1')
    expect(twice.seen.map(one => one.news)).toEqual(['n2', 'n1'])
    let here = nothingDone
    for (let count = 0; count < 600; count++) here = withSeen(here, `n${count}`)
    expect([here.seen.length, here.seen[0]?.news]).toEqual([500, 'n599'])
  })
})

describe('seenBody()', () => {
  it('names the edition of each item, and is read back as it was made', () => {
    const keys = ['n1 1', 'n2 3']
    expect(seenBody(keys)).toEqual({ news: ['n1', 'n2'], editions: [1, 3] })
    for (const some of [keys, ['n1 1'], []]) expect(keysOfBody(seenBody(some))).toEqual(some)
  })
})

describe('withoutFormer()', () => {
  it('keeps of an item the edition that was opened last, in the place of the first', () => {
    expect(withoutFormer(['n1 1', 'n2 1', 'n1 2'])).toEqual(['n1 2', 'n2 1'])
  })
})
