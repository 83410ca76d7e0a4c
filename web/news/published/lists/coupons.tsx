import { choicesOf } from '../../../../shared/news/question.ts'
import type { PublishedNews } from '../../../../shared/news/shapes.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { useDates } from '../../../platform/dates.ts'
import { spaced } from '../../../ui/spaces.ts'
import { useAnswerWords } from '../../answer-words.ts'
import { Text } from '../../text/text.tsx'
import type { Slip } from './columns.ts'
import styles from './printed.module.css'
import { texts } from './texts.ts'

type CouponsProps = {
  readonly news: PublishedNews & { readonly body: string }
  readonly slips: readonly Slip[]
}

/**
 * Reply slips for homes without a device: the notice's text and question, the child's name, and room to answer and to sign.
 * As many on a page as fit whole, parted by lines to cut along.
 */
export const Coupons = ({ news, slips }: CouponsProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const wordsOf = useAnswerWords()
  const { question } = news
  return (
    <div className={styles.page}>
      {slips.map(slip => (
        <section key={slip.id} className={styles.coupon}>
          <p className={styles.place}>
            {[slip.classes, news.schoolName].filter(Boolean).join(' · ')}
            {news.deadline !== undefined && <b>{t('news.coupon.before', { when: dates.dayTime(news.deadline) })}</b>}
          </p>
          <h2>{slip.children.join(', ')}</h2>
          {slip.guardian && <p>{t('news.coupon.for', { name: slip.guardian })}</p>}
          <h3>{spaced(news.title)}</h3>
          <Text markdown={news.body} under={2} />
          {question && (
            <>
              <p className={styles.question}>{spaced(question.text)}</p>
              {question.kind === 'text' ? (
                <p className={styles.line}>{t('news.coupon.answer')}</p>
              ) : (
                <ul className={styles.boxes}>
                  {Array.from({ length: choicesOf(question) }, (_, choice) => (
                    <li key={wordsOf(question, { choice })}>
                      <span className={styles.box} aria-hidden="true" />
                      {wordsOf(question, { choice })}
                    </li>
                  ))}
                </ul>
              )}
              {question.kind !== 'text' && <p className={styles.line}>{t('news.coupon.words')}</p>}
            </>
          )}
          <p className={styles.line}>{t('news.coupon.sign')}</p>
          {!slip.onPaperOnly && <p className={styles.online}>{t('news.coupon.online', { host: location.host })}</p>}
        </section>
      ))}
    </div>
  )
}
