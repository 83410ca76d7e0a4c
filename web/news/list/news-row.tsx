import { useMemo } from 'react'
import { isOpenToAnswers } from '../../../shared/news/rules.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { serverDate } from '../../platform/server-time.ts'
import { type ChildFace, ChildMark, childFaces } from '../../ui/child-mark.tsx'
import { Icon } from '../../ui/icon.tsx'
import { RowLink } from '../../ui/list.tsx'
import { Tag } from '../../ui/tag.tsx'
import { awaitsSignature, type ReaderNews, tellsSchool } from '../data/reading.ts'
import styles from './news-row.module.css'
import { texts } from './row-texts.ts'
import type { Filter } from './rows.ts'

/** The marks of the reader's children; none for a reader with one child, whom everything concerns. */
export const useChildFaces = (me: Me): ReadonlyMap<string, ChildFace> =>
  useMemo(() => (me.children.length > 1 ? childFaces(me.children) : new Map()), [me.children])

export type NewsRowProps = {
  readonly row: ReaderNews
  readonly faces: ReadonlyMap<string, ChildFace>
  readonly me: Me
  /** What the headings above say, which the row does not say again: the day, and that these are to be signed. */
  readonly under: { readonly day?: boolean; readonly toSign?: boolean }
  /** Without the text's beginning. */
  readonly isShort?: boolean
  /** It is open beside the list. */
  readonly isOpen?: boolean
  /** The page keeps its scroll position: the item opens beside the list. */
  readonly stays?: boolean
  /** The list's filter, which the item's address keeps. */
  readonly search?: Filter | undefined
}

/** One news item: all of the row leads to its page. A state is told where it asks for something, or closes it. */
export const NewsRow = ({ row, faces, me, under, isShort = false, isOpen, stays, search }: NewsRowProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { news, children, signing, unread } = row
  const unsigned = signing.by === 'pupil' ? signing.children.filter(one => !one.signed).map(one => one.id) : []
  const marks = (under.toSign && unsigned.length > 0 ? unsigned : children).flatMap(id => faces.get(id) ?? [])
  const when = under.day && !news.pinned ? dates.time(news.publishedAt) : dates.ago(news.publishedAt)
  const detail = [news.author.name, tellsSchool(row, me, faces) && news.schoolName, when]
  return (
    <RowLink
      to="/news/:audience/:news"
      params={{ audience: news.audiences[0] ?? '', news: news.id }}
      search={search}
      stays={stays}
      aria-current={isOpen ? 'page' : undefined}
      fresh={unread && t('news.row.unread')}
      lead={marks.length > 0 && marks.map(face => <ChildMark key={face.name + face.initial} face={face} />)}
      title={news.title}
      {...(!isShort && { excerpt: news.excerpt })}
      {...(awaitsSignature(signing) && news.deadline !== undefined && { more: <Due deadline={news.deadline} /> })}
      detail={detail.filter(Boolean).join(' · ')}
      tags={<NewsState row={row} isToSignSaid={under.toSign === true} />}
    />
  )
}

/** Until when it can be answered. */
const Due = ({ deadline }: { readonly deadline: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  if (!isOpenToAnswers({ deadline }, serverDate())) return null
  return (
    <span className={styles.due}>
      <Icon name="clock" size={16} />
      {t('news.row.before', { when: dates.dayTime(deadline) })}
    </span>
  )
}

const NewsState = ({ row, isToSignSaid }: { readonly row: ReaderNews; readonly isToSignSaid: boolean }) => {
  const t = useTexts(texts)
  const { news, signing, unread, changed, reminded } = row
  return (
    <>
      {news.urgent && unread && (
        <Tag tone="late" icon="urgent">
          {t('news.row.urgent')}
        </Tag>
      )}
      {awaitsSignature(signing) && !isToSignSaid && (
        <Tag tone="soon" icon="pen">
          {t('news.row.toSign')}
        </Tag>
      )}
      {signing.by !== 'nobody' && !awaitsSignature(signing) && (
        <Tag tone="done" icon="check">
          {t('news.row.signed')}
        </Tag>
      )}
      {changed && (
        <Tag tone="soon" icon="pen">
          {t('news.row.changed')}
        </Tag>
      )}
      {reminded && (
        <Tag tone="soon" icon="bell">
          {t('news.row.reminded')}
        </Tag>
      )}
    </>
  )
}
