import { useMemo } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { type ChildFace, ChildMark, childFaces } from '../../ui/child-mark.tsx'
import { RowLink } from '../../ui/list.tsx'
import { Tag } from '../../ui/tag.tsx'
import { awaitsSignature, type ReaderNews } from '../data/reading.ts'
import { texts as shared } from '../texts.ts'
import { useWide } from '../wide.ts'
import type { Filter } from './rows.ts'
import { texts } from './texts.ts'

/** The marks of the reader's children; none where there is one child only, whom everything concerns. */
export const useChildFaces = (me: Me): ReadonlyMap<string, ChildFace> =>
  useMemo(() => (me.children.length > 1 ? childFaces(me.children) : new Map()), [me.children])

export type NewsRowProps = {
  readonly row: ReaderNews
  /** It is being read, beside the list. */
  readonly isOpen: boolean
  readonly faces: ReadonlyMap<string, ChildFace>
  /** Names the school: for those who have several. */
  readonly showSchool: boolean
  /** What the list is narrowed down to, which it stays. */
  readonly search: Filter
}

/** One news item of the list: all of it leads to its page. */
export const NewsRow = ({ row, isOpen, faces, showSchool, search }: NewsRowProps) => {
  const isWide = useWide()
  const t = useTexts(texts, shared)
  const dates = useDates()
  const { news, children, signing, unread, reminded } = row
  const marks = children.flatMap(child => faces.get(child) ?? [])
  const isSigned = signing.by !== 'nobody' && !awaitsSignature(signing)
  const when = news.pinned ? dates.day(news.publishedAt) : dates.time(news.publishedAt)
  return (
    <RowLink
      to="/news/:audience/:news"
      params={{ audience: news.audiences[0] ?? '', news: news.id }}
      search={search}
      stays={isWide}
      aria-current={isOpen ? 'page' : undefined}
      fresh={unread && t('news.row.unread')}
      lead={marks.length > 0 && marks.map(face => <ChildMark key={face.name + face.initial} face={face} />)}
      title={news.title}
      excerpt={news.excerpt}
      detail={[news.author.name, showSchool && news.schoolName, when].filter(Boolean).join(' · ')}
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
          {isSigned && (
            <Tag tone="done" icon="check">
              {t('news.row.signed')}
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
