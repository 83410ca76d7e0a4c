import type { ClosedAudience } from '../../../shared/directory/contract.ts'
import { schoolYearName } from '../../../shared/kernel/school-year.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useRead } from '../../platform/reads.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { texts as shared } from '../texts.ts'
import { closedClasses, notebooksOf } from './closed-classes.ts'
import { texts } from './texts.ts'
import styles from './years.module.css'

/** Past years, the last one first: the classes and groups whose work the reader may still read. */
export const YearsScreen = () => {
  const t = useTexts(texts, shared)
  const query = useRead(closedClasses)
  return (
    <Screen title={t('work.years')} back={<BackLink to="/notebook">{t('work.title')}</BackLink>}>
      <ReadState query={{ ...query, data: query.data && notebooksOf(query.data.items) }}>
        {items =>
          items.length === 0 ? (
            <EmptyState title={t('work.years.empty')}>{t('work.years.empty.hint')}</EmptyState>
          ) : (
            <div className={styles.years}>
              <p className={styles.hint}>{t('work.years.hint')}</p>
              {[...new Set(items.map(one => one.year))].map(year => (
                <Year key={year} year={year} classes={items.filter(one => one.year === year)} />
              ))}
            </div>
          )
        }
      </ReadState>
    </Screen>
  )
}

const Year = ({ year, classes }: { readonly year: number; readonly classes: readonly ClosedAudience[] }) => {
  const t = useTexts(texts)
  return (
    <section aria-labelledby={`year-${year}`}>
      <h2 id={`year-${year}`} className={styles.year}>
        {t('work.years.year', { year: schoolYearName(year) })}
      </h2>
      <List>
        {classes.map(({ audience, label, school, children }) => {
          const whose = children.map(child => child.givenName).join(', ')
          return (
            <RowLink
              key={audience}
              to="/notebook/years/:audience"
              params={{ audience }}
              title={label}
              detail={[school, whose && t('work.years.for', { children: whose })].filter(Boolean).join(' · ')}
            />
          )
        })}
      </List>
    </section>
  )
}
