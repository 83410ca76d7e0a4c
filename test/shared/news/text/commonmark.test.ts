import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, it } from 'vitest'
import type { Block, Inline } from '../../../../shared/news/text/blocks.ts'
import { parse } from '../../../../shared/news/text/parse.ts'
import { assertProperty } from '../../../support/property.ts'

type Node = ReturnType<typeof fromMarkdown>['children'][number]

const leftOut = ['htmlFlow', 'htmlText', 'labelStartImage', 'definition', 'codeIndented', 'codeFenced', 'codeText']

const inlines = (nodes: readonly Node[]): Inline[] =>
  nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return node.value
          .split('\n')
          .flatMap((text, index): Inline[] => [
            ...(index > 0 ? [{ type: 'break' } as const] : []),
            ...(text === '' ? [] : [{ type: 'text', text } as const]),
          ])
      case 'strong':
      case 'emphasis':
        return [{ type: node.type, children: inlines(node.children) }]
      case 'link':
        return [{ type: 'link', address: new URL(node.url).href, children: inlines(node.children) }]
      default:
        return [{ type: 'break' }]
    }
  })

const blocks = (nodes: readonly Node[]): Block[] =>
  nodes.map((node): Block => {
    switch (node.type) {
      case 'heading':
        return { type: 'heading', depth: Math.min(node.depth, 3) as 1 | 2 | 3, children: inlines(node.children) }
      case 'list': {
        const items = node.children.map(item => blocks(item.children))
        return { type: 'list', ...(node.ordered && { start: node.start ?? 1 }), items }
      }
      case 'blockquote':
        return { type: 'quote', children: blocks(node.children) }
      case 'paragraph':
        return { type: 'paragraph', children: inlines(node.children) }
      default:
        return { type: 'rule' }
    }
  })

/** What the parser of the packages that the news once used makes of a text. */
const expected = (markdown: string): Block[] =>
  blocks(fromMarkdown(markdown, { extensions: [{ disable: { null: [...leftOut, 'setextUnderline'] } }] }).children)

const word = fc.constantFrom('Sortie', 'au', 'musée', 'le 16 mars,', '8 h.', '« oui »', 'l’école', '(facultatif)')
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map(all => all.join(' '))
const phrase = fc
  .array(
    fc.oneof(
      words,
      words.map(text => `**${text}**`),
      words.map(text => `*${text}*`),
      words.map(text => `_${text}_`),
      fc.tuple(words, words).map(([a, b]) => `**${a} *${b}***`),
      words.map(text => `[${text}](https://college.fr/a_(b))`),
      words.map(text => `[**${text}**](<https://college.fr/?a=1&b=2>)`),
      fc.constantFrom('\\*', '\\[x]', '[x]', 'a & b', '5 * 3', '<b>', '`x`', '&eacute;', '&#39;', '!'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(all => all.join(' '))
const paragraph = fc.array(phrase, { minLength: 1, maxLength: 3 }).map(all => all.join('\n'))
const line = fc.oneof(
  paragraph,
  phrase.map(text => `# ${text}`),
  phrase.map(text => `### ${text} ##`),
  fc.array(phrase, { minLength: 1, maxLength: 3 }).map(all => all.map(text => `- ${text}`).join('\n')),
  fc.array(phrase, { minLength: 1, maxLength: 3 }).map(all => all.map((text, at) => `${at + 1}. ${text}`).join('\n')),
  fc.tuple(phrase, phrase, phrase).map(([a, b, c]) => `1. ${a}\n   - ${b}\n   - ${c}\n\n2. ${a}`),
  fc.tuple(phrase, paragraph).map(([a, b]) => `* ${a}\n\n  ${b.replaceAll('\n', '\n  ')}\n* ${a}`),
  paragraph.map(text => `> ${text.replaceAll('\n', '\n> ')}`),
  fc.tuple(paragraph, phrase).map(([a, b]) => `> ${a}\n>\n> - ${b}`),
  fc.constantFrom('---', '***', '- - -'),
)
const ordinary = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n\n', '\r\n\r\n')), { minLength: 1, maxLength: 6 })
  .map(all => all.flat().join(''))

describe('parse() of an ordinary text', () => {
  it('gives what a parser of CommonMark gives', () => {
    assertProperty(
      fc.property(ordinary, markdown => {
        expect(parse(markdown)).toEqual(expected(markdown))
      }),
      { short: 500, long: 20_000 },
    )
  })
})
