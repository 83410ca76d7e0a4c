import { day } from '../../../shared/kernel/dates.ts'
import type { PublishedNews, ReminderState } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { serverDate } from '../../platform/server-time.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { writes } from '../writes.ts'
import styles from './readers.module.css'
import { texts } from './texts.ts'

type RemindButtonProps = {
  readonly news: Pick<PublishedNews, 'id' | 'publishedAt'>
  readonly state: 'unseen' | 'unsigned'
  readonly group: string | undefined
  readonly reminder: ReminderState
}

/** Nobody is asked first to remind people of what they have had no day to read. */
const isYoung = (publishedAt: string): boolean => serverDate().getTime() - Date.parse(publishedAt) < day * 1000

/** Reminds the people who have not seen or signed: says before how many they are, and when they were reminded last. */
export const RemindButton = ({ news, state: of, group, reminder: { people, last, from } }: RemindButtonProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const dates = useDates()
  const { send, state, failure, reply } = useWrite(writes.remind)
  if (reply) return <Banner role="status">{t('news.remind.done', { people: reply.people })}</Banner>
  const when = last === undefined ? '' : dates.dayTime(last)
  if (from !== undefined)
    return <p className={styles.hint}>{t('news.remind.from', { when, from: dates.dayTime(from) })}</p>
  return (
    <div>
      <Button
        variant={isYoung(news.publishedAt) ? 'plain' : 'primary'}
        icon="bell"
        busy={state === 'sending'}
        onClick={() => send({ params: { news: news.id }, body: { state: of, group } })}
      >
        {t(of === 'unseen' ? 'news.remind.unseen' : 'news.remind.unsigned', { people })}
      </Button>
      <p className={styles.hint}>
        {last !== undefined && `${t('news.remind.last', { when })} `}
        {t('news.remind.what')}
      </p>
      {failure && (
        <Banner tone="error" role="alert">
          {words(failure)}
        </Banner>
      )}
    </div>
  )
}
