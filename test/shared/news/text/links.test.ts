import { describe, expect, it } from 'vitest'
import type { Inline } from '../../../../shared/news/text/blocks.ts'
import { parse } from '../../../../shared/news/text/parse.ts'

/** What readers see of one paragraph: links as `‹words|address›`, strong and emphasized words as `{s …}` and `{e …}`. */
const seen = (parts: readonly Inline[]): string =>
  parts
    .map(part => {
      if (part.type === 'text') return part.text
      if (part.type === 'break') return '↵'
      const words = seen(part.children)
      return part.type === 'link' ? `‹${words}|${part.address}›` : `{${part.type[0]} ${words}}`
    })
    .join('')

const read = (markdown: string): string => {
  const [block, ...others] = parse(markdown)
  expect(others).toEqual([])
  return block?.type === 'paragraph' ? seen(block.children) : `a ${block?.type}`
}

describe('parse() of links', () => {
  it.each([
    ['www.college.fr', '‹www.college.fr|https://www.college.fr/›'],
    ['Voir www.college.fr/menu.', 'Voir ‹www.college.fr/menu|https://www.college.fr/menu›.'],
    ['vs@college.fr', '‹vs@college.fr|mailto:vs@college.fr›'],
    ['(prenom.nom-a@ac-grenoble.fr)', '(‹prenom.nom-a@ac-grenoble.fr|mailto:prenom.nom-a@ac-grenoble.fr›)'],
    ['04 75 01 02 03', '‹04 75 01 02 03|tel:0475010203›'],
    ['04.75.01.02.03, 0475010203', '‹04.75.01.02.03|tel:0475010203›, ‹0475010203|tel:0475010203›'],
    ['Tél.\u00a0: +33 (0)4 75 01 02 03.', 'Tél.\u00a0: ‹+33 (0)4 75 01 02 03|tel:+33475010203›.'],
    ['https://x.fr/a_(b)', '‹https://x.fr/a_(b)|https://x.fr/a_(b)›'],
    ['(voir https://x.fr/a_(b))', '(voir ‹https://x.fr/a_(b)|https://x.fr/a_(b)›)'],
    ['https://x.fr/?a[]=1&amp;b=*c*d', '‹https://x.fr/?a[]=1&b=*c*d|https://x.fr/?a[]=1&b=*c*d›'],
    ['https://x.fr/*a*/_b_', '‹https://x.fr/*a*/_b|https://x.fr/*a*/_b›_'],
    ['**https://x.fr/a**', '{s ‹https://x.fr/a|https://x.fr/a›}'],
    ['*vs@college.fr* et _www.x.fr_', '{e ‹vs@college.fr|mailto:vs@college.fr›} et {e ‹www.x.fr|https://www.x.fr/›}'],
    ['<https://x.fr/a> <vs@x.fr>', '‹https://x.fr/a|https://x.fr/a› ‹vs@x.fr|mailto:vs@x.fr›'],
    ['[le site](www.college.fr)', '‹le site|https://www.college.fr/›'],
    ['[appeler](tel:0475010203)', '‹appeler|tel:0475010203›'],
    ['[appeler](tel:+33 4 75 01 02 03) [x](04 75 01 02 03)', '‹appeler|tel:+33475010203› ‹x|tel:0475010203›'],
    ['[écrire](vs@college.fr)', '‹écrire|mailto:vs@college.fr›'],
    ['[**a** b](https://x.fr/c_(d))', '‹{s a} b|https://x.fr/c_(d)›'],
    ['[x](<https://x.fr/a b>)', '‹x|https://x.fr/a%20b›'],
    ['[](https://x.fr)', '‹https://x.fr|https://x.fr/›'],
    ['[ &nbsp; ](www.x.fr)', '‹www.x.fr|https://www.x.fr/›'],
    ['*a [b* c](https://x.fr)', '*a ‹b* c|https://x.fr/›'],
    ['[a [b](https://x.fr) c](https://y.fr)', '[a ‹b|https://x.fr/› c](‹https://y.fr|https://y.fr/›)'],
  ])('makes of %j %j', (markdown, expected) => {
    expect(read(markdown)).toBe(expected)
  })

  it.each([
    '[le site](https://)',
    '[x](javascript:alert(1))',
    '[x](data:text/html,x)',
    '[x](ftp://x.fr)',
    '[x](mon plan)',
    'https:// et www. et http',
    'a@b et @vie.scolaire et a@b@c',
    '01.02.2026 14 h 30',
    'FR76 3000 6000 0112 3456 7890 189',
    '012 345 678 00012',
    '1234-5678-9012',
    '2026-11-27 08:30:00',
  ])('leaves %j as it stands, with its address', text => {
    expect(read(text)).toBe(text)
  })
})

describe('parse() of signs', () => {
  it.each([
    '5*3*2',
    '5 * 3 * 2',
    'P:\\commun\\_6A',
    '\\\\serveur\\commun\\_6A\\*.odt',
    '+ 5 €',
    'étudiant·e*s*',
    'snake_case_name',
    '06. 12. 34',
    'Bien ****',
    '*a**a',
    'AT&T &rien; &',
    '#hashtag',
    '[x]',
    '2 < 3 > 1',
  ])('keeps those of %j', text => {
    expect(read(text)).toBe(text)
  })

  it.each([
    ['**Attention :**les clés', '{s Attention :}les clés'],
    ['mot**s**', 'mot{s s}'],
    ['***x*** et **a *b***', '{e {s x}} et {s a {e b}}'],
    ['Un \\*astérisque\\* et \\_ceci\\_', 'Un *astérisque* et _ceci_'],
    ['&laquo;&nbsp;Oui&nbsp;&raquo; &#233; &#xD800;', '«\u00a0Oui\u00a0» é \ufffd'],
    ['**P:\\commun\\_6A**', '{s P:\\commun\\_6A}'],
    ['un\\\ndeux  \ntrois', 'un↵deux↵trois'],
    ['![plan](https://x.fr/p.png)', '!‹plan|https://x.fr/p.png›'],
  ])('makes of %j %j', (markdown, expected) => {
    expect(read(markdown)).toBe(expected)
  })
})
