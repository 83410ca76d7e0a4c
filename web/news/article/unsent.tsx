import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { isKept, removeWaiting } from '../../platform/outbox/device-outbox.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { texts } from './texts.ts'

/** Beside what signs: that it waits for the network, or why it was refused, at once or when it was sent later. */
export const Unsent = ({
  failure,
  waiting,
  answer,
}: {
  readonly failure: Failure | undefined
  readonly waiting: Waiting | undefined
  /** What was answered, where the notice asks something. */
  readonly answer?: string | undefined
}) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const dates = useDates()
  if (waiting && !waiting.refused) {
    const when = dates.dayTime(waiting.at)
    return (
      <Banner
        tone="warn"
        role="status"
        action={
          <Button variant="plain" onClick={() => void removeWaiting(waiting.key)}>
            {t('news.sign.waits.cancel')}
          </Button>
        }
      >
        {answer === undefined ? t('news.sign.waits', { when }) : t('news.answer.waits', { when, answer })}{' '}
        {t(isKept(waiting) ? 'news.sign.kept' : 'news.sign.not-kept')}
      </Banner>
    )
  }
  const refused = failure ?? waiting?.refused
  if (!refused) return null
  return (
    <Banner tone="error" role="alert">
      {!failure && waiting && <>{t('news.sign.refused', { when: dates.dayTime(waiting.at) })} </>}
      {words(refused)}
    </Banner>
  )
}
