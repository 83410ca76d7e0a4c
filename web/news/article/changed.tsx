import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { newsContract } from '../../../shared/news/contract.ts'
import { editionOf } from '../../../shared/news/rules.ts'
import type { FormerText, News } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { read } from '../../platform/read.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { spaced } from '../../ui/spaces.ts'
import { type Marks, seenEditionOf } from '../data/marks.ts'
import { Text } from '../text/text.tsx'
import styles from './changed.module.css'
import { texts } from './texts.ts'

type FormerContent = Pick<FormerText, 'title' | 'body' | 'files'>

/** A text that the reader has read and that is not the present one. `text`: where this page showed it. */
type Former = {
  readonly edition: number
  readonly how: 'reading' | 'signed' | 'seen'
  readonly text?: FormerContent
}

const formerOf = (news: News, marks: Marks | undefined): Former | undefined => {
  const edition = editionOf(news)
  const mark = marks?.acts.get(news.id)
  const signed = mark?.signedAt !== undefined || mark?.signedFor !== undefined ? (mark.signedEdition ?? 1) : undefined
  if (signed !== undefined && signed < edition) return { edition: signed, how: 'signed' }
  const seen = marks && seenEditionOf(news.id, marks)
  return seen !== undefined && seen < edition ? { edition: seen, how: 'seen' } : undefined
}

/**
 * The former text that a reader knows, as it was when the item was opened: that they have seen the present one meanwhile
 * does not take it away while they read. Where the text changes on the open page, the one that was there.
 */
export const useFormer = (news: News, marks: Marks | undefined): Former | undefined => {
  const [shown, setShown] = useState(news)
  const [former, setFormer] = useState<Former>()
  const [isKnown, setKnown] = useState(false)
  if (!isKnown && marks) {
    setKnown(true)
    setFormer(before => before ?? formerOf(news, marks))
  }
  if (editionOf(shown) < editionOf(news)) {
    const { title, body, attachments = [] } = shown
    const files = attachments.map(({ name }) => name)
    setShown(news)
    setFormer({ edition: editionOf(shown), how: 'reading', text: { title, body, files } })
  }
  return former
}

const Shown = ({
  text: { title, body, files = [] },
  under,
}: {
  readonly text: FormerContent
  readonly under: 1 | 2
}) => {
  const t = useTexts(texts)
  return (
    <>
      <p className={styles.title}>{spaced(title)}</p>
      <Text markdown={body} under={under} />
      {files.length > 0 && <p>{t('news.changed.files', { count: files.length, names: files.join(', ') })}</p>}
    </>
  )
}

const Fetched = ({
  news,
  edition,
  under,
}: {
  readonly news: string
  readonly edition: number
  readonly under: 1 | 2
}) => {
  const params = { news, edition: String(edition) }
  const query = useQuery(read(newsContract.routes.formerText, { params }))
  return (
    <ReadState query={query} loading={<Skeleton rows={2} />}>
      {text => <Shown text={text} under={under} />}
    </ReadState>
  )
}

type ChangedProps = {
  readonly news: News
  readonly former: Former
  /** True if a signature is awaited again. */
  readonly isAskedAgain: boolean
  readonly under: 1 | 2
}

/** Says that the text is not the one the reader knows, and shows that one beside it. */
export const Changed = ({ news, former, isAskedAgain, under }: ChangedProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const [isOpen, setOpen] = useState(false)
  const when = news.editedAt ? dates.dayTime(news.editedAt) : ''
  return (
    <>
      <Banner
        tone="warn"
        role="status"
        action={
          <Button variant="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? 'news.changed.hide' : 'news.changed.show')}
          </Button>
        }
      >
        {t(`news.changed.${former.how}`, { when })}
        {isAskedAgain && ` ${t('news.changed.again')}`}
      </Banner>
      {isOpen && (
        <section className={styles.former} aria-label={t('news.changed.former')}>
          <p className={styles.label}>{t('news.changed.former')}</p>
          {former.text ? (
            <Shown text={former.text} under={under} />
          ) : (
            <Fetched news={news.id} edition={former.edition} under={under} />
          )}
        </section>
      )}
    </>
  )
}
