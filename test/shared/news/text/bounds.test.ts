import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newsLimits } from '../../../../shared/news/draft.ts'
import type { Block, Inline } from '../../../../shared/news/text/blocks.ts'
import { parse, parsed } from '../../../../shared/news/text/parse.ts'
import { plainText } from '../../../../shared/news/text/plain.ts'
import { textLimits } from '../../../../shared/news/text/work.ts'
import { assertProperty } from '../../../support/property.ts'

type Part = Block | Inline

const childrenOf = (part: Part): readonly Part[] =>
  'children' in part ? part.children : part.type === 'list' ? part.items.flat() : []

/** Parts within a text, and how deep they stand in one another: counted without calling itself. */
const sizeOf = (blocks: readonly Part[]): { parts: number; depth: number } => {
  let [parts, depth, level] = [0, 0, blocks]
  for (; level.length > 0; depth++) {
    parts += level.length
    level = level.flatMap(childrenOf)
  }
  return { parts, depth }
}

const within = (markdown: string) => {
  const { parts, depth } = sizeOf(parse(markdown))
  expect(parts).toBeLessThanOrEqual(textLimits.parts)
  // A list is a level in which each item is one; words in a link in it are two more.
  expect(depth).toBeLessThanOrEqual(2 * textLimits.levels + textLimits.emphasis + 3)
}

/** What froze or broke a reader, or would a parser that looks back: as long as a text may be. */
const hostile = [
  ...['>', '> ', '- ', '1. ', '* ', '- > ', '> - ', '- a\n', '>\n', '#', '# '],
  ...['*_[', '*a**a', '*a ', '*a _a ', '**', '_a_', '[', ']', '![', '[](', '](', '](a', '](<', '[a](b "', '[a](('],
  ...['\\', '\\\n', '\\_a', '`', '<', '<a', '&', '&#', '&a', '\n', ' \n', ' ', '\t', 'a', 'a ', '\u0301', '👩\u200d'],
  ...['https://', 'https://,', 'www.', 'www.a', 'a@', 'a@a', 'a.', 'a_', 'a@a.', '+1', '01', '0 1 ', '+', '(', ')'],
  ...['- - ', '*\n', 'a\n  ', '- a\n  - b\n', '1. a\n   > b\n', '[a](tel:', '[0 0', '--', 'a\u00a0'],
]
const longest = (piece: string): string =>
  piece.repeat(Math.ceil(newsLimits.body / piece.length)).slice(0, newsLimits.body)

describe('parse() of a text made to break readers', () => {
  it.each(hostile.map(piece => [piece, longest(piece)]))('bounds %j', (_, text) => {
    within(text)
  })

  it.each(['>'.repeat(2817), '- '.repeat(1507), '1. '.repeat(1507), '1. '.repeat(6667)])('opens %.12s…', text => {
    within(text)
    expect(plainText(parse(`${text}fin`))).toContain('fin')
  })

  it('never throws, and bounds what it makes, whatever the pieces', () => {
    const piece = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 4 }))
    const run = fc.tuple(piece, fc.integer({ min: 1, max: 400 })).map(([one, times]) => one.repeat(times))
    assertProperty(
      fc.property(fc.array(run, { maxLength: 12 }), pieces => {
        within(pieces.join('').slice(0, newsLimits.body))
      }),
      { short: 300, long: 10_000 },
    )
  })
})

describe('parse() in steps', () => {
  /** Steps for each character of a text. */
  const stepsOf = (text: string): number => parsed(text).steps / text.length

  it.each(hostile)('takes no more for each character of a longer text of %j', piece => {
    const [short, long] = [piece.repeat(500), piece.repeat(5_000)]
    expect(stepsOf(long)).toBeLessThanOrEqual(1.2 * stepsOf(short) + 1)
  })

  it('takes no more for each character, whatever is repeated', () => {
    const piece = fc.array(fc.constantFrom(...hostile, 'b', '"', '://', 'fr'), { minLength: 1, maxLength: 6 })
    assertProperty(
      fc.property(piece, pieces => {
        const [short, long] = [pieces.join('').repeat(100), pieces.join('').repeat(1_000)]
        expect(stepsOf(long)).toBeLessThanOrEqual(1.5 * stepsOf(short) + 1)
      }),
      { short: 200, long: 5_000 },
    )
  })
})

describe('parse() of a text beyond the bounds', () => {
  it.each([
    ['levels', `${'> '.repeat(textLimits.levels + 1)}a`],
    ['emphasis', `${'*a '.repeat(textLimits.emphasis + 1)}${' a*'.repeat(textLimits.emphasis + 1)}`],
    ['parts', '- *a*\n'.repeat(2_000)],
  ])('gives it as it was typed: too many %s', (_, text) => {
    expect(parsed(text)).toMatchObject({ isPlain: true, blocks: [{ type: 'plain', text }] })
  })

  it('parses the longest text of an ordinary length of lines', () => {
    const line = '- Le **lundi 16 mars**, rendez-vous à *8 h* devant le gymnase (www.college.fr)\n'
    expect(parsed(longest(line)).isPlain).toBe(false)
    expect(parsed(`${'> '.repeat(textLimits.levels)}a`).isPlain).toBe(false)
  })
})
