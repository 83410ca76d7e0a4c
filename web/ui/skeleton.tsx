import { useTexts } from '../platform/catalogue.ts'
import styles from './skeleton.module.css'
import { texts } from './texts.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

const rowKeys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const

/** A placeholder for content that loads for the first time: `rows` (at most 8) of a list. */
export const Skeleton = ({ rows = 4 }: { readonly rows?: number }) => {
  const t = useTexts(texts)
  return (
    <div role="status">
      <VisuallyHidden>{t('ui.loading')}</VisuallyHidden>
      {rowKeys.slice(0, rows).map(key => (
        <div key={key} className={styles.row} aria-hidden="true">
          <span className={styles.title} />
          <span className={styles.text} />
        </div>
      ))}
    </div>
  )
}
