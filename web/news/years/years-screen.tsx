import { useQuery } from '@tanstack/react-query'
import { type ClosedAudience, directoryContract } from '../../../shared/directory/contract.ts'
import { schoolYearName } from '../../../shared/kernel/school-year.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { read } from '../../platform/read.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useAudienceName } from '../audience-name.ts'
import { texts as shared } from '../texts.ts'
import { texts } from './texts.ts'
import styles from './years.module.css'

/** The classes and groups of past years that the reader was in, or a child of theirs. */
export const closedAudiences = read(directoryContract.routes.closedGroups, {})

/** Past years, the last one first: the classes and groups whose news the reader may still read. */
export const YearsScreen = () => {
  const t = useTexts(texts, shared)
  const query = useQuery(closedAudiences)
  return (
    <Screen title={t('news.years')} back={<BackLink to="/news">{t('news.title')}</BackLink>}>
      <ReadState query={{ ...query, data: query.data?.items }} loading={<Skeleton rows={4} />}>
        {items =>
          items.length === 0 ? (
            <EmptyState title={t('news.years.empty')}>{t('news.years.empty.hint')}</EmptyState>
          ) : (
            <div className={styles.years}>
              <p className={styles.hint}>{t('news.years.hint')}</p>
              {[...new Set(items.map(one => one.year))].map(year => (
                <Year key={year} year={year} audiences={items.filter(one => one.year === year)} />
              ))}
            </div>
          )
        }
      </ReadState>
    </Screen>
  )
}

const Year = ({ year, audiences }: { readonly year: number; readonly audiences: readonly ClosedAudience[] }) => {
  const t = useTexts(texts)
  const nameOf = useAudienceName()
  return (
    <section aria-labelledby={`year-${year}`}>
      <h2 id={`year-${year}`} className={styles.year}>
        {t('news.years.year', { year: schoolYearName(year) })}
      </h2>
      <List>
        {audiences.map(one => (
          <RowLink
            key={one.audience}
            to="/news/years/:audience"
            params={{ audience: one.audience }}
            title={nameOf(one)}
            detail={[
              one.school,
              one.children.length > 0 &&
                t('news.years.for', { children: one.children.map(child => child.givenName).join(', ') }),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </List>
    </section>
  )
}
