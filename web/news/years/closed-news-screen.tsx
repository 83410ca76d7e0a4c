import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { schoolYearName } from '../../../shared/kernel/school-year.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { read } from '../../platform/read.ts'
import { Banner } from '../../ui/banner.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ArticleContent } from '../article/article.tsx'
import { useAudienceName } from '../audience-name.ts'
import { texts as shared } from '../texts.ts'
import { texts } from './texts.ts'
import styles from './years.module.css'
import { closedAudiences } from './years-screen.tsx'

/** A news item of a past year: to read, and nothing else. */
export const ClosedNewsScreen = () => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const nameOf = useAudienceName()
  const { audience = '', news = '' } = useParams()
  const known = useQuery(closedAudiences).data?.items.find(one => one.audience === audience)
  const query = useQuery(read(newsContract.routes.closedNews, { params: { audience, news } }))
  return (
    <Screen
      title={query.data?.title ?? t('news.years')}
      tall
      narrow
      back={
        <BackLink to="/news/years/:audience" params={{ audience }}>
          {known ? nameOf(known) : t('news.years')}
        </BackLink>
      }
    >
      <ReadState query={query} loading={<Skeleton rows={3} />}>
        {found => (
          <div className={styles.list}>
            {known && (
              <Banner tone="info">
                {`${t('news.years.year', { year: schoolYearName(known.year) })}. ${t('news.years.closed')}`}
              </Banner>
            )}
            <ArticleContent news={found} me={me} marks={undefined} isTitled={false} />
          </div>
        )}
      </ReadState>
    </Screen>
  )
}
