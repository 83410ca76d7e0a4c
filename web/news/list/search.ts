import { useMemo } from 'react'
import { fold } from '../../../shared/kernel/names.ts'
import { newsBoard } from '../../../shared/news/board.ts'
import { useKnownFiles } from '../../platform/boards/boards.ts'
import type { ReaderNews } from '../data/reading.ts'
import { isSoughtIn } from './matching.ts'

/** The longest text that is searched for, in characters. */
export const longestSearch = 80

/**
 * The rows whose title, text or author holds what is sought: of texts, those that this device holds, which are all short ones
 * and those that were read or fetched ahead. Nothing is asked of the network, so that it works without one; of what is older
 * than the boards the list holds the beginning.
 */
export const useSought = (
  rows: readonly ReaderNews[] | undefined,
  sought: string,
): readonly ReaderNews[] | undefined => {
  const isSought = fold(sought) !== ''
  const refs = useMemo(
    () =>
      isSought
        ? (rows ?? []).flatMap(({ news: { source, text } }) =>
            source && text ? [{ audience: source, file: text }] : [],
          )
        : [],
    [rows, isSought],
  )
  const texts = useKnownFiles(newsBoard, 'text', refs)
  const folded = useMemo(
    () =>
      isSought
        ? (rows ?? []).map(({ news }) => {
            const text = news.opened?.body ?? texts.get(news.text ?? '')?.body ?? news.excerpt
            return fold(`${news.title} ${news.author.name} ${text}`)
          })
        : [],
    [rows, texts, isSought],
  )
  return useMemo(
    () => (isSought ? rows?.filter((_, at) => isSoughtIn(folded[at] ?? '', sought)) : rows),
    [rows, folded, sought, isSought],
  )
}
