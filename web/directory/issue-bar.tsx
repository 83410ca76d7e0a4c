import { useTexts } from '../platform/catalogue.ts'
import type { Failure } from '../platform/failure.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { Button } from '../ui/button.tsx'
import { FieldError } from '../ui/field.tsx'
import styles from './directory.module.css'
import { maxSelected } from './selection.ts'
import { texts } from './texts.ts'

type IssueBarProps = {
  readonly count: number
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onIssue: () => void
}

/** How many people are selected, and the button that gives them codes; sticks to the bottom of the list. */
export const IssueBar = ({ count, busy, failure, onIssue }: IssueBarProps) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  if (count === 0) return null
  return (
    <div className={styles.bar}>
      <div className={styles.barWords}>
        <p className={styles.count} role="status">
          {t('directory.selected', { count })}
          {count >= maxSelected && ` (${t('directory.selected.most')})`}
        </p>
        <p className={styles.hint}>{t('directory.issue.hint')}</p>
        {failure && (
          <div role="alert">
            <FieldError>{failure.type === 'not-allowed' ? t('directory.issue.not-allowed') : why(failure)}</FieldError>
          </div>
        )}
      </div>
      <Button variant="primary" icon="key" busy={busy} onClick={onIssue}>
        {busy ? t('directory.issue.sending') : t('directory.issue', { count })}
      </Button>
    </div>
  )
}
