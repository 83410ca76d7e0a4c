import { useEffect, useRef } from 'react'
import { mayManage } from '../../../shared/news/rules.ts'
import type { News } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { ChildMark } from '../../ui/child-mark.tsx'
import { type Readable, ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { spaced } from '../../ui/spaces.ts'
import { Tag } from '../../ui/tag.tsx'
import { useAudienceName } from '../audience-name.ts'
import { useSeen } from '../data/marks.ts'
import { concerns, isReminded, type Marks, signingOf } from '../data/reading.ts'
import { useChildFaces } from '../list/news-row.tsx'
import { Text } from '../text/text.tsx'
import { texts as shared } from '../texts.ts'
import styles from './article.module.css'
import { Signature } from './signature.tsx'
import { texts } from './texts.ts'

export type ArticleProps = {
  readonly query: Readable<News>
  readonly me: Me
  readonly marks: Marks | undefined
  /** Shows the title itself, and takes the focus to it: where the screen has a title of its own. */
  readonly isTitled: boolean
}

/** A news item as its readers see it. */
export const Article = ({ query, me, marks, isTitled }: ArticleProps) => {
  useSeen(query.data?.id, marks)
  return (
    <ReadState query={query} loading={<Skeleton rows={3} />}>
      {news => <Shown news={news} me={me} marks={marks} isTitled={isTitled} />}
    </ReadState>
  )
}

type ShownProps = Omit<ArticleProps, 'query'> & { readonly news: News }

const Shown = ({ news, me, marks, isTitled }: ShownProps) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const faces = useChildFaces(me)
  const nameOf = useAudienceName()
  const title = useTitleFocus(isTitled, news.title)
  const children = concerns(
    news.audiences.map(({ id }) => id),
    me.audiences,
  )
  const mark = marks?.byNews.get(news.id)
  const signing = signingOf(news.notice, children, mark)
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
      {isReminded(mark, signing) && (
        <Banner tone="warn">{t(signing.by === 'nobody' ? 'news.reminded' : 'news.reminded.sign')}</Banner>
      )}
      <Text markdown={news.body} under={isTitled ? 2 : 1} />
      {marks && <Signature news={news.id} signing={signing} me={me} faces={faces} />}
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

/** Where the title is shown beside a list, arriving here is told as by a screen: by the focus and the browser's title. */
const useTitleFocus = (isTitled: boolean, title: string) => {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isTitled) return undefined
    const before = document.title
    // The screen around it has told where one is by then.
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
