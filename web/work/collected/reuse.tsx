import { useTexts } from '../../platform/catalogue.ts'
import styles from './collected.module.css'
import { texts } from './texts.ts'

type ReuseProps = { readonly comments: readonly string[]; readonly onChoose: (comment: string) => void }

/** Comments of this class to be used again. */
export const Reuse = ({ comments, onChoose }: ReuseProps) => {
  const t = useTexts(texts)
  if (comments.length === 0) return null
  return (
    <details className={styles.extension}>
      <summary>{t('work.collected.reuse')}</summary>
      <ul className={styles.comments}>
        {comments.map((comment, at) => (
          <li key={comment}>
            <button type="button" className={styles.comment} onClick={() => onChoose(comment)}>
              <kbd className={styles.key}>{t('work.collected.reuse.key', { number: at + 1 })}</kbd> {comment}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
