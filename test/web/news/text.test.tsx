import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { safeAddress } from '../../../shared/news/text/address.ts'
import { Text } from '../../../web/news/text/text.tsx'
import { assertProperty } from '../../support/property.ts'

const html = (markdown: string): string =>
  renderToStaticMarkup(<Text markdown={markdown} />).replace(/^<div[^>]*>|<\/div>$/g, '')

/** Elements and attributes the subset is made of: nothing else is ever written. */
const allowed =
  /<\/?(p|h[2345]|ul|ol|li|strong|em|blockquote)>|<ol start="\d+">|<(br|hr)\/>|<\/a>|<a href="(https?:\/\/|mailto:|tel:)[^"]*" rel="noopener noreferrer">/g

describe('<Text>', () => {
  it.each([
    ['Bonjour', '<p>Bonjour</p>'],
    ['Un\nDeux', '<p>Un<br/>Deux</p>'],
    ['Un\n\nDeux', '<p>Un</p><p>Deux</p>'],
    ['**fort** et *doux*', '<p><strong>fort</strong> et <em>doux</em></p>'],
    ['# Un\n\n###### Six', '<h2>Un</h2><h4>Six</h4>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['> dit', '<blockquote><p>dit</p></blockquote>'],
    ['[ici](https://preau.example/a)', '<p><a href="https://preau.example/a" rel="noopener noreferrer">ici</a></p>'],
    [
      'Voir https://preau.example/a.',
      '<p>Voir <a href="https://preau.example/a" rel="noopener noreferrer">https://preau.example/a</a>.</p>',
    ],
    [
      '[https://a.example](https://b.example)',
      '<p><a href="https://b.example/" rel="noopener noreferrer">https://a.example</a></p>',
    ],
    ['    retrait', '<p>retrait</p>'],
  ])('renders %j', (markdown, expected) => {
    expect(html(markdown)).toBe(expected)
  })

  it.each([
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['a <b>gras</b>', '<p>a &lt;b&gt;gras&lt;/b&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['[x](JaVaScRiPt:alert(1))', '<p>[x](JaVaScRiPt:alert(1))</p>'],
    ['[x](data:text/html,x)', '<p>[x](data:text/html,x)</p>'],
    ['[x](//ailleurs.example)', '<p>[x](//ailleurs.example)</p>'],
    ['<javascript:alert(1)>', '<p>&lt;javascript:alert(1)&gt;</p>'],
  ])('renders %j harmlessly', (markdown, expected) => {
    expect(html(markdown)).toBe(expected)
  })

  it('renders headings below the level of the title', () => {
    const rendered = renderToStaticMarkup(<Text markdown={'# Un\n\n## Deux\n\n### Trois'} under={2} />)
    expect(rendered).toContain('<h3>Un</h3><h4>Deux</h4><h5>Trois</h5>')
  })

  it('renders what holds more than a device opens as it was typed, with its lines', () => {
    const text = `${'>'.repeat(2817)}\n<b>fin</b>`
    expect(html(text)).toMatch(/^<p class="[^"]*plain[^"]*">(&gt;){2817}\n&lt;b&gt;fin&lt;\/b&gt;<\/p>$/)
  })

  it('renders an image as its source text', () => {
    const rendered = html('![plan](https://preau.example/plan.png)')
    expect(rendered).not.toContain('<img')
    expect(rendered).toContain('plan')
  })

  it('renders only its own elements, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...['<script>', '</p>', '<img src=x onerror=alert(1)>', '<!--', ']]>', '&lt;', '&#106;avascript:', '\u0000'],
        ...[
          '[a](',
          ')',
          '![',
          '](',
          '<',
          '>',
          '"',
          "'",
          '`',
          '```\n',
          '~~~\n',
          '*',
          '**',
          '_',
          '# ',
          '> ',
          '- ',
          '1. ',
        ],
        ...['javascript:', 'data:text/html,', 'vbscript:', 'https://', 'mailto:', 'java\tscript:', '\\', '\n', '\n\n'],
        ...['[a]: javascript:alert(1)\n', '[a]', '<a href="javascript:x">', '    ', '---\n', 'alert(1)'],
      ),
      fc.string({ maxLength: 8 }),
    )
    assertProperty(
      fc.property(fc.array(piece, { maxLength: 24 }), pieces => {
        const rendered = html(pieces.join(''))
        expect(rendered.replace(allowed, '')).not.toMatch(/[<>]/)
      }),
      { short: 1_500, long: 50_000 },
    )
  })
})

describe('safeAddress()', () => {
  it('accepts http, https, mailto and tel, and no other scheme', () => {
    for (const address of ['mailto:a@b.example', 'tel:+33475010203']) expect(safeAddress(address)).toBe(address)
    assertProperty(
      fc.property(
        fc.constantFrom('javascript', 'data', 'vbscript', 'file', 'blob', 'ftp', ''),
        fc.string(),
        (scheme, rest) => {
          const address = safeAddress(`${scheme}:${rest}`)
          expect(address === undefined || /^(https?|mailto|tel):/.test(address)).toBe(true)
        },
      ),
    )
  })
})
