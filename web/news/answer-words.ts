import { useMemo } from 'react'
import type { Answer, Question } from '../../shared/news/question.ts'
import { useTexts } from '../platform/catalogue.ts'
import { texts } from './texts.ts'

/** What an answer to a question says, in a few words: `Oui`, the choice, or the words that were given. */
export const useAnswerWords = (): ((question: Question, answer: Answer) => string) => {
  const t = useTexts(texts)
  return useMemo(
    () =>
      ({ kind, choices = [] }, { choice, words = '' }) => {
        if (choice === undefined) return words
        if (kind === 'yes-no') return t(choice === 0 ? 'news.answer.yes' : 'news.answer.no')
        return choices[choice] ?? ''
      },
    [t],
  )
}
