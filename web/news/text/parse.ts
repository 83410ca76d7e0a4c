import { fromMarkdown } from 'mdast-util-from-markdown'

type Node = ReturnType<typeof fromMarkdown>['children'][number]
type Phrase = Extract<Node, { type: 'paragraph' }>['children'][number]

/**
 * Constructs of Markdown that news do not support. They are parsed as plain text: HTML and images show their source, and
 * indented text is no block of code.
 */
const leftOut = [
  'htmlFlow',
  'htmlText',
  'labelStartImage',
  'definition',
  'codeIndented',
  'codeFenced',
  'codeText',
  'setextUnderline',
]

/** Schemes that a link may have. */
const schemes = ['http:', 'https:', 'mailto:']

/** The address normalized as browsers do, or undefined if its scheme is not allowed. */
export const safeAddress = (address: string): string | undefined => {
  try {
    const url = new URL(address)
    return schemes.includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly address: string; readonly children: readonly Inline[] }
  | { readonly type: 'break' }

export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly depth: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly type: 'list'; readonly start?: number | undefined; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'rule' }

const text = (value: string): Inline => ({ type: 'text', text: value })

/** A web address in running text, without the punctuation that follows it. */
const bareAddress = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]»]/g

/** Splits a text into lines and links: line ends become line breaks, and bare web addresses become links. */
const fromText = (value: string, linked: boolean): Inline[] =>
  value.split('\n').flatMap((line, index): Inline[] => {
    const parts: Inline[] = index > 0 ? [{ type: 'break' }] : []
    let end = 0
    for (const match of linked ? [] : line.matchAll(bareAddress)) {
      const address = safeAddress(match[0])
      if (address === undefined) continue
      if (match.index > end) parts.push(text(line.slice(end, match.index)))
      parts.push({ type: 'link', address, children: [text(match[0])] })
      end = match.index + match[0].length
    }
    return end < line.length ? [...parts, text(line.slice(end))] : parts
  })

const inlines = (nodes: readonly Phrase[], linked = false): Inline[] => nodes.flatMap(node => inline(node, linked))

const inline = (node: Phrase, linked: boolean): Inline[] => {
  switch (node.type) {
    case 'text':
      return fromText(node.value, linked)
    case 'strong':
    case 'emphasis':
      return [{ type: node.type, children: inlines(node.children, linked) }]
    case 'break':
      return [{ type: 'break' }]
    case 'link': {
      const address = safeAddress(node.url)
      const children = inlines(node.children, true)
      return address === undefined || children.length === 0 ? children : [{ type: 'link', address, children }]
    }
    default:
      return asText(node)
  }
}

/** The text content of an unsupported node. */
const asText = (node: Node): Inline[] => {
  if ('children' in node) return node.children.flatMap(asText)
  return 'value' in node ? [text(node.value)] : []
}

const block = (node: Node): Block[] => {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', children: inlines(node.children) }]
    case 'heading':
      return [{ type: 'heading', depth: Math.min(node.depth, 3) as 1 | 2 | 3, children: inlines(node.children) }]
    case 'list':
      return [
        {
          type: 'list',
          ...(node.ordered && { start: node.start ?? 1 }),
          items: node.children.map(item => item.children.flatMap(block)),
        },
      ]
    case 'blockquote':
      return [{ type: 'quote', children: node.children.flatMap(block) }]
    case 'thematicBreak':
      return [{ type: 'rule' }]
    default: {
      const children = asText(node)
      return children.length > 0 ? [{ type: 'paragraph', children }] : []
    }
  }
}

/** Parses the Markdown of a news item. Never throws, since every text is valid Markdown. */
export const parse = (markdown: string): Block[] => {
  const root = fromMarkdown(markdown, { extensions: [{ disable: { null: leftOut } }] })
  return root.children.flatMap(block)
}
