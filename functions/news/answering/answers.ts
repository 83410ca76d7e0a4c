import { type Answer, choicesOf, type Question, saidIn } from '../../../shared/news/question.ts'
import { editionOf } from '../../../shared/news/rules.ts'
import { put } from '../../platform/operation.ts'
import { type AnswerItem, type NewsItem, newsPatterns } from '../patterns.ts'

/** Whose answer it is that came on paper. */
export const onPaper = 'paper'

/** Answers that were replaced, of which the newest are kept. */
const mostFormer = 20

const isSame = (before: AnswerItem, answer: Answer, edition: number): boolean =>
  editionOf(before) === edition && before.choice === answer.choice && before.words === answer.words

type Given = {
  /** The guardian, or the pupil, that is answered for. */
  readonly signer: string
  /** The guardian who answers; absent: it came on paper. */
  readonly by?: string
  /** Who entered what came on paper. */
  readonly enteredBy?: string
  readonly answer: Answer
}

/**
 * The put of an answer to the present text, on condition that the one it replaces is still the one that was read; none
 * where the same answer is there.
 */
export const answerPut = (
  news: Pick<NewsItem, 'id' | 'edition'>,
  { signer, by, enteredBy, answer }: Given,
  before: AnswerItem | undefined,
  now: Date,
) => {
  const edition = editionOf(news)
  if (before && isSame(before, answer, edition)) return []
  const former = before && [
    ...(before.former ?? []),
    {
      ...saidIn(before),
      at: before.at,
      ...(before.edition !== undefined && { edition: before.edition }),
      ...(before.enteredBy !== undefined && { enteredBy: before.enteredBy }),
    },
  ]
  const item: AnswerItem = {
    person: signer,
    ...(by !== undefined && { by }),
    ...(enteredBy !== undefined && { enteredBy }),
    at: now.toISOString(),
    ...saidIn(answer),
    ...(edition > 1 && { edition }),
    ...(former && { former: former.slice(-mostFormer) }),
  }
  const key = { news: news.id, signer, by: by ?? onPaper }
  return [put('answer', newsPatterns.answer, key, item, before ? { is: { at: before.at } } : { absent: true })]
}

/** The answers to the present text, by whom they are given for. */
export const bySigner = (
  news: Pick<NewsItem, 'edition'>,
  answers: readonly AnswerItem[],
): ReadonlyMap<string, readonly AnswerItem[]> =>
  Map.groupBy(
    answers.filter(one => editionOf(one) === editionOf(news)).sort((a, b) => (a.at < b.at ? -1 : 1)),
    ({ person }) => person,
  )

/** True if the answers given for one pupil choose different things. */
export const differ = (answers: readonly Answer[]): boolean => new Set(answers.map(({ choice }) => choice)).size > 1

/** For how many signers each choice of a question was answered, and for how many the answers differ. */
export const countAnswers = (question: Question, given: readonly (readonly Answer[])[]) => ({
  answers: Array.from(
    { length: choicesOf(question) },
    (_, place) => given.filter(answers => answers.some(({ choice }) => choice === place)).length,
  ),
  differing: given.filter(differ).length,
})
