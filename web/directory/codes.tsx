import { useEffect, useRef } from 'react'
import type { IssuedCode } from '../../shared/directory/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import styles from './codes.module.css'
import { texts } from './texts.ts'

/** New activation codes: shown only once, and printed as strips to cut and hand out. */
export const Codes = ({ codes, onDone }: { readonly codes: readonly IssuedCode[]; readonly onDone: () => void }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={styles.codes}>
      <div className={styles.screen}>
        <h2 ref={heading} tabIndex={-1}>
          {t('directory.codes', { count: codes.length })}
        </h2>
        <Banner tone="warn">{t('directory.codes.once')}</Banner>
        <div className={styles.actions}>
          <Button variant="primary" icon="print" onClick={() => print()}>
            {t('directory.codes.print')}
          </Button>
          <Button onClick={onDone}>{t('directory.codes.done')}</Button>
        </div>
      </div>
      <ul className={styles.strips}>
        {codes.map(code => (
          <li key={code.person} className={styles.strip}>
            <p className={styles.name}>
              {code.givenName} {code.familyName}
              {code.className && <span className={styles.class}> {code.className}</span>}
            </p>
            <dl className={styles.facts}>
              <div>
                <dt>{t('directory.codes.login')}</dt>
                <dd>{code.login}</dd>
              </div>
              <div>
                <dt>{t('directory.codes.code')}</dt>
                <dd className={styles.code}>{code.code}</dd>
              </div>
            </dl>
            <p className={styles.note}>{t('directory.codes.how', { address: `${location.origin}/activate` })}</p>
            <p className={styles.note}>{t('directory.codes.expires', { date: dates.date(code.expiresAt) })}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
