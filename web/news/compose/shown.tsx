import { lazy, Suspense } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { textProblem } from '../../../shared/news/text/problem.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { toInstant } from '../../ui/local-time.ts'
import { spaced } from '../../ui/spaces.ts'
import { Tag } from '../../ui/tag.tsx'
import { useAnswerWords } from '../answer-words.ts'
import styles from './beside.module.css'
import { texts } from './beside-texts.ts'
import type { NewsForm } from './form.ts'
import { questionOf } from './question-fields.ts'

const Text = lazy(() => import('../text/text.tsx').then(loaded => ({ default: loaded.Text })))

/** What is asked of those who sign: the question and its answers, or a signature. They look like buttons, and are none. */
const Asked = ({ form }: { readonly form: NewsForm }) => {
  const t = useTexts(texts)
  const wordsOf = useAnswerWords()
  const question = questionOf(form)
  const choices = question?.kind === 'yes-no' ? [0, 1] : (question?.choices ?? []).map((_, choice) => choice)
  return (
    <>
      {question && !isBlank(question.text) && <p className={styles.question}>{spaced(question.text)}</p>}
      <ul className={styles.answers}>
        {question && choices.map(choice => <li key={choice}>{wordsOf(question, { choice })}</li>)}
        {question?.kind === 'text' && <li className={styles.words}>{t('news.beside.words')}</li>}
        {!question && <li>{t('news.beside.sign')}</li>}
      </ul>
    </>
  )
}

/** A news item as it will be read, while it is written. */
export const Shown = ({ form }: { readonly form: NewsForm }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { person } = useMe()
  const deadline = form.notice === 'none' ? undefined : toInstant(form.deadline)
  return (
    <article className={styles.shown}>
      <p className={styles.about}>
        <span>
          {person.givenName} {person.familyName}
        </span>
        {form.urgent && (
          <Tag tone="late" icon="urgent">
            {t('news.beside.urgent')}
          </Tag>
        )}
        {deadline !== undefined && (
          <Tag tone="soon" icon="clock">
            {t('news.beside.before', { when: dates.dayTime(deadline) })}
          </Tag>
        )}
      </p>
      <h3 className={isBlank(form.title) ? styles.awaited : styles.title}>
        {isBlank(form.title) ? t('news.beside.title') : spaced(form.title)}
      </h3>
      {textProblem(form.body) === 'nothing' ? (
        <p className={styles.awaited}>{t('news.beside.body')}</p>
      ) : (
        <Suspense fallback={<p className={styles.plain}>{form.body}</p>}>
          <Text markdown={form.body} under={2} />
        </Suspense>
      )}
      {form.notice !== 'none' && <Asked form={form} />}
    </article>
  )
}
