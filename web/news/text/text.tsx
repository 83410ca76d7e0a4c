import { Fragment, type ReactNode, useMemo } from 'react'
import type { Block, Inline } from '../../../shared/news/text/blocks.ts'
import { parse } from '../../../shared/news/text/parse.ts'
import { spaced } from '../../ui/spaces.ts'
import styles from './text.module.css'

/** Renders the parts of a text with their index as key: a text is parsed and rendered as a whole, so parts never move. */
const renderAll = <Part,>(parts: readonly Part[], render: (part: Part) => ReactNode): ReactNode =>
  parts.map((part, index) => <Fragment key={String(index)}>{render(part)}</Fragment>)

const inline = (part: Inline): ReactNode => {
  switch (part.type) {
    case 'text':
      return spaced(part.text)
    case 'strong':
      return <strong>{renderAll(part.children, inline)}</strong>
    case 'emphasis':
      return <em>{renderAll(part.children, inline)}</em>
    case 'break':
      return <br />
    case 'link':
      return (
        <a href={part.address} rel="noopener noreferrer">
          {renderAll(part.children, inline)}
        </a>
      )
  }
}

type Heading = 'h2' | 'h3' | 'h4' | 'h5'
const headings = ['h2', 'h3', 'h4', 'h5'] as const satisfies readonly Heading[]

/** Renders blocks; `under` is the level of the title that the text's own headings stand below. */
const blocksUnder = (under: 1 | 2) => {
  const block = (part: Block): ReactNode => {
    switch (part.type) {
      case 'paragraph':
        return <p>{renderAll(part.children, inline)}</p>
      case 'heading': {
        const Heading = headings[under + part.depth - 2] ?? 'h5'
        return <Heading>{renderAll(part.children, inline)}</Heading>
      }
      case 'list': {
        const items = renderAll(part.items, item => <li>{listItem(item)}</li>)
        return part.start === undefined ? <ul>{items}</ul> : <ol start={part.start}>{items}</ol>
      }
      case 'quote':
        return <blockquote>{renderAll(part.children, block)}</blockquote>
      case 'rule':
        return <hr />
      case 'plain':
        return <p className={styles.plain}>{part.text}</p>
    }
  }
  /** The only paragraph of a list item is rendered without <p>. */
  const listItem = (blocks: readonly Block[]): ReactNode => {
    const [only, ...more] = blocks
    if (only?.type !== 'paragraph' || more.some(one => one.type !== 'list')) return renderAll(blocks, block)
    return (
      <>
        {renderAll(only.children, inline)}
        {renderAll(more, block)}
      </>
    )
  }
  return block
}

export type TextProps = { readonly markdown: string; readonly under?: 1 | 2 }

/** The text of a news item. */
export const Text = ({ markdown, under = 1 }: TextProps) => {
  const blocks = useMemo(() => parse(markdown), [markdown])
  return <div className={styles.text}>{renderAll(blocks, blocksUnder(under))}</div>
}
