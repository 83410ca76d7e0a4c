import { lazy, Suspense, useMemo, useState } from 'react'
import { useParams } from 'wouter'
import { publishesAs } from '../../shared/news/rules.ts'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { navigate, useSearch } from '../platform/navigation.ts'
import { LinkButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { BackLink, Screen } from '../ui/screen.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useAhead } from './data/ahead.ts'
import { useArticle } from './data/article.ts'
import { useFeeds } from './data/feeds.ts'
import { useMarks, useOlderMarks } from './data/news-marks.ts'
import { readerNews } from './data/reading.ts'
import { isWholeOf } from './data/whole.ts'
import { NewsList } from './list/news-list.tsx'
import { type Filter, filterOf } from './list/rows.ts'
import styles from './news-screen.module.css'
import { texts } from './texts.ts'
import { useWide } from './wide.ts'

const Article = lazy(() => import('./article/article.tsx').then(loaded => ({ default: loaded.Article })))

/**
 * The list of news and the open item: side by side on a large screen, one after the other on a phone. The list's state is
 * kept either way, so that going back to it restores its scroll position.
 */
export const NewsScreen = () => {
  const t = useTexts(texts)
  const me = useMe()
  const isWide = useWide()
  const { audience, news: open } = useParams()
  const filter = filterOf(useSearch('/news'))
  const show = (change: Filter) => {
    const search = { ...filter, ...change }
    if (audience === undefined || open === undefined) navigate({ to: '/news', search, replace: true })
    else navigate({ to: '/news/:audience/:news', params: { audience, news: open }, search, replace: true })
  }
  const audiences = useMemo(() => me.audiences.map(({ id }) => id), [me.audiences])
  const feeds = useFeeds(me)
  const { marks, isLoading } = useMarks()
  const items = feeds.query.data
  useOlderMarks(items, marks)
  useAhead(feeds, marks, isLoading)
  const read = useArticle(open, feeds, [...new Set([...(audience ? [audience] : []), ...audiences])])
  const rows = useMemo(() => items && readerNews(items, me, marks), [items, me, marks])
  // Kept while an item is open, since the list and the item are one screen; not in the address, which others may see.
  const [sought, setSought] = useState('')
  const newest = useMemo(() => readerNews(feeds.newest, me, marks), [feeds.newest, me, marks])
  const notices = useMemo(() => readerNews(feeds.notices, me, marks), [feeds.notices, me, marks])

  const isAllOf = (of: string | undefined) => {
    const { rows: hasRows, notices: hasNotices } = isWholeOf(feeds.whole, me.audiences, of)
    return { all: hasRows, unread: marks !== undefined && hasRows, sign: marks !== undefined && hasNotices }
  }
  const isAllShown = isAllOf(filter.of)

  const list = (
    <NewsList
      query={{ ...feeds.query, data: rows }}
      newest={newest}
      notices={notices}
      isAll={isAllOf(undefined)}
      isAllShown={isAllShown}
      end={feeds.end}
      me={me}
      filter={filter}
      open={open}
      onFilter={show}
      sought={sought}
      onSeek={setSought}
    />
  )
  const shown = (isTitled: boolean) =>
    open !== undefined && (
      <Suspense fallback={<Skeleton rows={3} />}>
        <Article
          key={open}
          query={read}
          me={me}
          marks={marks}
          isTitled={isTitled}
          among={{ notices, filter, isAll: isAllShown.sign }}
        />
      </Suspense>
    )

  const known = [...(items ?? []), ...feeds.open].find(one => one.id === open)
  if (open !== undefined && !isWide)
    return (
      <Screen
        title={read.data?.title ?? known?.title ?? t('news.title')}
        tall
        narrow
        back={
          <BackLink to="/news" search={filter}>
            {t('news.back')}
          </BackLink>
        }
      >
        {shown(false)}
      </Screen>
    )
  const isBeside = isWide && (open !== undefined || (rows !== undefined && rows.length > 0))
  const isPublisher = me.schools.some(({ uai }) => publishesAs(me.roles, uai) !== undefined)
  return (
    <Screen
      title={t('news.title')}
      actions={
        isPublisher && (
          <>
            <LinkButton variant="quiet" to="/news/mine">
              {t('news.published')}
            </LinkButton>
            <LinkButton variant="primary" icon="pen" to="/news/write">
              {t('news.write')}
            </LinkButton>
          </>
        )
      }
    >
      <div className={classes(styles.layout, !isBeside && styles.alone, open !== undefined && styles.reading)}>
        <div className={styles.list}>
          {list}
          <p>
            <LinkButton variant="quiet" to="/news/years">
              {t('news.years')}
            </LinkButton>
          </p>
        </div>
        {isBeside && (
          <div key={open} className={styles.pane}>
            {shown(true) || <EmptyState title={t('news.choose')} />}
          </div>
        )}
      </div>
    </Screen>
  )
}
