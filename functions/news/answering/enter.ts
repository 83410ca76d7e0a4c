import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { newsProblem } from '../../../shared/news/contract.ts'
import { isAnswerTo } from '../../../shared/news/question.ts'
import { editionOf, stateOf } from '../../../shared/news/rules.ts'
import { check } from '../../platform/operation.ts'
import { signatureFact } from '../marks/facts.ts'
import { newsPatterns } from '../patterns.ts'
import { allows, isAllowed } from '../publishing/states.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { answerPut, onPaper } from './answers.ts'

/**
 * Writes down what came back on paper, as entered by the caller. It stands beside what guardians answer themselves, and is
 * entered anew to be corrected. The stream tells the people concerned, as of other signatures.
 */
export const enter =
  ({ table }: NewsPlatform) =>
  async ({ body, caller, now, commit, related: { publication, signer } }: NewsRequest<'enter'>) => {
    if (!isAllowed('enter', stateOf(publication, now))) return fail(problem('conflict'))
    if ((body.edition ?? 1) !== editionOf(publication)) return fail(newsProblem('text-changed'))
    const { answer } = body
    if (!isAnswerTo(publication.question, answer)) return fail(newsProblem('answer-not-asked'))
    const { id: news, notice } = publication
    const [before, given] = await Promise.all([
      table.get(newsPatterns.signature, { news, signer }, { consistent: true }),
      answer && table.get(newsPatterns.answer, { news, signer, by: onPaper }, { consistent: true }),
    ])
    const isSigned = before !== undefined && editionOf(before) === editionOf(publication)
    const enteredBy = caller.person
    const by = notice === 'guardian' ? signer : undefined
    return commit(
      [
        check('published', newsPatterns.news, { news }, allows('enter', now)),
        ...(isSigned ? [] : [signatureFact(publication, { signer, by, enteredBy }, before, now)]),
        ...(answer ? answerPut(publication, { signer, enteredBy, answer }, given, now) : []),
      ],
      undefined,
    )
  }
