import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Banner } from '../../ui/banner.tsx'
import type { LongDay } from './budget.ts'
import styles from './load.module.css'
import { texts } from './texts.ts'

type LongDaysProps = {
  readonly of: readonly LongDay[]
  readonly groups: readonly { readonly id: string; readonly name: string }[]
}

/** Before the second click: where the work passes what the school allows, with both figures. */
export const LongDays = ({ of, groups }: LongDaysProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <Banner tone="warn" role="alert" title={t('work.set.over.title')}>
      <ul className={styles.long}>
        {of.map(({ group, day, all, allowed }) => (
          <li key={`${group} ${day}`}>
            {t('work.set.over', {
              group: groups.find(({ id }) => id === group)?.name ?? '',
              day: dates.day(day).toLowerCase(),
              all,
              allowed,
            })}
          </li>
        ))}
      </ul>
      <p>{t('work.set.over.again')}</p>
    </Banner>
  )
}
