import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { schoolYearName } from '../../../shared/kernel/school-year.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { readPages } from '../../platform/read.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useAudienceName } from '../audience-name.ts'
import { texts as shared } from '../texts.ts'
import { texts } from './texts.ts'
import styles from './years.module.css'
import { closedAudiences } from './years-screen.tsx'

/** The news of a class or group of a past year. */
export const ClosedListScreen = () => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const nameOf = useAudienceName()
  const { audience = '' } = useParams()
  const known = useQuery(closedAudiences).data?.items.find(one => one.audience === audience)
  const query = useInfiniteQuery(readPages(newsContract.routes.closedList, { params: { audience }, query: {} }))
  const items = query.data?.flatMap(page => page.items)
  const year = known && t('news.years.year', { year: schoolYearName(known.year) })
  return (
    <Screen
      title={known ? nameOf(known) : t('news.years')}
      back={<BackLink to="/news/years">{t('news.years')}</BackLink>}
    >
      <ReadState query={{ ...query, data: items }} loading={<Skeleton rows={6} />}>
        {found =>
          found.length === 0 && !query.hasNextPage ? (
            <EmptyState title={t('news.years.none')}>{year}</EmptyState>
          ) : (
            <div className={styles.list}>
              {known && <p className={styles.hint}>{`${year} · ${known.school}`}</p>}
              <List label={known && nameOf(known)}>
                {found.map(news => (
                  <RowLink
                    key={news.id}
                    to="/news/years/:audience/:news"
                    params={{ audience, news: news.id }}
                    title={news.title}
                    excerpt={news.excerpt}
                    detail={`${news.author.name} · ${dates.day(news.publishedAt)}`}
                  />
                ))}
              </List>
              <ListEnd query={query} />
            </div>
          )
        }
      </ReadState>
    </Screen>
  )
}
