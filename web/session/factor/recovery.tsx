import { useTexts } from '../../platform/catalogue.ts'
import { Button } from '../../ui/button.tsx'
import styles from './factor.module.css'
import { texts } from './texts.ts'

/** The recovery codes, shown once. */
export const Recovery = ({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) => {
  const t = useTexts(texts)
  return (
    <div className={styles.form} role="status">
      <h3>{t('factor.recovery')}</h3>
      <p>{t('factor.recovery.why')}</p>
      <ul className={styles.codes}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.acts}>
        <Button icon="print" onClick={() => print()}>
          {t('factor.recovery.print')}
        </Button>
        <Button variant="primary" onClick={onDone}>
          {t('factor.recovery.done')}
        </Button>
      </div>
    </div>
  )
}
