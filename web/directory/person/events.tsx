import type { PersonPage } from '../../../shared/directory/person-page.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import styles from './person.module.css'
import { texts } from './texts.ts'

/** What was done to the account, newest first. */
export const Events = ({ events }: Pick<PersonPage, 'events'>) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <section className={styles.section}>
      <h2>{t('directory.person.events')}</h2>
      {events.length === 0 ? (
        <p className={styles.soft}>{t('directory.person.events.none')}</p>
      ) : (
        <ul className={styles.card}>
          {events.map(({ at, kind, by, about = '', reason }) => (
            <li key={`${at} ${kind} ${about}`} className={styles.event}>
              <time dateTime={at} className={styles.soft}>
                {dates.date(at)}
              </time>
              <p>
                {t(`directory.person.event.${kind}`, { by: by ?? t('directory.person.operator'), about })}
                {reason && ` (${reason})`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
