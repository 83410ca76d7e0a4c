import { Fragment } from 'react'
import styles from './plain-text.module.css'

/** Addresses in a text. What ends a sentence is no part of one. */
const address = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]/g

type Part = { readonly at: number; readonly text: string; readonly isLink: boolean }

/** A text in its parts: words, and the addresses in it. */
export const partsOf = (text: string): Part[] => {
  const parts: Part[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    parts.push({ at: from, text: text.slice(from, index), isLink: false }, { at: index, text: found, isLink: true })
    from = index + found.length
  }
  return [...parts, { at: from, text: text.slice(from), isLink: false }].filter(part => part.text !== '')
}

/** What somebody typed on several lines, with its addresses as links. */
export const PlainText = ({ text }: { readonly text: string }) => (
  <p className={styles.text}>
    {partsOf(text).map(part => (
      <Fragment key={part.at}>
        {part.isLink ? (
          <a href={part.text} rel="noopener noreferrer" target="_blank">
            {part.text}
          </a>
        ) : (
          part.text
        )}
      </Fragment>
    ))}
  </p>
)
