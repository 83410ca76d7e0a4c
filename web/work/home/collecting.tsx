import type { Collecting } from '../../../shared/work/hand-in.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { LinkButton } from '../../ui/button.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from './collecting.module.css'
import { texts } from './texts.ts'

/** How far a teacher's assignments are handed in, and what there is to give back. Each leads to its hand-ins. */
export const CollectingList = ({ items }: { readonly items: readonly Collecting[] }) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <section className={styles.part}>
      <h2>{t('work.home.collecting')}</h2>
      <List>
        {items.map(({ piece, title, group, dueAt, handedIn, toReturn }) => (
          <RowLink
            key={piece}
            to="/notebook/collected/:piece"
            params={{ piece }}
            title={title}
            detail={[
              group,
              t('work.home.due', { when: dates.dayTime(dueAt) }),
              t('work.home.handed-in', { count: handedIn }),
            ].join(' · ')}
            tags={
              toReturn > 0 ? (
                <Tag tone="soon" icon="pen">
                  {t('work.home.to-return', { count: toReturn })}
                </Tag>
              ) : (
                handedIn > 0 && (
                  <Tag tone="done" icon="check">
                    {t('work.home.returned')}
                  </Tag>
                )
              )
            }
          />
        ))}
      </List>
      <p>
        <LinkButton variant="quiet" icon="next" to="/notebook">
          {t('work.home.all')}
        </LinkButton>
      </p>
    </section>
  )
}
