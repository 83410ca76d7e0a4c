import { useTexts } from '../../platform/catalogue.ts'
import { List, RowLink } from '../../ui/list.tsx'
import styles from './collecting.module.css'
import { texts } from './texts.ts'

/** Leads those who run a school to its budget of minutes: their phone's menu has no room for an entry of its own. */
export const BudgetLink = () => {
  const t = useTexts(texts)
  return (
    <section className={styles.part}>
      <h2>{t('work.home.school')}</h2>
      <List>
        <RowLink to="/notebook/budget" title={t('work.home.budget')} detail={t('work.home.budget.hint')} />
      </List>
    </section>
  )
}
