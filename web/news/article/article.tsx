import { useEffect, useRef } from 'react'
import { editionOf, mayManage } from '../../../shared/news/rules.ts'
import type { News, NewsMark } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Readable } from '../../platform/read.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { ChildMark } from '../../ui/child-mark.tsx'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { spaced } from '../../ui/spaces.ts'
import { Tag } from '../../ui/tag.tsx'
import { useAudienceName } from '../audience-name.ts'
import { noteSeen } from '../data/done-here.ts'
import { isSeen, type Marks } from '../data/marks.ts'
import { awaitsSignature, concerns, isReminded, signingOf } from '../data/reading.ts'
import { useChildFaces } from '../list/news-row.tsx'
import { texts as row } from '../list/row-texts.ts'
import { Text } from '../text/text.tsx'
import { texts as shared } from '../texts.ts'
import styles from './article.module.css'
import { Changed, useFormer } from './changed.tsx'
import { type Among, NextNotice, useGoOn } from './next-notice.tsx'
import { Signature } from './signature.tsx'
import { texts } from './texts.ts'

export type ArticleProps = {
  readonly query: Readable<News>
  readonly me: Me
  readonly marks: Marks | undefined
  /** Shows the title and moves the focus to it: where the screen's own title is another. */
  readonly isTitled: boolean
  /** What else is to be signed: where the reader goes on once this is. */
  readonly among?: Among
}

/** A news item as its readers see it. */
export const Article = ({ query, marks, ...rest }: ArticleProps) => {
  useSeen(query.data, marks)
  return (
    <ReadState query={query} loading={<Skeleton rows={3} />}>
      {news => <ArticleContent news={news} marks={marks} {...rest} />}
    </ReadState>
  )
}

type ContentProps = Omit<ArticleProps, 'query'> & { readonly news: News }

/** What stands under a news item’s title. Without `marks` nothing is to be signed. */
export const ArticleContent = ({ news, me, marks, isTitled, among }: ContentProps) => {
  const t = useTexts(texts, shared, row)
  const dates = useDates()
  const faces = useChildFaces(me)
  const nameOf = useAudienceName()
  const title = useTitleFocus(isTitled, news.title)
  const children = concerns(
    news.audiences.map(({ id }) => id),
    me.audiences,
  )
  const mark = marks?.acts.get(news.id)
  const edition = editionOf(news)
  const signing = signingOf(news.notice, children, mark, edition)
  const former = useFormer(news, marks)
  const goOn = useGoOn(among, news)
  const signed = (act: NewsMark) => {
    if (!awaitsSignature(signingOf(news.notice, children, act, edition))) goOn()
  }
  return (
    <article className={styles.article}>
      {(news.urgent || news.pinned) && (
        <p className={styles.tags}>
          {news.urgent && (
            <Tag tone="late" icon="urgent">
              {t('news.row.urgent')}
            </Tag>
          )}
          {news.pinned && <Tag icon="pin">{t('news.row.pinned')}</Tag>}
        </p>
      )}
      {isTitled && (
        <h2 ref={title} tabIndex={-1} className={styles.title}>
          {spaced(news.title)}
        </h2>
      )}
      <div className={styles.about}>
        <p className={styles.author}>
          {t('news.by', { name: news.author.name, role: t(`news.role.${news.author.role}`) })}
          {me.schools.length > 1 && ` · ${news.schoolName}`}
        </p>
        <p>
          {t('news.at', { when: dates.dayTime(news.publishedAt) })}
          {news.editedAt && ` · ${t('news.edited', { when: dates.dayTime(news.editedAt) })}`}
        </p>
        <p>
          {t('news.to')} {news.audiences.map(nameOf).join(', ')}
        </p>
        {news.until && <p>{t('news.until', { when: dates.dayTime(news.until) })}</p>}
        {children.some(child => faces.has(child)) && (
          <p className={styles.children}>
            {t('news.concerns')}
            {children.flatMap(child => {
              const face = faces.get(child)
              return face
                ? [
                    <span key={child} className={styles.child}>
                      <ChildMark face={face} silent /> {face.name}
                    </span>,
                  ]
                : []
            })}
          </p>
        )}
      </div>
      {isReminded(mark, marks !== undefined && isSeen(news, marks), signing) && (
        <Banner tone="warn">{t(signing.by === 'nobody' ? 'news.reminded' : 'news.reminded.sign')}</Banner>
      )}
      {former && news.author.id !== me.person.id && (
        <Changed news={news} former={former} isAskedAgain={awaitsSignature(signing)} under={isTitled ? 2 : 1} />
      )}
      <Text markdown={news.body} under={isTitled ? 2 : 1} />
      <AttachmentList attachments={news.attachments} />
      {marks && <Signature news={news} signing={signing} me={me} faces={faces} onSigned={signed} />}
      {among && marks && signing.by !== 'nobody' && <NextNotice among={among} open={news.id} />}
      {mayManage(news, { person: me.person.id, roles: me.roles }) && (
        <p>
          <LinkButton icon="eye" to="/news/:news/readers" params={{ news: news.id }}>
            {t('news.follow')}
          </LinkButton>
        </p>
      )}
    </article>
  )
}

/** Announces an item that opens beside the list as a screen does: moves the focus and sets document.title. */
const useTitleFocus = (isTitled: boolean, title: string) => {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isTitled) return undefined
    const before = document.title
    // After the effects of the Screen around it, which set the title and the focus too.
    const timer = setTimeout(() => {
      document.title = `${title} · Préau`
      if (document.activeElement !== document.body) ref.current?.focus({ preventScroll: true })
    })
    return () => {
      clearTimeout(timer)
      document.title = before
    }
  }, [isTitled, title])
  return ref
}

/** Notes that the open item was seen, unless it is known to have been: also while the API tells nothing. */
const useSeen = (news: News | undefined, marks: Marks | undefined): void => {
  const { id } = news ?? {}
  const edition = editionOf(news)
  const isNew = news !== undefined && !(marks && isSeen(news, marks))
  useEffect(() => {
    if (isNew && id !== undefined) noteSeen(id, edition)
  }, [id, edition, isNew])
}
