import * as z from 'zod/mini'
import { lengthOf } from '../../../shared/kernel/length.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import { type Question, questionKinds, questionLimits } from '../../../shared/news/question.ts'

/** What a notice asks beside a signature. */
export const asked = ['nothing', ...questionKinds] as const

/** The fields of a question. Drafts of before have none. `choices`: one a line. */
export const questionFields = {
  asks: z._default(z.enum(asked), 'nothing'),
  question: z._default(z.string(), ''),
  choices: z._default(z.string(), ''),
}

export type QuestionForm = {
  readonly asks: (typeof asked)[number]
  readonly question: string
  readonly choices: string
}

export type QuestionProblem = 'question-missing' | 'question-too-long'
export type ChoicesProblem = 'choices-too-few' | 'choices-too-many' | 'choices-too-long' | 'choices-twice'

/** The choices that are written, without blank lines. */
const choicesIn = (choices: string): string[] => choices.split('\n').flatMap(line => (isBlank(line) ? [] : line.trim()))

const choicesProblem = (choices: readonly string[]): ChoicesProblem | undefined => {
  if (choices.length < 2) return 'choices-too-few'
  if (choices.length > questionLimits.choices) return 'choices-too-many'
  if (choices.some(one => lengthOf(one) > questionLimits.choice)) return 'choices-too-long'
  return new Set(choices).size < choices.length ? 'choices-twice' : undefined
}

/** What is wrong with the fields of a question. */
export const questionProblems = ({
  asks,
  question,
  choices,
}: QuestionForm): { readonly question?: QuestionProblem; readonly choices?: ChoicesProblem } => {
  if (asks === 'nothing') return {}
  const wrong = asks === 'choice' ? choicesProblem(choicesIn(choices)) : undefined
  return {
    ...(isBlank(question) && { question: 'question-missing' }),
    ...(lengthOf(question.trim()) > questionLimits.text && { question: 'question-too-long' }),
    ...(wrong && { choices: wrong }),
  }
}

/** The question to send, or undefined where nothing is asked. */
export const questionOf = ({ asks, question, choices }: QuestionForm): Question | undefined =>
  asks === 'nothing'
    ? undefined
    : { text: question, kind: asks, ...(asks === 'choice' && { choices: choicesIn(choices) }) }

/** The fields of a question that was sent. */
export const fieldsOfQuestion = (question: Question | undefined): QuestionForm => ({
  asks: question?.kind ?? 'nothing',
  question: question?.text ?? '',
  choices: (question?.choices ?? []).join('\n'),
})
