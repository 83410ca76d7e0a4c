import { useEffect, useRef } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { Button } from '../../ui/button.tsx'
import styles from './factor.module.css'
import { texts } from './texts.ts'

/** The recovery codes, shown once. */
export const Recovery = ({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) => {
  const t = useTexts(texts)
  const heading = useRef<HTMLHeadingElement>(null)
  // What was pressed is gone: who uses a keyboard or a screen reader goes on here.
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={styles.form}>
      <h3 ref={heading} tabIndex={-1}>
        {t('session.factor.recovery')}
      </h3>
      <p>{t('session.factor.recovery.why')}</p>
      <ul className={styles.codes}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.acts}>
        <Button icon="print" onClick={() => print()}>
          {t('session.factor.recovery.print')}
        </Button>
        <Button variant="primary" onClick={onDone}>
          {t('session.factor.recovery.done')}
        </Button>
      </div>
    </div>
  )
}
