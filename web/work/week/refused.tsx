import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { removeWaiting, sendAgain } from '../../platform/outbox/device-outbox.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import { Button } from '../../ui/button.tsx'
import { texts } from '../texts.ts'
import styles from './day-section.module.css'

/** Below what was ticked, written or removed here and the API refused: why, and what can be done about it. */
export const Refused = ({ of }: { readonly of: Waiting }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  if (!of.refused) return null
  return (
    <div className={styles.refused} role="alert">
      <p>
        {t('work.refused')} {words(of.refused)}
      </p>
      {/* What holds a text is seen to where it can be copied before it is removed. */}
      {!of.hasText && (
        <>
          <Button variant="quiet" onClick={() => sendAgain(of)}>
            {t('work.refused.again')}
          </Button>
          <Button variant="quiet" onClick={() => void removeWaiting(of.key)}>
            {t('work.refused.remove')}
          </Button>
        </>
      )}
    </div>
  )
}
