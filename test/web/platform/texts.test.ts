import { describe, expect, it } from 'vitest'
import { below, type Node, nodesOf, treeOf, webSources } from './web-sources.ts'

/** Attributes and properties whose value a person reads or hears. */
const read = new Set([
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-placeholder'],
  ...['title', 'placeholder', 'alt', 'label', 'hint', 'error', 'lead', 'text', 'summary', 'description'],
])

/** Names, which are the same in every language, and keys of the catalogues. */
const isText = (value: unknown): boolean =>
  typeof value === 'string' && /\p{L}/u.test(value.replace(/\bPréau\b/g, '')) && !/^[a-z]+(\.[\w-]+)+$/.test(value)

/** The literal texts that `node` may come to: of a template, a choice, a list; not the arguments of a call. */
const textsOf = (node: Node): readonly string[] => {
  switch (node.type) {
    case 'JSXText':
    case 'Literal':
      return isText(node.value) ? [String(node.value).trim()] : []
    case 'TemplateElement':
      return isText((node.value as { cooked: string }).cooked) ? [(node.value as { cooked: string }).cooked] : []
    case 'LogicalExpression':
      return textsOf(node.right as Node)
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap(one => textsOf(one as Node))
    case 'TemplateLiteral':
    case 'ArrayExpression':
    case 'JSXExpressionContainer':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return below(node).flatMap(textsOf)
    default:
      return []
  }
}

const nameOf = (node: unknown): unknown => {
  const { type, name, value } = (node ?? {}) as Node
  return type === 'Literal' ? value : name
}

/** What a person would read or hear that a script says itself. */
const said = (tree: Node): readonly string[] =>
  [...nodesOf(tree)].flatMap(node => {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') return (node.children as Node[]).flatMap(textsOf)
    const [isAttribute, isProperty] = [node.type === 'JSXAttribute', node.type === 'Property']
    const value = node.value as Node | null
    if (!value || !read.has(String(nameOf(isAttribute ? node.name : isProperty ? node.key : undefined)))) return []
    // A property may hold a name of the code's own.
    return textsOf(value).filter(text => isAttribute || !/^[a-z-]+$/.test(text))
  })

describe('the web app', () => {
  it.each(webSources().map(({ path, tree }) => [path, tree] as const))(
    '%s holds no text outside the catalogues',
    (_, tree) => {
      expect(said(tree)).toEqual([])
    },
  )
})

describe('said()', () => {
  it.each([
    ['<p>Bonjour</p>', ['Bonjour']],
    ['<p>Préau</p>', []],
    ['<p>{name}: {t("news.title")} · {3}</p>', []],
    ['<p>{late && "En retard"}{early ? "Tôt" : other}</p>', ['En retard', 'Tôt']],
    [`<p>{\`Publié \${when}\`}</p>`, ['Publié ']],
    ['<img alt="Un toit" src="toit.svg" />', ['Un toit']],
    ['<Field label={busy ? "Envoi" : t("a.b")} name="login" />', ['Envoi']],
    [`<input aria-label={\`Nom de \${who}\`} />`, ['Nom de ']],
    ['toast({ text: "Enregistré" })', ['Enregistré']],
    ['places.push({ label: "app.home", title: "title-missing", to: "/news" })', []],
  ])('finds in %s: %j', (source, heard) => {
    expect(said(treeOf('screen.tsx', source))).toEqual(heard)
  })
})
