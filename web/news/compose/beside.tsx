import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue } from 'react'
import { newsContract } from '../../../shared/news/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { read } from '../../platform/read.ts'
import { useAudienceName } from '../audience-name.ts'
import { useReach } from '../data/reach.ts'
import { useWide } from '../wide.ts'
import styles from './beside.module.css'
import { texts } from './beside-texts.ts'
import type { NewsForm } from './form.ts'
import { Shown } from './shown.tsx'

type FormOf = { readonly uai: string; readonly form: NewsForm }

/** Whom the chosen audiences reach: how many people, and by what they were chosen. */
const Reached = ({ uai, form: { audiences } }: FormOf) => {
  const t = useTexts(texts)
  const nameOf = useAudienceName()
  const reach = useReach(uai, audiences)
  const { data } = useQuery(read(newsContract.routes.choices, { params: { uai } }))
  const chosen = data?.items.filter(({ id }) => audiences.includes(id)) ?? []
  return (
    <section className={styles.part} aria-labelledby="beside-reached">
      <h2 id="beside-reached">
        {t('news.beside.reached')}
        {reach.state === 'known' && <span> {t('news.beside.people', { people: reach.people })}</span>}
      </h2>
      {chosen.length === 0 ? (
        <p className={styles.awaited}>{t('news.beside.nobody')}</p>
      ) : (
        <ul className={styles.reached}>
          {chosen.map(one => (
            <li key={one.id}>{nameOf(one)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/**
 * The form and, where there is room, what will be seen and who is reached beside it, as it stands while one writes. What
 * is beside follows the keys as fast as it can, and never holds them up.
 */
export const WithBeside = ({ uai, form, children }: FormOf & { readonly children: ReactNode }) => {
  const t = useTexts(texts)
  const isWide = useWide()
  const later = useDeferredValue(form)
  return (
    <div className={styles.layout}>
      <div className={styles.left}>{children}</div>
      {isWide && (
        <aside className={styles.beside}>
          <section className={styles.part} aria-labelledby="beside-seen">
            <h2 id="beside-seen">{t('news.beside.seen')}</h2>
            <Shown form={later} />
          </section>
          <Reached uai={uai} form={form} />
        </aside>
      )}
    </div>
  )
}
