import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { saidIn } from '../../../shared/news/question.ts'
import { editionOf, stateOf } from '../../../shared/news/rules.ts'
import { check, put, remove } from '../../platform/operation.ts'
import { countPatterns } from '../counting/patterns.ts'
import { ownSignature } from '../marks/facts.ts'
import { type AnswerItem, type FactItem, type NewsItem, newsPatterns } from '../patterns.ts'
import { allows, isAllowed } from '../publishing/states.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { onPaper } from './answers.ts'

/** The signature of the last text before, as it was; undefined if there was none. */
const formerSignature = ({ former = [], ...fact }: FactItem): FactItem | undefined => {
  const last = former.at(-1)
  if (!last) return undefined
  const { edition: _, by: __, enteredBy: ___, ...rest } = fact
  const { edition, at, by } = last
  const before = former.slice(0, -1)
  return {
    ...rest,
    at,
    ...(by !== undefined && { by }),
    ...(edition > 1 && { edition }),
    ...(before.length > 0 && { former: before }),
  }
}

/**
 * What becomes of a signature that came on paper: it is that of the guardian who has answered in Préau meanwhile, or it goes,
 * and the one of the text before is there again.
 */
const withoutPaper = ({ id: news }: NewsItem, signature: FactItem, own: AnswerItem | undefined) => {
  const key = { news, signer: signature.person }
  const when = { is: { at: signature.at }, has: ['enteredBy' as const] }
  if (own) return ownSignature(news, signature, own.by)
  const former = formerSignature(signature)
  return former
    ? put('signed', newsPatterns.signature, key, former, when)
    : remove('signed', newsPatterns.signature, key, when)
}

/**
 * Takes back what was entered from paper, for the wrong pupil for instance. What it said, who had entered it and who took it
 * back is kept. The stream counts the signature off and tells the people concerned, who are asked again.
 */
export const takeBack =
  ({ table }: NewsPlatform) =>
  async ({ body, caller, now, commit, related: { publication, entered } }: NewsRequest<'takeBack'>) => {
    if (!isAllowed('takeBack', stateOf(publication, now))) return fail(problem('conflict'))
    if (entered.at !== body.at) return fail(problem('conflict'))
    const { id: news } = publication
    const { signer, answer, signature } = entered
    const answers = signature && publication.question ? await table.all(newsPatterns.answers, { news }) : []
    const own = answers.find(
      one => one.person === signer && one.enteredBy === undefined && editionOf(one) === editionOf(publication),
    )
    const at = now.toISOString()
    const isUnsigned = signature !== undefined && own === undefined
    return commit(
      [
        check('published', newsPatterns.news, { news }, allows('takeBack', now)),
        ...(answer
          ? [remove('answer', newsPatterns.answer, { news, signer, by: onPaper }, { is: { at: answer.at } })]
          : []),
        ...(signature ? [withoutPaper(publication, signature, own)] : []),
        put(
          'taken back',
          newsPatterns.takenBack,
          { news, signer, at },
          {
            person: signer,
            at,
            by: caller.person,
            enteredAt: entered.at,
            enteredBy: entered.by,
            ...(answer && saidIn(answer)),
            ...(answer?.former && { former: answer.former }),
            ...(publication.edition !== undefined && { edition: publication.edition }),
            ...(isUnsigned && {
              signature: { ...(signature.by !== undefined && { by: signature.by }), through: signature.through ?? [] },
            }),
          },
          { absent: true },
        ),
        // Of somebody who is no longer addressed, it had counted the signature.
        remove('tally', countPatterns.tally, { news }),
      ],
      undefined,
    )
  }
