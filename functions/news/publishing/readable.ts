import { type Problem, problem } from '../../../shared/kernel/problem.ts'
import { textProblem } from '../../../shared/news/text/problem.ts'
import { textLimits } from '../../../shared/news/text/work.ts'

const messages = {
  nothing: 'must hold something that readers see',
  'too-much': `must have at most ${textLimits.levels} levels of lists and quotes, ${textLimits.emphasis} of emphasis and ${textLimits.parts} parts`,
} as const

/** Why a text is not published, told by the parser by which its readers read it; undefined if it is. */
export const textRefusal = (body: string): Problem | undefined => {
  const found = textProblem(body)
  return found && problem('invalid-request', { errors: [{ path: 'body.body', message: messages[found] }] })
}
