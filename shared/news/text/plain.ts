import type { Block, Inline } from './blocks.ts'

const ofInline = (part: Inline): string => {
  switch (part.type) {
    case 'text':
      return part.text
    case 'break':
      return '\n'
    default:
      return part.children.map(ofInline).join('')
  }
}

const ofBlock = (block: Block): string => {
  switch (block.type) {
    case 'list':
      return block.items.map(plainText).join('\n')
    case 'quote':
      return plainText(block.children)
    case 'rule':
      return ''
    case 'plain':
      return block.text
    default:
      return block.children.map(ofInline).join('')
  }
}

/** What a text says without its formatting: a line for each line that is read. */
export const plainText = (blocks: readonly Block[]): string => blocks.map(ofBlock).join('\n')
