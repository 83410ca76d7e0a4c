import { useMemo } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { type ChildFace, ChildMark, childFaces } from '../../ui/child-mark.tsx'
import { RowLink } from '../../ui/list.tsx'
import { Tag } from '../../ui/tag.tsx'
import { awaitsSignature, type ReaderNews } from '../data/reading.ts'
import { texts } from './row-texts.ts'
import type { Filter } from './rows.ts'

/** The marks of the reader's children; none for a reader with one child, whom everything concerns. */
export const useChildFaces = (me: Me): ReadonlyMap<string, ChildFace> =>
  useMemo(() => (me.children.length > 1 ? childFaces(me.children) : new Map()), [me.children])

export type NewsRowProps = {
  readonly row: ReaderNews
  readonly faces: ReadonlyMap<string, ChildFace>
  /** Names the school: for those who have several. */
  readonly showSchool: boolean
  /**
   * `list`: under the day it was published on. `home`: alone, so it says when, and of a notice only the children whose
   * signature is awaited.
   */
  readonly variant?: 'list' | 'home'
  /** It is open beside the list. */
  readonly isOpen?: boolean
  /** The page keeps its scroll position: the item opens beside the list. */
  readonly stays?: boolean
  /** The list's filter, which the item's address keeps. */
  readonly search?: Filter | undefined
}

/** One news item: all of the row leads to its page. */
export const NewsRow = ({ row, faces, showSchool, variant = 'list', isOpen, stays, search }: NewsRowProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { news, children, signing, unread, changed, reminded } = row
  const isHome = variant === 'home'
  const unsigned = signing.by === 'pupil' ? signing.children.filter(one => !one.signed).map(one => one.id) : []
  const marks = (isHome && unsigned.length > 0 ? unsigned : children).flatMap(child => faces.get(child) ?? [])
  const isSigned = signing.by !== 'nobody' && !awaitsSignature(signing)
  const school = showSchool && news.schoolName
  const when = news.pinned ? dates.day(news.publishedAt) : dates.time(news.publishedAt)
  const detail = isHome
    ? [t('news.row.by', { name: news.author.name, when: dates.ago(news.publishedAt) }), school]
    : [news.author.name, school, when]
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
      excerpt={news.excerpt}
      detail={detail.filter(Boolean).join(' · ')}
      tags={
        <>
          {news.urgent && (
            <Tag tone="late" icon="urgent">
              {t('news.row.urgent')}
            </Tag>
          )}
          {awaitsSignature(signing) && (
            <Tag tone="soon" icon="pen">
              {t('news.row.toSign')}
            </Tag>
          )}
          {isSigned && !isHome && (
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
      }
    />
  )
}
