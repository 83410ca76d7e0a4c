import { describe, expect, it } from 'vitest'
import type { CollectedHandIn } from '../../../shared/work/hand-in.ts'
import { commentsToReuse, withComment } from '../../../web/work/collected/comments.ts'
import type { PupilNote } from '../../../web/work/collected/notes.ts'

const at = '2026-11-23T07:00:00.000Z'
const pupil = (id: string, more: Partial<CollectedHandIn> = {}): CollectedHandIn => ({
  ...{ id, givenName: id, familyName: id, state: 'handed-in', versions: 1 },
  ...more,
})
const typed = (comment: string): PupilNote => ({ comment, mark: '', at })

describe('commentsToReuse()', () => {
  it('offers what was written of others, as it stands now, the most used first, each once', () => {
    const items = [
      pupil('a', { note: { comment: 'Bien.', at } }),
      pupil('b', { note: { comment: 'Avant.', at } }),
      pupil('c', { returned: { comment: 'Soignez les accords.', at, version: '0' } }),
      pupil('d'),
      pupil('e', { note: { comment: ' ', at } }),
    ]
    const here = new Map([
      ['b', typed('Soignez les accords. ')],
      ['d', typed('Le mien.')],
    ])
    expect(commentsToReuse(items, here, 'd')).toEqual(['Soignez les accords.', 'Bien.'])
  })

  it('offers eight at most', () => {
    const items = Array.from({ length: 20 }, (_, index) => pupil(`p${index}`, { note: { comment: `C${index}`, at } }))
    expect(commentsToReuse(items, new Map(), 'x')).toHaveLength(8)
  })
})

describe('withComment()', () => {
  it('adds to what was typed, and stands alone where nothing was', () => {
    expect([withComment('', 'Bien.'), withComment('Vu. ', 'Bien.')]).toEqual(['Bien.', 'Vu.\nBien.'])
  })
})
