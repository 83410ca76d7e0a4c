import { listName } from '../../../shared/kernel/names.ts'
import { choicesOf, type Question } from '../../../shared/news/question.ts'
import type { Reader } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Select } from '../../ui/select.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useAnswerWords } from '../answer-words.ts'
import styles from './answers.module.css'
import { texts } from './texts.ts'

type Counted = { readonly answers?: readonly number[] | undefined; readonly differing?: number | undefined }

const places = (question: Question): number[] => Array.from({ length: choicesOf(question) }, (_, place) => place)

type AnswerCountsProps = { readonly question: Question; readonly of: Counted }

/** What a notice asks, and how often each choice was answered. */
export const AnswerCounts = ({ question, of: { answers = [], differing = 0 } }: AnswerCountsProps) => {
  const t = useTexts(texts)
  const wordsOf = useAnswerWords()
  return (
    <div className={styles.counts}>
      <p className={styles.question}>{question.text}</p>
      <ul className={styles.list}>
        {places(question).map(choice => (
          <li key={choice}>
            {t('news.answers.count', { answer: wordsOf(question, { choice }), count: answers[choice] ?? 0 })}
          </li>
        ))}
      </ul>
      {differing > 0 && (
        <p>
          <Tag tone="soon" icon="warning">
            {t('news.answers.differing', { count: differing })}
          </Tag>
        </p>
      )}
    </div>
  )
}

type AnswerFilterProps = {
  readonly question: Question
  /** The place of an answer, `differing`, or nothing. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Which answers the list shows. */
export const AnswerFilter = ({ question, value, onChange }: AnswerFilterProps) => {
  const t = useTexts(texts)
  const wordsOf = useAnswerWords()
  return (
    <Select
      label={t('news.answers.shown')}
      value={value}
      onChange={onChange}
      options={[
        { value: '', label: t('news.answers.all') },
        ...places(question).map(choice => ({ value: String(choice), label: wordsOf(question, { choice }) })),
        { value: 'differing', label: t('news.answers.which-differ') },
      ]}
    />
  )
}

/** The answers given by or for somebody; those of two guardians stand one under the other. */
export const GivenAnswers = ({ question, reader }: { readonly question: Question; readonly reader: Reader }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const wordsOf = useAnswerWords()
  return (
    <span className={styles.given}>
      {reader.answers?.map(answer => {
        const who = answer.onPaper
          ? t('news.answers.paper')
          : answer.by
            ? listName(answer.by)
            : t('news.answers.former')
        const isOwn = answer.by?.id === reader.id
        return (
          <span key={answer.at + who}>
            <strong>{wordsOf(question, answer)}</strong>
            {question.kind !== 'text' && answer.words !== undefined && ` «\u00a0${answer.words}\u00a0»`}
            {isOwn ? '' : ` · ${who}`} · {dates.dayTime(answer.at)}
          </span>
        )
      })}
    </span>
  )
}
