import * as z from 'zod/mini'
import { typedLine } from '../kernel/typed.ts'

/** What a notice asks, beyond a signature: yes or no, one of several choices, or some words. */
export const questionKinds = ['yes-no', 'choice', 'text'] as const

/** The longest question, choice and words of an answer in characters, and the most choices of a question. */
export const questionLimits = { text: 200, choice: 80, choices: 8, words: 500 } as const

/** A question, as it is stored and shown. `choices`: of the kind `choice`, two or more. */
export const Question = z.object({
  text: z.string(),
  kind: z.enum(questionKinds),
  choices: z.optional(z.array(z.string())),
})
export type Question = z.infer<typeof Question>

/** A question, as an author sends it. */
export const SentQuestion = z
  .object({
    text: typedLine({ most: questionLimits.text }),
    kind: z.enum(questionKinds),
    choices: z.optional(
      z.array(typedLine({ most: questionLimits.choice })).check(z.minLength(2), z.maxLength(questionLimits.choices)),
    ),
  })
  .check(
    z.refine(
      ({ kind, choices }) => (kind === 'choice') === (choices !== undefined),
      'must have choices if its kind is choice, and none otherwise',
    ),
    z.refine(({ choices = [] }) => new Set(choices).size === choices.length, 'must have choices that differ'),
  )

/** An answer. `choice`: the place of the chosen one; of a question with yes and no 0 is yes and 1 no. `words`: to the author. */
export const Answer = z.object({
  choice: z.optional(z.int().check(z.minimum(0), z.maximum(questionLimits.choices - 1))),
  words: z.optional(typedLine({ most: questionLimits.words })),
})
export type Answer = z.infer<typeof Answer>

/** How many choices a question offers; 0 where it asks for words. */
export const choicesOf = ({ kind, choices = [] }: Question): number => (kind === 'yes-no' ? 2 : choices.length)

/** True if an answer is one to a question: without a question there is none to give. */
export const isAnswerTo = (question: Question | undefined, answer: Answer | undefined): boolean => {
  if (!question || !answer) return question === answer
  if (question.kind === 'text') return answer.choice === undefined && answer.words !== undefined
  return answer.choice !== undefined && answer.choice < choicesOf(question)
}

/** True if two questions ask the same. */
export const isSameQuestion = (one: Question | undefined, other: Question | undefined): boolean =>
  JSON.stringify([one?.text, one?.kind, one?.choices]) === JSON.stringify([other?.text, other?.kind, other?.choices])

/** What an answer says. */
export const saidIn = ({ choice, words }: Answer): Answer => ({
  ...(choice !== undefined && { choice }),
  ...(words !== undefined && { words }),
})
