import { useTexts } from '../platform/catalogue.ts'
import type { Failure } from '../platform/failure.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { Button } from '../ui/button.tsx'
import { FieldError } from '../ui/field.tsx'
import styles from './directory.module.css'
import { type Chosen, maxSelected, voidedBy } from './selection.ts'
import { texts } from './texts.ts'

type IssueBarProps = {
  readonly chosen: Chosen
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onIssue: () => void
}

/** How many people are selected, how many sheets handed out before become void, and the button that gives them codes; sticks to the bottom of the list. */
export const IssueBar = ({ chosen, busy, failure, onIssue }: IssueBarProps) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const count = chosen.size
  const voids = voidedBy(chosen.values())
  if (count === 0) return null
  return (
    <div className={styles.bar}>
      <div className={styles.barWords}>
        <p className={styles.count} role="status">
          {t('directory.selected', { count })}
          {count >= maxSelected && ` (${t('directory.selected.most')})`}
        </p>
        <p className={voids > 0 ? styles.voids : styles.hint} role="status">
          {t('directory.issue.voids', { count: voids })} {t('directory.issue.hint')}
        </p>
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
